import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../src/domain/policy/expect/evaluation.ts';
import type { Account } from '../../../../src/domain/model/observation.ts';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { planPool } from '../../../../src/domain/remediation/plan/plan-pool.ts';
import type { PlanRules } from '../../../../src/domain/remediation/plan/pool-rules.ts';
import { violationsBy, poolRequestsOf } from '../../../../src/domain/remediation/request/pool-requests.ts';
import { candidateOf, select } from '../../../../src/domain/policy/match/selection.ts';
import { policySet } from '../../../policy-set.ts';
import { anAccount, aSubject } from '../../a-pool.ts';
import { aReading, changeIn, off, plainPool, refusalIn, rules, totpOnly } from '../a-plan.ts';

const defaults = { mode: 'manual', allow: ['tightening'], readiness: null } as const;
const now = new Date('2026-11-22T02:00:00Z');

const document = (kind: string, body: string): string => `apiVersion: mfa-drift/v1\nkind: ${kind}\n${body}`;
const aPolicy = (name: string, body: string): string => document('Policy', `name: ${name}\n${body}`);
const anException = (body: string): string =>
  document('Exceptions', `exceptions:\n  - match: { pools: [eu-west-1_AbCdEf123] }\n${body}`);
const why = '    reason: Migration\n    owner: me@example.com\n    expires: 2027-03-31\n';

const totpPolicy = aPolicy(
  'totp',
  'expect: { MfaConfiguration: { oneOf: [ON, OPTIONAL], set: OPTIONAL }, SoftwareTokenMfaConfiguration: { Enabled: true } }\n',
);

/** What comes of policies and exceptions for one pool. */
function planned(
  config: JsonObject,
  documents: readonly string[],
  userPool = plainPool,
  more: Partial<PlanRules> = {},
  account: Partial<Account> = {},
) {
  const set = policySet(documents.join('---\n'));
  const subject = aSubject(config, userPool, { account: anAccount(account) });
  const matching = set.policies
    .filter((policy) => select(policy.match, candidateOf(subject)).answer === 'yes')
    .map((policy) => ({ policy, checks: evaluate(policy.expectations, { subject, config }) }));
  const poolRequests = poolRequestsOf(matching, { subject, config }, set.exceptions, defaults, now);
  return planPool(aReading(config, { userPool }), poolRequests, { ...rules, ...more }, violationsBy(matching, subject));
}

