import { describe, expect, it } from 'vitest';
import type { Check } from '../../../../src/domain/policy/expect/checks.ts';
import { evaluate } from '../../../../src/domain/policy/expect/evaluation.ts';
import type { JsonObject, JsonValue } from '../../../../src/domain/model/json.ts';
import type { OpenValue } from '../../../../src/domain/model/open-values.ts';
import type { Subject } from '../../../../src/domain/model/subject.ts';
import { expecting } from '../../../policy-set.ts';
import { anAccount, aPool, aSubject, unread } from '../../a-pool.ts';

function checks(wanted: string, subject: Subject, more = 'remediation: { mode: never }'): readonly Check[] {
  const [policy] = expecting(wanted, more).policies;
  const { mfaConfig } = subject.pool;
  return evaluate(policy?.expectations ?? [], { subject, config: mfaConfig.read ? mfaConfig.value : {} });
}

/** Paths that miss. */
function misses(wanted: string, config: JsonObject, userPool: JsonObject | null = {}): readonly string[] {
  return checks(wanted, aSubject(config, userPool)).flatMap(({ verdict, path }) =>
    verdict === 'misses' ? [path] : [],
  );
}

function firstMiss(wanted: string, config: JsonObject, userPool: JsonObject | null = {}): Check | undefined {
  return checks(wanted, aSubject(config, userPool)).find(({ verdict }) => verdict === 'misses');
}

const off = { MfaConfiguration: 'OFF' };
const passkey = { RelyingPartyId: 'login.example.com', UserVerification: 'preferred' };

describe('an absent value reads as the service reads it', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['{ MfaConfiguration: "OFF" }', {}, []],
    ['{ SoftwareTokenMfaConfiguration: { Enabled: false } }', off, []],
    ['{ SoftwareTokenMfaConfiguration: { Enabled: false } }', { ...off, SoftwareTokenMfaConfiguration: {} }, []],
    ['{ SoftwareTokenMfaConfiguration: { Enabled: true } }', off, ['SoftwareTokenMfaConfiguration.Enabled']],
    ['{ WebAuthnConfiguration: { FactorConfiguration: SINGLE_FACTOR } }', off, []],
    [
      '{ WebAuthnConfiguration: { FactorConfiguration: SINGLE_FACTOR } }',
      { ...off, WebAuthnConfiguration: passkey },
      [],
    ],
    [
      '{ WebAuthnConfiguration: { FactorConfiguration: { noneOf: [SINGLE_FACTOR] } } }',
      off,
      ['WebAuthnConfiguration.FactorConfiguration'],
    ],
    ['{ WebAuthnConfiguration: { RelyingPartyId: { noneOf: [evil.test] } } }', off, []],
  ])('%s of %j misses %j', (expected, config, paths) => {
    expect(misses(expected, config)).toEqual(paths);
  });

  it.each<[string, JsonValue]>([
    ['{ MfaConfiguration: "ON" }', 'OFF'],
    ['{ SoftwareTokenMfaConfiguration: { Enabled: true } }', false],
    ['{ WebAuthnConfiguration: { FactorConfiguration: MULTI_FACTOR_WITH_USER_VERIFICATION } }', 'SINGLE_FACTOR'],
    ['{ WebAuthnConfiguration: { RelyingPartyId: login.example.com } }', null],
    ['{ WebAuthnConfiguration: { present: true } }', null],
    ['{ EmailMfaConfiguration: {} }', null],
  ])('and %s shows it as %j', (expected, actual) => {
    expect(firstMiss(expected, {})?.actual).toEqual(actual);
  });
});

