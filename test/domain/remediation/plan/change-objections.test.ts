import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import type { Protection } from '../../../../src/domain/remediation/request/requested-changes.ts';
import { protectionOf } from '../../../../src/domain/remediation/request/requested-changes.ts';
import { planPool } from '../../../../src/domain/remediation/plan/plan-pool.ts';
import { refusalOf } from '../../../../src/domain/remediation/model/refusals.ts';
import {
  aReading,
  aRequest,
  changeIn,
  violationsBy,
  off,
  plainPool,
  plan,
  refusalIn,
  rules,
  smsPool,
  totpOnly,
  poolRequests,
} from '../a-plan.ts';

const optional = aRequest('MfaConfiguration', 'OPTIONAL');
const on = aRequest('MfaConfiguration', 'ON');
const totp = aRequest('SoftwareTokenMfaConfiguration.Enabled', true);
const codes = (made: ReturnType<typeof plan>) => refusalIn(made).objections.map(({ code }) => code);

const protection: Protection = {
  code: 'excepted',
  paths: ['SmsMfaConfiguration'],
  reason: 'Legacy.',
  owner: 'o',
  expires: '2027-03-31',
  file: 'e.yaml',
  line: 4,
};

describe('values that make no configuration', () => {
  test('are all named', () => {
    const made = plan(aReading(totpOnly), [
      aRequest('MfaConfiguration', 'MAYBE'),
      aRequest('WebAuthnConfiguration.UserVerification', 7, { line: 13 }),
    ]);
    expect(refusalIn(made).message).toBe(
      'What is asked for is no MFA configuration that this version knows: MfaConfiguration to MAYBE (policy prod (policies/prod.yaml:12)), WebAuthnConfiguration.UserVerification to 7 (policy prod (policies/prod.yaml:13)).',
    );
  });

  test.each<[string, JsonObject, readonly string[]]>([
    ['a value', { MfaConfiguration: 'ADAPTIVE' }, []],
    ['a member', { ...totpOnly, Push: {} }, ['Push']],
  ])('are no matter in a pool that holds %s that nobody knows', (_what, config, unknownFields) => {
    const made = plan(aReading(config, { unknownFields }), [aRequest('WebAuthnConfiguration.UserVerification', 7)]);
    expect(codes(made)).toEqual(['unknown-fields']);
  });
});

describe('the state afterwards', () => {
  const broken = () => [{ policy: 'other', path: 'factors' }];
  const judge = (config: JsonObject, userPool: JsonObject) =>
    config['MfaConfiguration'] === 'OFF' ? violationsBy([optional, totp])(config, userPool) : broken();

  test('is not judged where the API can not reach it', () => {
    expect(codes(planPool(aReading(off), poolRequests([optional]), rules, judge))).toEqual(['no-factor']);
  });

  test('is judged where only the pool, or the risk table, stands in the way', () => {
    const ofTotp = (config: JsonObject, userPool: JsonObject) =>
      config['MfaConfiguration'] === 'OPTIONAL' ? violationsBy([on])(config, userPool) : broken();
    const userPool = { ...plainPool, UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } };
    const made = planPool(aReading(totpOnly, { userPool }), poolRequests([on]), rules, ofTotp);
    expect(new Set(codes(made))).toEqual(new Set(['prerequisite', 'conflict']));
  });
});

