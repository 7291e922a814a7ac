/** A change that was approved, against what policies ask for by now. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { Change } from '../../../src/domain/remediation/model/plan.ts';
import type { SeenLook } from '../../../src/ports/account-writer.ts';
import { planFresh, type PlanContext } from '../../../src/remediate/plan/fresh-plan.ts';
import { approvedOf, policyBasis } from '../../../src/remediate/plan/policy-basis.ts';
import { anAccount, read, unread } from '../../domain/a-pool.ts';
import { changeIn, off, plainPool, smsBlock, smsPool, totpOnly } from '../../domain/remediation/a-plan.ts';
import { policy } from '../../policy-set.ts';
import { aLook } from '../a-look.ts';
import { asking, contextOf, waitingFor } from './a-context.ts';
import { measuredOf } from './a-measurement.ts';

const account = anAccount();
const address = { account, region: 'eu-west-1', poolId: 'eu-west-1_AbCdEf123', poolName: 'customers' };

function look(config: JsonObject, further: Partial<SeenLook> = {}) {
  return aLook({ read: true, value: config } as const, { userPool: read(plainPool), ...further });
}

/** What the policies ask of a pool. */
function approved(context = contextOf(), seen = look(off)): Change {
  const fresh = planFresh(context, address, seen);
  if ('unplanned' in fresh) throw new Error(fresh.unplanned);
  return changeIn(fresh.plan);
}

function again(context: PlanContext, seen: ReturnType<typeof look>, change = approved()) {
  return policyBasis(context).replan({ change, account }, seen);
}

describe('a change is made as it was approved', () => {
  test('while the pool reads as it did, and the same lines ask for it', () => {
    expect(policyBasis(contextOf()).origin).toBe('policies');
    expect(again(contextOf(), look(off))).toEqual({
      kind: 'change',
      change: approved(),
      userPool: plainPool,
      objections: [],
    });
  });

  test('by the users whom the pool has now', () => {
    const userPool = { ...plainPool, EstimatedNumberOfUsers: 50 };
    expect(again(contextOf(), look(off, { userPool: read(userPool) }))).toMatchObject({
      change: { users: 50 },
      userPool,
      objections: [],
    });
  });
});

describe('it is refused', () => {
  const stale = 'The policies ask for something else than planned: ';
  const passkeys = ', WebAuthnConfiguration: { RelyingPartyId: auth.example.com, UserVerification: required }';
  const more = `{ MfaConfiguration: OPTIONAL, SoftwareTokenMfaConfiguration: { Enabled: true }${passkeys} }`;

  test('where its account is out of scope', () => {
    expect(policyBasis(contextOf()).replan({ change: approved(), account: null }, look(off))).toEqual({
      kind: 'refused',
      code: 'policy-changed',
      message:
        'The configuration leaves the account or the region out, or the account is not active: nothing is asked there.',
    });
  });

  test.each<readonly [string, string, ReturnType<typeof look>, string, RegExp]>([
    [
      'where it could not be planned',
      asking('{ UserPool: { UserPoolTier: PLUS } }'),
      look(off, { userPool: unread }),
      'undescribed',
      /DescribeUserPool of the pool \(AccessDeniedException: no\)\. Allow it\.$/,
    ],
    [
      'where another rule is against it',
      asking(),
      look(off, { userPool: read({ ...plainPool, UserPoolTags: { 'mfa-remediation': 'exempt' } }) }),
      'exempt',
      /^The pool's tag mfa-remediation: exempt keeps every change away\.$/,
    ],
    [
      'where no policy asks any more',
      `${policy('idle')}expect: {}\n`,
      look(off),
      'policy-changed',
      /^No policy asks for this change any more\.$/,
    ],
  ])('%s', (_what, policies, seen, code, message) => {
    expect(again(contextOf(policies), seen)).toEqual({
      kind: 'refused',
      code,
      message: expect.stringMatching(message),
    });
  });

  const lines = (name: string) =>
    `MfaConfiguration → OPTIONAL (policy ${name}), SoftwareTokenMfaConfiguration.Enabled → true (policy ${name})`;
  const party =
    'WebAuthnConfiguration.RelyingPartyId → auth.example.com (policy floor), WebAuthnConfiguration.UserVerification → required (policy floor)';

  test.each([
    ['the policies ask for more', asking(more), () => approved(), `${stale}now ${party}. Make a new plan.`],
    ['for less', asking(), () => approved(contextOf(asking(more))), `${stale}no longer ${party}. Make a new plan.`],
    [
      'others ask for it',
      asking().replace('name: floor', 'name: base'),
      () => approved(),
      `${stale}no longer ${lines('floor')}; now ${lines('base')}. Make a new plan.`,
    ],
  ])('where %s', (_what, policies, change, message) => {
    const now = again(contextOf(policies), look(off), change());
    if (now.kind !== 'change') throw new Error(now.kind);
    expect(now.objections[0]).toEqual({ code: 'policy-changed', message });
  });

  test('where its call names what nobody asks for', () => {
    const change = approved();
    const call = { ...change.call, WebAuthnConfiguration: { RelyingPartyId: 'evil.example.com' } };
    expect(again(contextOf(), look(off), { ...change, call })).toMatchObject({
      objections: [
        {
          code: 'unasked-change',
          message: 'The call is not what its reasons ask for: WebAuthnConfiguration.RelyingPartyId. Make a new plan.',
        },
      ],
    });
  });
});