describe('present looks at the raw answer', () => {
  it.each<[string, JsonObject, boolean]>([
    ['{ MfaConfiguration: { present: false } }', {}, true],
    ['{ SoftwareTokenMfaConfiguration: { present: false } }', off, true],
    ['{ SoftwareTokenMfaConfiguration: { Enabled: { present: true } } }', off, false],
    [
      '{ SoftwareTokenMfaConfiguration: { present: true } }',
      { SoftwareTokenMfaConfiguration: { Enabled: false } },
      true,
    ],
    [
      '{ WebAuthnConfiguration: { FactorConfiguration: { present: false } } }',
      { WebAuthnConfiguration: passkey },
      true,
    ],
  ])('%s of %j is %s', (expected, config, verdict) => {
    expect(misses(expected, config).length === 0).toBe(verdict);
  });
});

describe('a map of fields', () => {
  it('asks each entry and reports each miss by its own path', () => {
    const expected = '{ WebAuthnConfiguration: { RelyingPartyId: login.example.com, UserVerification: required } }';
    expect(misses(expected, { WebAuthnConfiguration: passkey })).toEqual(['WebAuthnConfiguration.UserVerification']);
    expect(misses(expected, off)).toEqual([
      'WebAuthnConfiguration.RelyingPartyId',
      'WebAuthnConfiguration.UserVerification',
    ]);
  });

  it('does not hold on a block that is not there, also where each entry would', () => {
    const miss = firstMiss('{ SmsMfaConfiguration: { SmsAuthenticationMessage: { noneOf: [x] } } }', off);
    expect(miss).toMatchObject({
      path: 'SmsMfaConfiguration',
      expected: { SmsAuthenticationMessage: { noneOf: ['x'] } },
      actual: null,
    });
  });

  it('that is not there can not be written where its entries hold, and is never written in UserPool', () => {
    expect(firstMiss('{ SmsMfaConfiguration: { SmsAuthenticationMessage: { noneOf: [x] } } }', off)?.fix).toEqual({
      kind: 'none',
      reason: 'no-target',
    });
    const ofPool = '{ UserPool: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: { noneOf: [true] } } } }';
    expect(firstMiss(ofPool, off)).toMatchObject({
      path: 'UserPool.DeviceConfiguration',
      fix: { kind: 'none', reason: 'read-only' },
    });
  });

  it('is one miss where an entry misses, and not another for the block', () => {
    const config = { EmailMfaConfiguration: 'x' };
    expect(misses('{ EmailMfaConfiguration: { Message: y } }', config)).toEqual(['EmailMfaConfiguration.Message']);
    expect(misses('{ EmailMfaConfiguration: { Message: y } }', off)).toEqual(['EmailMfaConfiguration.Message']);
  });

  it('does not hold on a value that is no block', () => {
    expect(misses('{ EmailMfaConfiguration: {} }', { EmailMfaConfiguration: 'x' })).toEqual(['EmailMfaConfiguration']);
    expect(misses('{ EmailMfaConfiguration: {} }', { EmailMfaConfiguration: {} })).toEqual([]);
  });
});

describe('ifPresent', () => {
  const expected =
    '{ WebAuthnConfiguration: { ifPresent: { RelyingPartyId: { pattern: ".*\\\\.example\\\\.com" }, UserVerification: required } } }';
  it('holds where the block is absent, and asks what is inside where it is there', () => {
    expect(misses(expected, off)).toEqual([]);
    expect(misses(expected, { WebAuthnConfiguration: passkey })).toEqual(['WebAuthnConfiguration.UserVerification']);
  });

  it('that holds is shown as what is not there', () => {
    expect(checks(expected, aSubject(off))).toMatchObject([
      { path: 'WebAuthnConfiguration', verdict: 'holds', expected: { present: false }, actual: null, missing: null },
    ]);
  });

  it('of a member that was not read is not known', () => {
    const device = '{ UserPool: { DeviceConfiguration: { ifPresent: { ChallengeRequiredOnNewDevice: true } } } }';
    expect(checks(device, aSubject(off))).toMatchObject([
      {
        path: 'UserPool.DeviceConfiguration',
        verdict: 'unknown',
        fix: { kind: 'none', reason: 'read-only' },
        missing: { what: 'DescribeUserPool of the pool' },
      },
    ]);
  });

  it('works for one field too', () => {
    const one = '{ WebAuthnConfiguration: { UserVerification: { ifPresent: { oneOf: [required] } } } }';
    expect(misses(one, { WebAuthnConfiguration: { RelyingPartyId: 'x' } })).toEqual([]);
    expect(misses(one, { WebAuthnConfiguration: passkey })).toEqual(['WebAuthnConfiguration.UserVerification']);
  });
});

