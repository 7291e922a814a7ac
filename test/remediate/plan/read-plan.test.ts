import { readFile, writeFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { sealPlan, type Change, type Plan } from '../../../src/domain/remediation/model/plan.ts';
import { planSchema } from '../../../src/remediate/plan/plan-schema.ts';
import { memberId, organization, type Organization } from '../organization.ts';

/** An organization with a plan of one change, which `edit` may spoil. */
async function planned(edit: (plan: Plan) => object | string = (plan) => plan): Promise<Organization> {
  const org = await organization([{ id: 'One' }, { id: 'Two', userPool: { EstimatedNumberOfUsers: 20 } }]);
  await org.makePlan();
  const edited = edit(await org.readPlan());
  await writeFile(org.plan, typeof edited === 'string' ? edited : JSON.stringify(edited));
  return org;
}

function withChange(plan: Plan, changed: object): object {
  const [first, ...rest] = plan.changes;
  return { ...plan, changes: [{ ...first, ...changed }, ...rest] };
}

const edits: readonly (readonly [string, (plan: Plan) => object])[] = [
  ['the digest', (plan) => ({ ...plan, digest: `sha256:${'0'.repeat(64)}` })],
  ['a call', (plan) => withChange(plan, { call: { UserPoolId: plan.changes[0]?.poolId, MfaConfiguration: 'OFF' } })],
  ['a risk', (plan) => withChange(plan, { risk: 'weakening' })],
  ['the number of users', (plan) => withChange(plan, { users: 0 })],
  ['a region', (plan) => withChange(plan, { region: 'us-east-1' })],
  ['an organization', (plan) => ({ ...plan, organizationId: 'o-another1' })],
  ['a date', (plan) => ({ ...plan, createdAt: new Date(Date.now() - 1000).toISOString() })],
  ['how many pools were read', (plan) => ({ ...plan, poolsRead: 10_000 })],
  ['a change that is taken out', (plan) => ({ ...plan, changes: plan.changes.slice(1) })],
];

describe('a plan is refused whole, and nothing is changed,', () => {
  test.each(edits)('when %s was edited', async (_what, edit) => {
    const org = await planned(edit);
    await expect(org.apply()).rejects.toThrow(/plan\.json was edited after it was made: its digest says sha256:/);
    expect(org.sandbox.calls.count('SetUserPoolMfaConfig')).toBe(0);
  });

  test.each<readonly [string, (plan: Plan) => object | string, RegExp]>([
    ['is no JSON', () => 'digest', /is not JSON, so it is no plan/],
    [
      'has a member too many',
      (plan) => sealPlan({ ...plan, note: 'x' } as Plan),
      /has a member that plans do not have: "note"/,
    ],
    ['lacks one', (plan) => JSON.parse(JSON.stringify({ ...plan, runId: undefined })), /lacks runId/],
    ['is of another version', (plan) => ({ ...plan, schemaVersion: '2' }), /schemaVersion must be equal to constant/],
    ['has a risk that does not exist', (plan) => withChange(plan, { risk: 'none' }), /changes\.0\.risk must be equal/],
    [
      'names a pool twice',
      (plan) => sealPlan({ ...plan, changes: [...plan.changes, ...plan.changes] }),
      /names the pool .* twice/,
    ],
    [
      'was made in the future',
      (plan) => sealPlan({ ...plan, createdAt: '2126-01-01T00:00:00Z' }),
      /in the future: check the clocks/,
    ],
    [
      'was made at no time',
      (plan) => sealPlan({ ...plan, createdAt: '2026-99-01T00:00:00Z' }),
      /createdAt must be a time in UTC, not "2026-99-01T00:00:00Z"\. Make a new plan/,
    ],
    [
      'was made in a leap second, which is no time to JavaScript',
      (plan) => sealPlan({ ...plan, createdAt: '2016-12-31T23:59:60Z' }),
      /createdAt must be a time in UTC, not "2016-12-31T23:59:60Z"/,
    ],
    [
      'is of another organization',
      (plan) => sealPlan({ ...plan, organizationId: 'o-another1' }),
      /is of organization o-another1, and the caller is in organization o-remediation1/,
    ],
  ])('when it %s', async (_what, edit, message) => {
    const org = await planned(edit);
    await expect(org.apply()).rejects.toThrow(message);
    expect(org.sandbox.calls.count('SetUserPoolMfaConfig')).toBe(0);
  });

  test('when it is older than --max-age', async () => {
    const org = await planned((plan) =>
      sealPlan({ ...plan, createdAt: new Date(Date.now() - 25 * 3_600_000).toISOString() }),
    );
    await expect(org.apply()).rejects.toThrow(/is too old: it was made .*, 25h 00m ago, and --max-age allows 24h 00m/);
    expect((await org.apply('--max-age', '2d')).exitCode).toBe(0);
  });

  test('when it is not the one that was approved', async () => {
    const org = await planned();
    const digest = `sha256:${'1'.repeat(64)}`;
    await expect(org.apply('--digest', digest)).rejects.toThrow(
      `is not the plan that was approved: --digest asks for ${digest}`,
    );
    const { digest: approved } = await org.readPlan();
    expect((await org.apply('--digest', approved.replace('sha256:', ''))).exitCode).toBe(0);
  });

  test('when there is nobody to ask and no --yes', async () => {
    const org = await planned();
    await expect(org.cli('apply', org.plan)).rejects.toThrow('There is no terminal to ask at: apply needs --yes.');
  });

  test('when certificates are not checked', async () => {
    const org = await planned();
    await expect(org.apply('--no-verify-ssl')).rejects.toThrow('--no-verify-ssl never goes together with a write');
    await expect(org.rollback('--no-verify-ssl')).rejects.toThrow('--no-verify-ssl never goes together with a write');
  });
});

describe('a plan that was made to fit its digest', () => {
  async function forged(changed: Partial<Change>): Promise<Organization> {
    return planned((plan) => sealPlan({ ...plan, changes: [{ ...plan.changes[0], ...changed } as Change] }));
  }

  test('is refused where its call names what nobody asks for', async () => {
    const poolId = 'eu-west-1_One';
    const call = {
      UserPoolId: poolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: { RelyingPartyId: 'evil.example.com' },
    };
    const org = await forged({ call });
    const { exitCode, stdout } = await org.apply();
    expect(exitCode).toBe(4);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'refused: unasked-change account-1 111122220001 eu-west-1 pool-One eu-west-1_One The call is not what its reasons ask for: WebAuthnConfiguration.RelyingPartyId. Make a new plan.',
    );
    expect(org.writes()).toBe(0);
  });

  test('is refused where it would write to another pool than it names', async () => {
    const org = await forged({
      call: {
        UserPoolId: 'eu-west-1_Two',
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      },
    });
    expect((await org.apply()).stdout).toContain('refused: unasked-change');
    expect(org.mfa('Two')).toEqual({ MfaConfiguration: 'OFF' });
  });

  test('is refused where it asks in the name of a policy that does not ask', async () => {
    const because = [{ policy: 'floor', path: 'MfaConfiguration', from: 'OFF', to: 'ON', file: 'x.yaml', line: 1 }];
    const { stdout } = await (await forged({ because })).apply();
    expect(stdout).toContain('refused: policy-changed');
  });

  test('is refused where it calls a disruptive change a tightening one', async () => {
    const org = await organization([{ id: 'Sms', mfa: { MfaConfiguration: 'OFF' }, userPool: smsPool }], {
      policies: [{ ...optional, remediation: { mode: 'manual', allow: ['tightening', 'disruptive'] } }],
    });
    await org.makePlan();
    const plan = await org.readPlan();
    expect(plan.changes.map(({ risk }) => risk)).toEqual(['disruptive']);
    await writeFile(org.plan, JSON.stringify(sealPlan(withChange(plan, { risk: 'tightening' }) as Plan)));
    const { exitCode, stdout } = await org.apply();
    expect(exitCode).toBe(4);
    expect(stdout).toContain('refused: risk');
    expect(stdout).toContain('The plan says that the change is tightening, and it is disruptive');
    expect(org.writes()).toBe(0);
  });

  test('changes and asks nothing in an account that the organization does not have, whose owner would see the external id', async () => {
    const org = await forged({ accountId: '999999999999' });
    const before = org.sandbox.calls.count('AssumeRole');
    const { exitCode, stdout } = await org.apply();
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/refused: policy-changed/);
    expect(org.sandbox.calls.count('AssumeRole')).toBe(before);
    expect(org.writes()).toBe(0);
    expect(memberId).not.toBe('999999999999');
  });
});

const smsPool = {
  SmsConfiguration: { SnsCallerArn: `arn:aws:iam::${memberId}:role/service-role/sms`, ExternalId: 'x' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
};
const optional = {
  name: 'optional',
  expect: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
};

describe('the published schema', () => {
  test('holds for a plan with changes and refusals', async () => {
    const org = await organization([
      { id: 'One' },
      { id: 'Exempt', userPool: { UserPoolTags: { 'mfa-remediation': 'exempt' } } },
    ]);
    await org.makePlan();
    const plan = JSON.parse(await readFile(org.plan, 'utf8'));
    expect([plan.changes.length, plan.refused.length]).toEqual([1, 1]);
    const validate = new Ajv2020({ strict: false }).compile(planSchema);
    expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
  });
});