describe('policies on one pool', () => {
  test('merge into one change that says each line which asks', () => {
    const passkeys = aPolicy(
      'passkeys',
      'expect: { WebAuthnConfiguration: { RelyingPartyId: auth.example.com, UserVerification: required } }\n',
    );
    const change = changeIn(planned(off, [totpPolicy, passkeys]));
    expect(change.call).toEqual({
      UserPoolId: 'eu-west-1_AbCdEf123',
      ...totpOnly,
      WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com', UserVerification: 'required' },
    });
    expect(change.because.map(({ policy, path }) => [policy, path])).toEqual([
      ['totp', 'MfaConfiguration'],
      ['totp', 'SoftwareTokenMfaConfiguration.Enabled'],
      ['passkeys', 'WebAuthnConfiguration.RelyingPartyId'],
      ['passkeys', 'WebAuthnConfiguration.UserVerification'],
    ]);
  });

  test('wait for the users that their policy says, with what is wanted meanwhile', () => {
    const set = policySet(
      aPolicy(
        'on',
        "remediation: { mode: auto, readiness: 0.98, enrolment: own, meanwhile: OPTIONAL }\nexpect: { MfaConfiguration: 'ON' }\n",
      ),
    );
    const subject = aSubject(totpOnly, plainPool);
    const matching = set.policies.map((policy) => ({
      policy,
      checks: evaluate(policy.expectations, { subject, config: totpOnly }),
    }));
    expect(poolRequestsOf(matching, { subject, config: totpOnly }, [], defaults, now).requested).toMatchObject([
      { mode: 'auto', allow: ['tightening'], readiness: 0.98, enrolment: 'own', meanwhile: 'OPTIONAL' },
    ]);
  });

  test('the strictest mode holds', () => {
    const never = aPolicy('never', 'expect: { MfaConfiguration: OPTIONAL }\nremediation: { mode: never }\n');
    expect(refusalIn(planned(off, [totpPolicy, never])).code).toBe('mode');
    expect(planned(off, [totpPolicy]).kind).toBe('change');
    expect(refusalIn(planned(off, [totpPolicy], plainPool, { by: 'audit' })).code).toBe('mode');
  });

  test('only risks that all allow are taken', () => {
    const allowing = aPolicy('a', 'expect: { MfaConfiguration: "ON" }\nremediation: { allow: [disruptive] }\n');
    const other = aPolicy('b', 'expect: { MfaConfiguration: { oneOf: ["ON"] } }\n');
    expect(planned(totpOnly, [allowing]).kind).toBe('change');
    expect(refusalIn(planned(totpOnly, [allowing, other])).message).toContain('more than policy b');
    expect(planned(totpOnly, [allowing, other], plainPool, { allow: ['disruptive'] }).kind).toBe('change');
  });

  test('that can’t agree are a conflict, and nothing of the pool is written', () => {
    const never = aPolicy('off', 'expect: { MfaConfiguration: "OFF" }\nremediation: { mode: never }\n');
    const on = aPolicy('on', 'expect: { MfaConfiguration: "ON" }\n');
    expect(planned(totpOnly, [never, on])).toMatchObject({ outcomes: [] });
    expect(refusalIn(planned(totpOnly, [never, on]))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('No value of MfaConfiguration satisfies policy o') as string,
    });
  });

  test('a change that would break what another policy only judges is a conflict', () => {
    const factors = aPolicy('phishing-resistant', 'expect: { factors: { allow: [passkey] } }\n');
    expect(refusalIn(planned(off, [totpPolicy, factors]))).toMatchObject({
      code: 'conflict',
      message: 'The change would break factors.allow of policy phishing-resistant, which holds now.',
    });
  });

  test('a change is judged in the pool as it is, its name too', () => {
    const named = aPolicy(
      'named',
      'expect: { WebAuthnConfiguration: { RelyingPartyId: "${pool.name}.example.com", UserVerification: required } }\n',
    );
    expect(changeIn(planned(totpOnly, [named])).call['WebAuthnConfiguration']).toEqual({
      RelyingPartyId: 'customers.example.com',
      UserVerification: 'required',
    });
  });

  test('a change that e-mail follows by itself breaks a policy that wants none', () => {
    const noEmail = aPolicy('no-email', 'expect: { EmailMfaConfiguration: { present: false } }\n');
    const sesPool = { ...plainPool, EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } };
    expect(refusalIn(planned(off, [totpPolicy, noEmail], sesPool)).code).toBe('conflict');
    expect(planned(off, [totpPolicy, noEmail]).kind).toBe('change');
  });
});