describe('anyOf', () => {
  const expected =
    '{ anyOf: [ { MfaConfiguration: "ON" }, { MfaConfiguration: OPTIONAL, factors: { atLeastOne: [passkey] } } ] }';

  it('holds when one alternative does', () => {
    expect(misses(expected, { MfaConfiguration: 'ON' })).toEqual([]);
  });

  it('is one finding that lists what each alternative misses', () => {
    expect(firstMiss(expected, { MfaConfiguration: 'OPTIONAL' })).toMatchObject({
      path: 'anyOf',
      expected: [{ MfaConfiguration: 'ON' }, { MfaConfiguration: 'OPTIONAL', factors: { atLeastOne: ['passkey'] } }],
      actual: [['MfaConfiguration'], ['factors.atLeastOne']],
      fix: { kind: 'none', reason: 'read-only' },
    });
  });

  it('stands inside a field or a block with a path of its own, and beside other entries', () => {
    expect(
      misses('{ MfaConfiguration: { noneOf: [OFF], anyOf: [{ oneOf: [ON] }, { pattern: "X.*" }] } }', {
        MfaConfiguration: 'OPTIONAL',
      }),
    ).toEqual(['MfaConfiguration.anyOf']);
    expect(
      misses('{ WebAuthnConfiguration: { RelyingPartyId: x, anyOf: [{ UserVerification: required }] } }', {
        WebAuthnConfiguration: passkey,
      }),
    ).toEqual(['WebAuthnConfiguration.RelyingPartyId', 'WebAuthnConfiguration.anyOf']);
  });

  it('is not known while an alternative that does not miss may hold', () => {
    const alternatives =
      '{ anyOf: [ { MfaConfiguration: "ON" }, { UserPool: { DeviceConfiguration: { present: false } } } ] }';
    const verdicts = (config: JsonObject) => checks(alternatives, aSubject(config)).map(({ verdict }) => verdict);
    expect(verdicts(off)).toEqual(['unknown']);
    expect(verdicts({ MfaConfiguration: 'ON' })).toEqual(['holds']);
  });

  it('is a miss where every alternative misses, whatever else of it is not known', () => {
    const device = 'UserPool: { DeviceConfiguration: { present: false } }';
    const both = `{ anyOf: [ { MfaConfiguration: "ON", ${device} }, { MfaConfiguration: OPTIONAL } ] }`;
    expect(checks(both, aSubject(off))).toMatchObject([{ verdict: 'misses', missing: null }]);
  });

  it('is not known by the alternative that may hold, and says what of it is not', () => {
    const device = 'UserPool: { DeviceConfiguration: { present: false } }';
    const second = `{ anyOf: [ { MfaConfiguration: "ON", factors: { atLeastOne: [sms] } }, { MfaConfiguration: "OFF", ${device} } ] }`;
    expect(checks(second, aSubject(off))).toMatchObject([
      { verdict: 'unknown', missing: { what: 'DescribeUserPool of the pool' } },
    ]);
  });
});

