/** Plans and what was done with them, as people read them: in a terminal and in a comment on a pull request. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PoolOutcome } from '../../src/domain/remediation/model/outcome.ts';
import { sealPlan, type Change, type Plan } from '../../src/domain/remediation/model/plan.ts';
import type { PageOptions } from '../../src/report/format.ts';
import type { Masking } from '../../src/result/redact.ts';
import type { ApplyReport } from '../../src/report/plan/apply-report.ts';
import { noPatches, type PlanView } from '../../src/report/plan/plan-view.ts';
import { remediationFormats } from '../../src/report/plan/format-names.ts';
import { applyReportFormats, planFormats } from '../../src/report/plan/registry.ts';

const options: PageOptions = { columns: 120, color: false, masking: 'shared', fallbackFile: 'mfa-drift.yaml' };
const unprintable = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;
const hostile = [
  '\u001B[2J\u001B]8;;http://example.com\u0007click',
  'a\u202Egnp.exe\u2066\u200B',
  '\u009B31m\u2028\u2029',
  '::error::owned\n::add-mask::x',
  '##[error]owned ##vso[task.complete]',
  '| a | `b` **c** [d](javascript:alert(1)) @octocat #1 |\n| --- |',
  '<script>alert(1)</script>',
];

const sms = {
  SmsAuthenticationMessage: 'Code {####}',
  SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms', ExternalId: 'topsecret-id' },
};
const change: Change = {
  accountId: '111122223333',
  region: 'us-east-1',
  poolId: 'us-east-1_Zz98Yy76X',
  poolName: 'customers',
  users: 12_480,
  usersAtRisk: 12_480,
  risk: 'disruptive',
  reasons: ['SMS becomes a factor.'],
  lockout: ['Users without a factor can no longer sign in.'],
  readiness: null,
  reversible: 'partial',
  lost: ['Authenticator apps that users register until then may be lost.'],
  before: { MfaConfiguration: 'OFF', WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com' } },
  call: { UserPoolId: 'us-east-1_Zz98Yy76X', MfaConfiguration: 'OPTIONAL' },
  after: {
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
    SmsMfaConfiguration: sms,
    WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com' },
  },
  because: [
    { policy: 'prod', path: 'MfaConfiguration', from: 'OFF', to: 'OPTIONAL', file: 'policies/customers.yaml', line: 9 },
    { policy: 'floor', path: 'MfaConfiguration', from: 'OFF', to: 'OPTIONAL', file: 'policies/floor.yaml', line: 4 },
    {
      policy: 'prod',
      path: 'SoftwareTokenMfaConfiguration.Enabled',
      from: false,
      to: true,
      file: 'policies/customers.yaml',
      line: 10,
    },
  ],
  remains: [],
};

function aView(changed: Partial<Change> = {}, name = 'shop-prod', plan: Partial<Plan> = {}): PlanView {
  const made = { ...change, ...changed };
  return {
    plan: sealPlan({
      schemaVersion: '1',
      kind: 'Plan',
      origin: 'policies',
      journal: null,
      createdAt: '2026-11-22T02:14:00.000Z',
      tool: { name: 'mfa-drift', version: '0.1.0' },
      organizationId: 'o-1',
      callerArn: `arn:aws:iam::111122220000:user/${name}`,
      runId: 'run-1',
      complete: true,
      endpoints: [],
      poolsRead: 1846,
      policies: [],
      changes: [made],
      refused: [
        {
          accountId: '111122223333',
          region: 'eu-west-1',
          poolId: 'eu-west-1_Ab12',
          code: 'risk',
          message: name,
          readiness: null,
        },
      ],
      ...plan,
    }),
    file: 'mfa-drift.plan.json',
    applyFlags: ['--allow', 'disruptive'],
    overLimit: null,
    warnings: [{ code: 'clock-off', message: name, file: null, line: null }],
    patches: noPatches,
    names: new Map([[`111122223333/us-east-1/${made.poolId}`, { accountName: name, poolName: made.poolName }]]),
  };
}

function report(message: string): ApplyReport {
  const outcome = (kind: PoolOutcome['outcome'], changed: Partial<PoolOutcome> = {}): PoolOutcome => ({
    accountId: '111122223333',
    region: 'us-east-1',
    poolId: `us-east-1_${kind}`,
    poolName: message,
    users: 3,
    outcome: kind,
    risk: change.risk,
    code: null,
    message,
    before: change.before,
    after: null,
    because: change.because,
    ...changed,
  });
  const outcomes = [
    outcome('applied', { after: change.after, message: '' }),
    outcome('refused', { code: 'policy-changed' }),
    outcome('stale'),
    outcome('not-started'),
  ];
  const names = new Map([['111122223333/us-east-1/us-east-1_stale', { accountName: message, poolName: message }]]);
  return {
    command: 'apply',
    origin: 'policies',
    warnings: [{ code: 'clock-off', message, file: null, line: null }],
    outcomes,
    stop: 'failures',
    journal: { file: message, digest: message },
    callerArn: message,
    exitCode: 4,
    names,
  };
}

const textOf = (pieces: Iterable<string>): string => [...pieces].join('');

describe.each(remediationFormats)('a plan and what it came to as %s', (format) => {
  test('print no character that a terminal or a log would act on, whatever the names', () => {
    const anyName = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', minLength: 1 }));
    fc.assert(
      fc.property(anyName, (name) => {
        for (const text of [
          textOf(
            planFormats[format](
              aView({ poolName: name, reasons: [name], lockout: [name], lost: [name] }, name),
              options,
            ),
          ),
          textOf(applyReportFormats[format](report(name), options)),
        ]) {
          expect(text).not.toMatch(unprintable);
          expect(text).not.toMatch(/^\s*::/m);
          expect(text).not.toMatch(/##(?:\[|vso\[)/);
          expect(text).toMatch(/\S\n$/);
        }
      }),
      { numRuns: 60, examples: hostile.map((name): [string] => [name]) },
    );
  });

  test('mask external ids unless they are told not to; json keeps them', () => {
    for (const draw of [
      (masking: Masking) => textOf(planFormats[format](aView(), { ...options, masking })),
      (masking: Masking) => textOf(applyReportFormats[format](report('x'), { ...options, masking })),
    ]) {
      expect(draw('shared').includes('topsecret-id')).toBe(format === 'json');
      expect(draw('secrets').includes('topsecret-id')).toBe(format === 'json');
      expect(draw('nothing')).toContain('topsecret-id');
    }
  });

  test('name other accounts of a denial at a terminal, and nowhere that is made to be handed on; json keeps them', () => {
    const denial = 'not authorized to perform: iam:PassRole on resource: arn:aws:iam::999988887777:role/sms';
    const { refused: refusals } = aView().plan;
    const refusing = aView({}, 'shop-prod', { refused: refusals.map((each) => ({ ...each, message: denial })) });
    const refused = { ...report('x'), outcomes: report('x').outcomes.map((each) => ({ ...each, message: denial })) };
    for (const draw of [
      (masking: Masking) => textOf(planFormats[format](refusing, { ...options, masking })),
      (masking: Masking) => textOf(applyReportFormats[format](refused, { ...options, masking })),
    ]) {
      const isNamed = (masking: Masking) => draw(masking).includes('999988887777');
      expect([isNamed('shared'), isNamed('secrets'), isNamed('nothing')]).toEqual([format === 'json', true, true]);
    }
  });
});

test('a plan in a terminal reads like a diff', () => {
  const { SmsMfaConfiguration: _, ...after } = change.after;
  const [, second, third] = change.because;
  const drawn = aView({ after, because: [second, third].flatMap((line) => line ?? []) });
  const view = { ...drawn, warnings: [] };
  const { digest } = view.plan;
  expect(textOf(planFormats.table(view, options))).toBe(
    `PLAN  1 pool changes · 1 stays as it is and says why · 1,846 pools read · digest ${digest.slice(0, 19)}…
planned by arn:aws:iam::111122220000:user/shop-prod

~ shop-prod 111122223333  us-east-1  customers  us-east-1_Zz98Yy76X
  disruptive · 12,480 users · undone in part
    MfaConfiguration                        OFF   → OPTIONAL   floor, policies/floor.yaml:4
    SoftwareTokenMfaConfiguration.Enabled   false → true       prod, policies/customers.yaml:10
    kept: WebAuthnConfiguration
    risk: SMS becomes a factor.
    locked out: Users without a factor can no longer sign in.
    lost when undone: Authenticator apps that users register until then may be lost.

! 111122223333  eu-west-1  eu-west-1_Ab12
  not changed: risk
    shop-prod

apply exactly this:  mfa-drift apply mfa-drift.plan.json --digest ${digest} --allow disruptive
`,
  );
});

test('what nobody asks for and a change brings all the same is shown, and so are all lines that ask', () => {
  const text = textOf(planFormats.table(aView(), options));
  expect(text).toMatch(/SmsAuthenticationMessage +nothing → Code \{####\} +follows from it/);
  expect(text).toContain('prod, policies/customers.yaml:9 · floor, policies/floor.yaml:4');
});

describe('a change that waited for its users', () => {
  const share = { share: 0.974, low: 0.961, high: 0.983 };
  const readiness: NonNullable<Change['readiness']> = {
    measuredAt: '2026-11-22T02:13:00.000Z',
    waitsFor: 0.95,
    enrolment: 'managed-login',
    design: 'whole-listing',
    population: 12_480,
    asked: 500,
    outcomes: { ready: 400, 'must-enrol': 87, 'locked-out': 13, 'passkey-only': 0 },
    shares: { 'as-written': share, lenient: { share: 0.99, low: 0.98, high: 0.996 } },
    lockedOutAtMost: 487,
  };
  const shown = (each: NonNullable<Change['readiness']>, format: 'table' | 'markdown') =>
    textOf(planFormats[format](aView({ readiness: each }), options))
      .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll(/\s+/g, ' ');

  test.each(['table', 'markdown'] as const)(
    'says in %s how many could still sign in, and when that was measured',
    (format) => {
      const text = shown(readiness, format);
      expect(text).toContain(
        '97.4 % (95 %: 96.1 % to 98.3 %) of 12,480 local users could still sign in, and 487 users at most could not; 95.0 % were asked for; measured 2026-11-22 02:13 UTC',
      );
      expect(text).toContain('99.0 % (95 %: 98.0 % to 99.6 %) if a user whose only attribute recovers the account may');
    },
  );

  test.each(['table', 'markdown'] as const)(
    'says in %s that it is a rollout, where it writes something else meanwhile',
    (format) => {
      const text = shown({ ...readiness, waitsFor: 0.98 }, format);
      expect(text).toContain('rolling out: 97.4 %');
      expect(text).toContain('what is wanted waits for 98.0 %');
    },
  );
});

test('a plan that is over the limit or not whole says so', () => {
  const view: PlanView = { ...aView({}, 'x', { complete: false }), overLimit: 'Would change 41 of 60 pools (68.4 %).' };
  for (const format of ['table', 'markdown'] as const) {
    const text = textOf(planFormats[format](view, options));
    expect(text).toContain('Not everything in scope was read');
    expect(text).toContain('Over the limit: apply would write nothing.');
  }
});

test('a comment never grows beyond what GitHub takes, and says how much it leaves out', () => {
  const { plan } = aView();
  const changes = Array.from({ length: 3000 }, (_, index) => ({ ...change, poolId: `us-east-1_${index}` }));
  const text = textOf(planFormats.markdown({ ...aView(), plan: { ...plan, changes } }, options));
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toMatch(/… [\d,]+ more; all of them are in the plan file\./);
  expect(text).toContain(`mfa-drift apply mfa-drift.plan.json --digest ${plan.digest}`);
});

test('a command line with a space in it can be copied', () => {
  const text = textOf(planFormats.table({ ...aView(), file: "the plan's.json" }, options));
  expect(text).toContain(String.raw`mfa-drift apply 'the plan'\''s.json' --digest`);
});

test('what was done says first what somebody has to act on', () => {
  const text = textOf(applyReportFormats.table(report('because'), options));
  expect(text.split('\n')[0]).toBe(
    'APPLIED  1 of 4 pools changed and verified · 1 refused · 1 changed by others since · 1 not started · stopped after too many failures in a row',
  );
  const order = [...text.matchAll(/us-east-1_(?<kind>[a-z-]+)/g)].map(({ groups }) => groups?.['kind']);
  expect(order).toEqual(['refused', 'stale', 'not-started', 'applied']);
});

test('the JSON of what was done says what it is', () => {
  expect(JSON.parse(textOf(applyReportFormats.json(report('because'))))).toMatchObject({
    schemaVersion: '1',
    kind: 'ApplyReport',
    command: 'apply',
    exitCode: 4,
  });
});