describe('a pool that has moved', () => {
  const idle = `${policy('other')}expect: {}\n`;
  const either =
    '{ MfaConfiguration: { oneOf: [ON, OPTIONAL], set: OPTIONAL }, SoftwareTokenMfaConfiguration: { Enabled: true } }';

  test('is left alone, and the message says how', () => {
    const moved = { ...off, WebAuthnConfiguration: { RelyingPartyId: 'a.example.com' } };
    expect(again(contextOf(), look(moved))).toEqual({
      kind: 'stale',
      message:
        'The pool has changed since the plan was made: WebAuthnConfiguration.RelyingPartyId nothing → a.example.com. Plan again: mfa-drift plan.',
    });
  });

  test.each([
    ['exactly as it was wanted', asking(), totpOnly],
    ['exactly as it was wanted, though nobody wants it any more', idle, totpOnly],
    ['in another way that its policy is content with', asking(either), { ...totpOnly, MfaConfiguration: 'ON' }],
  ])('to what is right already, %s, is unchanged', (_how, policies, config) => {
    const context = contextOf(policies);
    const change = approved(policies === idle ? contextOf() : context);
    expect(again(context, look(config), change)).toEqual({ kind: 'unchanged', config });
  });

  test('is put right where each line that asked is content, whatever else its policy wants', () => {
    const context = contextOf(asking(either));
    const change = approved(context);
    const because = change.because.filter(({ path }) => path === 'MfaConfiguration');
    const config = { MfaConfiguration: 'ON', SmsMfaConfiguration: smsBlock };
    const seen = look(config, { userPool: read(smsPool) });
    expect(again(context, seen, change)).toMatchObject({ kind: 'stale' });
    expect(again(context, seen, { ...change, because })).toEqual({ kind: 'unchanged', config });
  });

  test.each<readonly [string, string, JsonObject]>([
    ['one of two lines is not content', asking(), { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: smsBlock }],
    ['a policy that asked for it is gone', idle, { ...totpOnly, MfaConfiguration: 'ON' }],
    ['its policy asks for nothing by now', asking('{}'), { ...totpOnly, MfaConfiguration: 'ON' }],
    [
      'another policy is content, and its own is not',
      `${asking('{ MfaConfiguration: OPTIONAL }')}---\n${policy('first')}severity: critical\nexpect: { MfaConfiguration: ON }\n`,
      { ...totpOnly, MfaConfiguration: 'ON' },
    ],
    [
      'half of what its policy asks there holds',
      asking('{ MfaConfiguration: { oneOf: [ON, OPTIONAL], noneOf: [ON], set: OPTIONAL } }'),
      { ...totpOnly, MfaConfiguration: 'ON' },
    ],
    [
      'its policy asks for something else there by now',
      asking('{ MfaConfiguration: OPTIONAL }'),
      { ...totpOnly, MfaConfiguration: 'ON' },
    ],
  ])('is not put right where %s', (_what, policies, config) => {
    expect(again(contextOf(policies), look(config, { userPool: read(smsPool) }))).toMatchObject({ kind: 'stale' });
  });

  test('an absent value is the service’s default: TOTP that is not there is off', () => {
    const context = contextOf(idle);
    const both = { ...totpOnly, SmsMfaConfiguration: smsBlock };
    const change = {
      ...approved(),
      because: [{ ...because, path: 'SoftwareTokenMfaConfiguration.Enabled', to: false }],
      before: both,
    };
    const now = { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: smsBlock };
    expect(again(context, look(now, { userPool: read(smsPool) }), change)).toMatchObject({ kind: 'unchanged' });
  });
});