describe('factors', () => {
  const config = {
    MfaConfiguration: 'ON',
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: {},
  };
  it('are two findings at most, each with what is usable', () => {
    const found = checks('{ factors: { atLeastOne: [passkey, sms], allow: [passkey, totp] } }', aSubject(config, {}));
    expect(found).toMatchObject([
      { path: 'factors.allow', verdict: 'misses', expected: ['totp', 'passkey'], actual: ['totp', 'email'] },
      { path: 'factors.atLeastOne', verdict: 'misses', expected: ['passkey', 'sms'], actual: ['totp', 'email'] },
    ]);
  });

  it.each<[string, JsonObject, string]>([
    ['{ factors: { allow: [totp] } }', config, 'misses'],
    ['{ factors: { allow: [totp, email] } }', config, 'unknown'],
    ['{ factors: { atLeastOne: [email] } }', config, 'holds'],
    ['{ factors: { atLeastOne: [sms] } }', config, 'unknown'],
    ['{ factors: { atLeastOne: [totp, sms] } }', config, 'holds'],
    ['{ factors: { atLeastOne: [passkey] } }', config, 'misses'],
    ['{ factors: { allow: [totp] } }', off, 'holds'],
  ])('%s of %j without DescribeUserPool is %s', (expected, answer, verdict) => {
    const [check] = checks(expected, aSubject(answer));
    expect(check?.verdict).toBe(verdict);
    expect(check?.missing?.what).toBe(verdict === 'unknown' ? 'DescribeUserPool of the pool' : undefined);
  });
});

describe('exact', () => {
  it('reports each member that expect does not name, known or not, with its path and value', () => {
    const config = {
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true, Algorithm: 'SHA256' },
      WebAuthnConfiguration: passkey,
      PushMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: null,
    };
    const expected =
      '{ MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true }, WebAuthnConfiguration: { anyOf: [{ UserVerification: required }, { UserVerification: preferred }] } }';
    const found = checks(expected, aSubject(config), 'exact: true').filter(({ verdict }) => verdict === 'misses');
    expect(found.map(({ path, actual, expected: wanted }) => [path, actual, wanted])).toEqual([
      ['SoftwareTokenMfaConfiguration.Algorithm', 'SHA256', { present: false }],
      ['WebAuthnConfiguration.RelyingPartyId', 'login.example.com', { present: false }],
      ['PushMfaConfiguration', { Enabled: true }, { present: false }],
    ]);
  });

  it('is one check that holds where no member is left over', () => {
    const found = checks('{ MfaConfiguration: "OFF" }', aSubject(off), 'exact: true');
    expect(found).toMatchObject([
      { path: 'MfaConfiguration', verdict: 'holds' },
      { path: 'exact', verdict: 'holds', expected: { present: false }, actual: null },
    ]);
  });

  it('counts a member as named that an operator or ifPresent speaks of', () => {
    const expected =
      '{ MfaConfiguration: "OFF", EmailMfaConfiguration: { present: true }, WebAuthnConfiguration: { ifPresent: { RelyingPartyId: { present: true }, UserVerification: preferred } } }';
    const config = { ...off, EmailMfaConfiguration: { Message: '{####}' }, WebAuthnConfiguration: passkey };
    expect(checks(expected, aSubject(config), 'exact: true').every(({ verdict }) => verdict === 'holds')).toBe(true);
  });
});

describe('members of UserPool', () => {
  const device = '{ UserPool: { DeviceConfiguration: { present: false } } }';
  it('are read from DescribeUserPool, and never fixed', () => {
    expect(misses(device, off, {})).toEqual([]);
    expect(firstMiss(device, off, { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })).toMatchObject({
      path: 'UserPool.DeviceConfiguration',
      actual: { ChallengeRequiredOnNewDevice: true },
      fix: { kind: 'none', reason: 'read-only' },
    });
  });

  it('are asked for as a whole, which is there wherever it was read', () => {
    const wanted = '{ UserPool: { ifPresent: { UserPoolTier: PLUS } } }';
    expect(misses(wanted, off, { UserPoolTier: 'LITE' })).toEqual(['UserPool.UserPoolTier']);
    expect(misses(wanted, off, { UserPoolTier: 'PLUS' })).toEqual([]);
  });

  it('are unknown where DescribeUserPool was not asked or failed', () => {
    expect(checks(device, aSubject(off)).map(({ verdict }) => verdict)).toEqual(['unknown']);
    const [check] = checks(device, {
      account: anAccount(),
      region: 'eu-west-1',
      pool: aPool(off, { userPool: unread }),
    });
    expect(check?.missing?.failure?.code).toBe('AccessDenied');
  });

  it('of a saved result are known only where it kept them', () => {
    const saved = (userPool: JsonObject) => aSubject(off, userPool, { fromResult: true });
    expect(checks(device, saved({ DeviceConfiguration: null })).map(({ verdict }) => verdict)).toEqual(['holds']);
    expect(checks(device, saved({ UserPoolTier: 'PLUS' })).map(({ verdict }) => verdict)).toEqual(['unknown']);
  });

  it('do not take the defaults of the MFA configuration', () => {
    expect(misses('{ UserPool: { MfaConfiguration: "OFF" } }', off, {})).toEqual(['UserPool.MfaConfiguration']);
  });
});