describe('findings are left out', () => {
  const deviceRule = aPolicy('devices', 'expect: { UserPool: { DeviceConfiguration: { present: false } } }\n');
  const withDevices = { ...plainPool, DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } };

  test('that are read only: the others are fixed, and the code stands on the finding', () => {
    const made = planned(off, [totpPolicy, deviceRule], withDevices);
    expect(made).toMatchObject({ kind: 'change', change: { risk: 'tightening' } });
    expect(made.kind === 'change' && made.outcomes).toEqual([
      { policy: 'totp', path: 'MfaConfiguration', risk: 'tightening', refused: null, isRollingOut: false },
      {
        policy: 'totp',
        path: 'SoftwareTokenMfaConfiguration.Enabled',
        risk: 'tightening',
        refused: null,
        isRollingOut: false,
      },
      {
        policy: 'devices',
        path: 'UserPool.DeviceConfiguration',
        risk: null,
        refused: 'no-target',
        isRollingOut: false,
      },
    ]);
  });

  test('alone, and are then the refusal', () => {
    const made = planned(totpOnly, [deviceRule], withDevices);
    expect(refusalIn(made)).toMatchObject({
      code: 'no-target',
      message: expect.stringContaining('UserPool.DeviceConfiguration') as string,
    });
    expect(refusalIn(made).message).toMatch(/ is judged and never fixed: change the pool by hand\.$/);
    expect(made).toMatchObject({
      outcomes: [
        {
          policy: 'devices',
          path: 'UserPool.DeviceConfiguration',
          risk: null,
          refused: 'no-target',
          isRollingOut: false,
        },
      ],
    });
  });

  test('that hold are none of them', () => {
    const made = planned(off, [totpPolicy, deviceRule]);
    expect(made.kind === 'change' && made.outcomes.map(({ policy }) => policy)).toEqual(['totp', 'totp']);
  });

  test('whose factors are only judged, or that name no single value, each with its way out', () => {
    const factors = aPolicy('strong', 'expect: { factors: { atLeastOne: [passkey] } }\n');
    expect(refusalIn(planned(totpOnly, [factors])).message).toMatch(
      /^factors\.atLeastOne of policy strong \(.*\) is judged and never fixed: name the fields that make it hold, with their values\.$/,
    );
    const vague = aPolicy(
      'vague',
      'remediation: { mode: never }\nexpect: { MfaConfiguration: { noneOf: [OPTIONAL] } }\n',
    );
    expect(refusalIn(planned(totpOnly, [vague])).message).toMatch(
      /^MfaConfiguration of policy vague \(.*\) says no single value that could be written \(set, a scalar, a lone oneOf entry\)\.$/,
    );
  });

  test('whose variable this pool can’t fill in', () => {
    const tagged = aPolicy('tagged', 'expect: { WebAuthnConfiguration: { RelyingPartyId: "${pool.tags.rp}" } }\n');
    expect(refusalIn(planned(totpOnly, [tagged])).code).toBe('unresolved');
  });

  test.each([
    ['excepted', ''],
    ['held', '    hold: true\n'],
  ])('whose path is %s, and nothing else may touch it', (code, hold) => {
    const paths = anException(`    paths: [SoftwareTokenMfaConfiguration]\n${hold}${why}`);
    const sms = {
      MfaConfiguration: 'ON',
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' } },
    };
    const passkeys = aPolicy(
      'passkeys',
      'expect: { WebAuthnConfiguration: { RelyingPartyId: auth.example.com, UserVerification: required } }\n',
    );
    const made = planned(sms, [totpPolicy, passkeys, paths]);
    expect(Object.keys(changeIn(made).call)).toEqual([
      'UserPoolId',
      'MfaConfiguration',
      'SmsMfaConfiguration',
      'WebAuthnConfiguration',
    ]);
    expect(made.kind === 'change' && made.outcomes.find(({ policy }) => policy === 'totp')).toMatchObject({
      refused: code,
    });

    const toOff = aPolicy('off', 'expect: { MfaConfiguration: "OFF" }\n');
    expect(refusalIn(planned(totpOnly, [toOff, paths], plainPool, { allow: ['weakening'] })).code).toBe(code);
  });
});

describe('an exception without paths', () => {
  test.each([
    ['excepted', '', [totpPolicy]],
    ['held', '    hold: true\n', [totpPolicy]],
    ['excepted', '    policies: [totp]\n', [totpPolicy, aPolicy('other', 'expect: { MfaConfiguration: OPTIONAL }\n')]],
  ])('keeps the whole pool from being written: %s %s', (code, lines, policies) => {
    expect(refusalIn(planned(off, [...policies, anException(`${lines}${why}`)])).code).toBe(code);
  });

  test('does so for any of its policies, and where its selector is not known', () => {
    const other = aPolicy('other', 'expect: { MfaConfiguration: OPTIONAL }\n');
    const absent = aPolicy('absent', 'match: { pools: [nobody] }\nexpect: {}\n');
    const named = anException(`    policies: [absent, totp]\n${why}`);
    const elsewhere = anException(`    policies: [absent]\n${why}`);
    expect(planned(off, [totpPolicy, absent, elsewhere]).kind).toBe('change');
    expect(refusalIn(planned(off, [totpPolicy, other, absent, named])).code).toBe('excepted');
    const doubtful = named
      .replace('pools: [eu-west-1_AbCdEf123]', 'accounts: ["*-x"]')
      .replace('policies: [absent, totp]', 'policies: [totp]');
    expect(refusalIn(planned(off, [totpPolicy, doubtful], plainPool, {}, { name: null })).code).toBe('excepted');
    expect(planned(off, [totpPolicy, doubtful]).kind).toBe('change');
  });

  test('no longer does once it has expired', () => {
    const old = anException(why.replace('2027-03-31', '2026-11-21'));
    expect(planned(off, [totpPolicy, old]).kind).toBe('change');
  });

  test('of gaps does not', () => {
    expect(planned(off, [totpPolicy, anException(`    gaps: [AccessDenied]\n${why}`)]).kind).toBe('change');
  });
});