const because = { policy: 'floor', from: true, file: 'policies/p.yaml', line: 5 };

describe('a change to ON, approved while enough users were ready,', () => {
  const context = contextOf(waitingFor(0.9, ', meanwhile: OPTIONAL'));
  const optional = { userPool: read({ ...plainPool, EstimatedNumberOfUsers: 10 }) };
  const emptyPool = contextOf(
    asking(
      '{ MfaConfiguration: ON, SoftwareTokenMfaConfiguration: { Enabled: true } }',
      'allow: [tightening, disruptive], readiness: 0.9, meanwhile: OPTIONAL',
    ),
  );
  const asked = (ready: number) => ({
    ...optional,
    readiness: measuredOf({ pool: {} as never, enrolment: null, waitsFor: 0.9 }, ready),
  });

  test('is made while they are', () => {
    const change = approved(context, look(totpOnly, asked(10)));
    expect(again(context, look(totpOnly, asked(9)), change)).toMatchObject({ kind: 'change', objections: [] });
  });

  test('is no matter of theirs where the policies ask for less by now', () => {
    const change = approved(emptyPool, look(off, asked(10)));
    const now = again(contextOf(), look(off), change);
    if (now.kind !== 'change') throw new Error(now.kind);
    expect(now.objections.map(({ code }) => code)).toEqual(['policy-changed']);
  });

  test('is no other change once they are not', () => {
    const change = approved(emptyPool, look(off, asked(10)));
    expect(change.after).toMatchObject({ MfaConfiguration: 'ON' });
    const now = again(emptyPool, look(off, asked(8)), change);
    if (now.kind !== 'change') throw new Error(now.kind);
    expect(now.objections[0]).toEqual({
      code: 'not-ready',
      message:
        '80.0 % of its 10 local users could still sign in, and the change waits for 90.0 % at least. Plan again: mfa-drift plan.',
    });
  });

  test('and what is written meanwhile is made as it was approved', () => {
    const change = approved(emptyPool, look(off, asked(8)));
    expect(change.after).toMatchObject({ MfaConfiguration: 'OPTIONAL' });
    expect(again(emptyPool, look(off, asked(7)), change)).toMatchObject({ kind: 'change', objections: [] });
  });
});

test('an approved change names each policy that asks for it once, sorted', () => {
  const asks = ['b', 'a', 'b'].map((name) => ({ ...because, policy: name, path: 'MfaConfiguration', to: 'ON' }));
  const change = { ...approved(), because: asks };
  expect(approvedOf(change, account)).toEqual({ change, account, policies: ['a', 'b'] });
});