describe('what a fix writes', () => {
  it.each<[string, JsonValue]>([
    ['{ MfaConfiguration: "ON" }', { kind: 'set', value: 'ON' }],
    ['{ MfaConfiguration: { oneOf: [ON] } }', { kind: 'set', value: 'ON' }],
    ['{ MfaConfiguration: { oneOf: [ON, OPTIONAL], set: OPTIONAL } }', { kind: 'set', value: 'OPTIONAL' }],
    ['{ MfaConfiguration: { oneOf: [ON, OPTIONAL] } }', { kind: 'none', reason: 'no-target' }],
    ['{ MfaConfiguration: { noneOf: [OFF] } }', { kind: 'none', reason: 'no-target' }],
    ['{ MfaConfiguration: { noneOf: [OFF], set: "ON" } }', { kind: 'set', value: 'ON' }],
    ['{ MfaConfiguration: { pattern: "O[NP].*" } }', { kind: 'none', reason: 'no-target' }],
  ])('of %s is %j', (expected, fix) => {
    const miss = firstMiss(expected, off);
    expect(miss?.fix).toMatchObject(fix as object);
    expect(JSON.stringify(miss?.expected)).not.toContain('set');
  });
});

describe('what a template leaves open', () => {
  const plainMail = { EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' } };
  const byMode = { why: 'the parameter Mode', possible: null, isThere: false };
  /** A pool that is `OFF` and has TOTP, save for what is open. */
  const made = (open: Readonly<Record<string, Partial<OpenValue>>>, userPool: JsonObject | null = {}) =>
    aSubject({ ...off, SoftwareTokenMfaConfiguration: { Enabled: true } }, userPool, {
      open: new Map(Object.entries(open).map(([path, value]) => [path, { ...byMode, ...value }])),
    });

  it('is not known, and says why', () => {
    expect(checks('{ MfaConfiguration: "ON" }', made({ MfaConfiguration: {} }))).toMatchObject([
      { verdict: 'unknown', actual: null, missing: { what: 'MfaConfiguration: the parameter Mode', failure: null } },
    ]);
  });

  it.each<[string, string, readonly JsonValue[], Check['verdict'], JsonValue]>([
    ['holds', '{ MfaConfiguration: { noneOf: [OFF] } }', ['ON', 'OPTIONAL'], 'holds', ['ON', 'OPTIONAL']],
    ['misses', '{ MfaConfiguration: "ON" }', ['OFF', 'OPTIONAL'], 'misses', ['OFF', 'OPTIONAL']],
    ['holds or misses', '{ MfaConfiguration: "ON" }', ['ON', 'OPTIONAL'], 'unknown', null],
    ['is none', '{ MfaConfiguration: "ON" }', [], 'unknown', null],
  ])('of which all that it can be %s', (_what, fields, possible, verdict, actual) => {
    expect(checks(fields, made({ MfaConfiguration: { possible } }))).toMatchObject([{ verdict, actual }]);
  });

  it('and may not be there reads then as the service reads what is absent', () => {
    const orAbsent = made({ MfaConfiguration: { possible: ['OPTIONAL', undefined] } });
    expect(checks('{ MfaConfiguration: "ON" }', orAbsent)).toMatchObject([
      { verdict: 'misses', actual: ['OPTIONAL', null] },
    ]);
    expect(checks('{ MfaConfiguration: { noneOf: ["ON"] } }', orAbsent)).toMatchObject([{ verdict: 'holds' }]);
    expect(checks('{ MfaConfiguration: { noneOf: ["OFF"] } }', orAbsent)).toMatchObject([{ verdict: 'unknown' }]);
  });

  it('of UserPool is judged likewise', () => {
    const tier = (fields: string, open: Partial<OpenValue>) =>
      checks(`{ UserPool: { UserPoolTier: ${fields} } }`, made({ 'UserPool.UserPoolTier': open })).map(
        ({ verdict }) => verdict,
      );
    const paid = { possible: ['ESSENTIALS', 'PLUS'] };
    expect(tier('{ noneOf: [LITE] }', paid)).toEqual(['holds']);
    expect(tier('LITE', paid)).toEqual(['misses']);
    expect(tier('PLUS', paid)).toEqual(['unknown']);
  });

  it('of a text that is surely there and of which another stands in for is not known', () => {
    const named = made({ 'UserPool.Name': { isThere: true } }, { Name: 'a text to come' });
    expect(checks('{ UserPool: { Name: shop } }', named)).toMatchObject([
      { verdict: 'unknown', missing: { what: 'UserPool.Name: the parameter Mode' } },
    ]);
  });

  it('leaves it open whether there is another member', () => {
    const mayMail = made({ 'EmailMfaConfiguration.Message': {} });
    const fields = '{ MfaConfiguration: "OFF", SoftwareTokenMfaConfiguration: { Enabled: true } }';
    expect(checks(fields, mayMail, 'exact: true').at(-1)).toMatchObject({
      path: 'exact',
      verdict: 'unknown',
      actual: null,
      missing: { what: 'the parameter Mode', failure: null },
    });
  });

  it.each<[string, readonly JsonValue[], Check['verdict'], JsonValue]>([
    ['{ factors: { atLeastOne: [totp] } }', ['ON', 'OPTIONAL'], 'holds', ['totp']],
    ['{ factors: { atLeastOne: [totp] } }', ['ON', 'OFF'], 'unknown', []],
    ['{ factors: { atLeastOne: [totp] } }', ['OFF', 'ON'], 'unknown', []],
    ['{ factors: { atLeastOne: [email] } }', ['ON', 'OFF'], 'misses', []],
    ['{ factors: { allow: [email] } }', ['ON', 'OPTIONAL'], 'misses', ['totp']],
    ['{ factors: { allow: [email] } }', ['ON', 'OFF'], 'unknown', []],
    ['{ factors: { allow: [totp] } }', ['ON', 'OFF'], 'holds', []],
  ])('%s with a mode of %j is %s', (fields, possible, verdict, actual) => {
    const subject = made({ MfaConfiguration: { possible } }, { Policies: null, SmsConfiguration: null, ...plainMail });
    expect(checks(fields, subject)).toMatchObject([{ verdict, actual }]);
  });

  it('names all that may be one thing or another where a factor rests on it, each reason once', () => {
    const isProd = { why: 'the condition IsProd', possible: [undefined, {}] };
    const subject = made({
      MfaConfiguration: { possible: ['ON', 'OFF'] },
      EmailMfaConfiguration: isProd,
      SmsMfaConfiguration: isProd,
      'WebAuthnConfiguration.RelyingPartyId': { why: 'anything' },
    });
    expect(checks('{ factors: { atLeastOne: [totp] } }', subject)[0]?.missing).toEqual({
      what: 'factors: the parameter Mode; the condition IsProd',
      failure: null,
    });
  });

  it('is beside what was not read, which is named', () => {
    const unasked = made({ MfaConfiguration: { possible: ['ON', 'OPTIONAL'] } }, null);
    expect(checks('{ factors: { allow: [totp] } }', unasked)).toMatchObject([
      { verdict: 'unknown', actual: ['totp'], missing: { what: 'DescribeUserPool of the pool' } },
    ]);
  });
});