describe('what a policy misses', () => {
  test('is told by policy and field, so that one is not taken for the other', () => {
    const [before, after] = [
      { policy: 'prod', path: 'MfaConfiguration' },
      { policy: 'other', path: 'MfaConfiguration' },
    ];
    const judge = (config: JsonObject) => [config['MfaConfiguration'] === 'OFF' ? before : after];
    const made = planPool(aReading(off), poolRequests([optional, totp]), rules, judge);
    expect(refusalIn(made).message).toBe('The change would break MfaConfiguration of policy other, which holds now.');
  });

  test('after a change of which the risk is not known is told beside that, and no other risk is', () => {
    const config = { ...totpOnly, WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com' } };
    const verification = aRequest('WebAuthnConfiguration.UserVerification', 'preferred');
    const ofMode = (state: JsonObject) =>
      state['MfaConfiguration'] === 'ON' ? [{ policy: 'other', path: 'factors' }] : violationsBy([on])(state, {});
    const made = planPool(aReading(config), poolRequests([on, verification]), rules, ofMode);
    expect(new Set(codes(made))).toEqual(new Set(['unknown-transition', 'conflict']));
    expect(made.kind === 'refused' && made.outcomes.map(({ risk }) => risk)).toEqual([null, null]);
  });
});

describe('a disagreement of policies', () => {
  const demands = [{ policy: 'a', file: 'p.yaml', line: 1 }];
  const disagreements = [{ path: 'WebAuthnConfiguration.RelyingPartyId', demands }];

  test('refuses a pool of which nothing else is asked', () => {
    expect(codes(plan(aReading(off), [], { disagreements }))).toEqual(['conflict']);
  });

  test('leaves the risk of the rest unsaid, since it is not written alone', () => {
    const made = plan(aReading(off), [optional], { disagreements });
    expect(made.kind === 'refused' && made.outcomes).toMatchObject([{ risk: null, refused: 'conflict' }]);
  });
});

describe('nothing', () => {
  test('is done where nothing is asked for, also in a pool that was not described', () => {
    expect(plan(aReading(off, { userPool: null }), [])).toEqual({ kind: 'nothing' });
  });
});

describe('a pool that is managed as code', () => {
  const userPool = { ...plainPool, UserPoolTags: { 'aws:cloudformation:stack-name': 'stack' } };

  test('is changed only where that was asked for', () => {
    expect(codes(plan(aReading(off, { userPool }), [optional, totp]))).toEqual(['managed-elsewhere']);
    const included = plan(aReading(off, { userPool }), [optional, totp], {}, { includeManaged: true });
    expect(changeIn(included).risk).toBe('tightening');
  });

  test('as an event tells, too', () => {
    const codeEvent = { agent: 'cdk', at: '2026-11-20T09:15:00Z', eventId: 'e1' } as const;
    expect(codes(plan(aReading(off, { codeEvent }), [optional, totp]))).toEqual(['managed-elsewhere']);
    const included = plan(aReading(off, { codeEvent }), [optional, totp], {}, { includeManaged: true });
    expect(changeIn(included).risk).toBe('tightening');
  });
});

describe('a change under an exception', () => {
  test('is made where policies only disagree on what the exception covers', () => {
    const demands = [{ policy: 'a', file: 'p.yaml', line: 1 }];
    const disagreements = [{ path: 'SmsMfaConfiguration.SmsAuthenticationMessage', demands }];
    const made = plan(aReading(off), [optional, totp], { protections: [protection], disagreements });
    expect(changeIn(made).risk).toBe('tightening');
    expect(codes(plan(aReading(off), [optional, totp], { disagreements }))).toEqual(['conflict']);
  });

  test('is told with the reason as it stands, its full stop left out', () => {
    const numbered = { ...protection, paths: null, reason: 'See no. 7 of the list.' };
    const made = plan(aReading(off), [optional, totp], { protections: [numbered] });
    expect(refusalIn(made).message).toContain('owner o: See no. 7 of the list).');
  });

  test('is refused where it touches what that covers as a consequence, which is named', () => {
    const made = plan(aReading(off, { userPool: smsPool }), [optional, totp], { protections: [protection] });
    expect(refusalIn(made)).toMatchObject({ code: 'excepted' });
    expect(refusalIn(made).message).toMatch(
      /^An exception covers SmsMfaConfiguration\.\S+, which the change would touch, through 2027-03-31 \(e\.yaml:4, owner o: Legacy\)\./,
    );
  });

  test('is made where it touches nothing of it', () => {
    const made = plan(aReading(off), [optional, totp], { protections: [protection] });
    expect(changeIn(made).risk).toBe('tightening');
  });

  test('is under the hold first, and under any of its paths', () => {
    const held: Protection = { ...protection, code: 'held', paths: ['EmailMfaConfiguration', 'MfaConfiguration'] };
    const excepted: Protection = { ...protection, paths: ['MfaConfiguration', 'WebAuthnConfiguration.RelyingPartyId'] };
    expect(protectionOf('MfaConfiguration', [excepted, held])).toBe(held);
    expect(protectionOf('MfaConfiguration', [excepted])).toBe(excepted);
    expect(protectionOf('WebAuthnConfiguration', [held, excepted])).toBe(excepted);
    expect(protectionOf('WebAuthnConfiguration.RelyingPartyId.x', [held, excepted])).toBe(excepted);
    expect(protectionOf('SmsMfaConfiguration', [held, excepted])).toBeNull();
  });
});

describe('a risk that is not allowed', () => {
  test('names every policy that does not, once', () => {
    const requested = [
      { ...on, policy: 'a', allow: ['tightening'] as const },
      { ...on, policy: 'b', allow: ['tightening'] as const },
      { ...on, policy: 'a', allow: ['tightening'] as const },
    ];
    expect(refusalIn(plan(aReading(totpOnly), requested)).message).toContain(
      'That is more than policy a (policies/prod.yaml:12) and policy b (policies/prod.yaml:12) allow: use --allow disruptive',
    );
  });

  test('is taken where a flag allows it, by the audit too', () => {
    for (const by of ['person', 'audit'] as const) {
      const made = plan(aReading(totpOnly), [{ ...on, allow: [] }], {}, { by, allow: ['disruptive'] });
      expect(changeIn(made).risk).toBe('disruptive');
    }
  });

  test('that weakens is for a flag alone, where a person plans', () => {
    const weaken = { ...aRequest('MfaConfiguration', 'OFF'), allow: ['weakening'] as const };
    expect(refusalIn(plan(aReading(totpOnly), [weaken])).message).toMatch(
      /No file can allow that to policy prod \(policies\/prod\.yaml:12\): use --allow weakening if it is meant\.$/,
    );
  });

  test('is told by its own reasons, and not by those of what is milder', () => {
    const requested = [
      { ...on, allow: [] },
      { ...totp, allow: [] },
    ];
    const config = { ...totpOnly, SoftwareTokenMfaConfiguration: { Enabled: false }, EmailMfaConfiguration: {} };
    const { message } = refusalIn(plan(aReading(config), requested));
    expect(message).toContain('The change is disruptive (');
    expect(message).not.toContain('authenticator app');
    const passkeys = [
      aRequest('WebAuthnConfiguration.RelyingPartyId', 'auth.example.com', { allow: [] }),
      aRequest('WebAuthnConfiguration.UserVerification', 'preferred', { allow: [] }),
    ];
    const mixed = refusalIn(plan(aReading(totpOnly), [{ ...on, allow: [] }, ...passkeys])).message;
    expect(mixed).toContain('The change is disruptive (');
    expect(mixed).not.toContain('relying party');
  });
});

describe('what nothing can be written for', () => {
  const unfixable = {
    policy: 'prod',
    path: 'factors',
    file: 'policies/prod.yaml',
    line: 20,
    code: 'no-target',
  } as const;
  const left = { policy: 'prod', path: 'factors', risk: null, refused: 'no-target', isRollingOut: false };

  test('keeps nothing else from being written', () => {
    const made = plan(aReading(off), [optional, totp], { notFixable: [unfixable] });
    expect(changeIn(made).remains).toEqual([]);
    const written = { policy: 'prod', risk: 'tightening', refused: null, isRollingOut: false };
    expect(made.kind === 'change' && made.outcomes).toEqual([
      { ...written, path: 'MfaConfiguration' },
      { ...written, path: 'SoftwareTokenMfaConfiguration.Enabled' },
      left,
    ]);
  });

  test('is all that is refused where the rest is there', () => {
    const made = plan(aReading(totpOnly), [optional, totp], { notFixable: [unfixable] });
    expect(refusalIn(made).code).toBe('no-target');
    expect(made.kind === 'refused' && made.outcomes).toEqual([left]);
  });
});

describe('a refusal', () => {
  test('says each sentence once, in the order of the codes', () => {
    const [a, b] = [
      { code: 'risk', message: 'A.' },
      { code: 'held', message: 'B.' },
    ] as const;
    expect(refusalOf([a, b, a, { ...a, message: 'C.' }, { ...b, message: 'A.' }])).toEqual({
      code: 'held',
      message: 'B. A. A. C.',
      objections: [b, { ...b, message: 'A.' }, a, { ...a, message: 'C.' }],
    });
  });
});

test('a change is told by the reasons of its own risk, and keeps nobody out where it asks nothing of users', () => {
  const passkeys = [
    aRequest('WebAuthnConfiguration.RelyingPartyId', 'auth.example.com'),
    aRequest('WebAuthnConfiguration.UserVerification', 'preferred'),
  ];
  expect(changeIn(plan(aReading(totpOnly), [on, ...passkeys])).reasons).toEqual([
    'Every user must complete MFA to sign in, and one without a factor must be able to enrol.',
  ]);
  expect(changeIn(plan(aReading(off), [optional, totp])).lockout).toEqual([]);
});

test('the reasons of a change stand by path, then policy, then line', () => {
  const requested = [
    { ...totp, policy: 'b', line: 3 },
    { ...totp, policy: 'b', line: 1 },
    { ...totp, policy: 'a', line: 2 },
    { ...optional, policy: 'z', line: 9 },
  ];
  const { because } = changeIn(plan(aReading(off), requested));
  expect(because[0]).toEqual({
    policy: 'z',
    path: 'MfaConfiguration',
    from: 'OFF',
    to: 'OPTIONAL',
    file: 'policies/prod.yaml',
    line: 9,
  });
  expect(because[1]).toMatchObject({ from: false, to: true });
  expect(because.map(({ policy, path, line }) => `${path} ${policy}:${line}`)).toEqual([
    'MfaConfiguration z:9',
    'SoftwareTokenMfaConfiguration.Enabled a:2',
    'SoftwareTokenMfaConfiguration.Enabled b:1',
    'SoftwareTokenMfaConfiguration.Enabled b:3',
  ]);
});
