/** What policies expect, drawn from the whole language and biased to what generated pools really say. */
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/domain/model/json.ts';
import { messages, relyingParties, smsRegions } from './generate-pools.ts';

const one = fc.constantFrom;

/** A member of the API, and values that it may have. */
interface Field {
  readonly path: readonly string[];
  readonly values: readonly JsonValue[];
  /** Patterns and values that only text can have. */
  readonly texts?: readonly string[];
}

const modes = ['OFF', 'ON', 'OPTIONAL'];
const variables = [
  'auth.${account.name}.example.com',
  '${pool.tags.owner}',
  '${account.name}',
  'auth.${account.tags.env}.example.com',
];

const mfaFields: readonly Field[] = [
  { path: ['MfaConfiguration'], values: modes, texts: ['O.*', 'ON|OPTIONAL', 'N'] },
  { path: ['SoftwareTokenMfaConfiguration', 'Enabled'], values: [true, false] },
  { path: ['SmsMfaConfiguration', 'SmsAuthenticationMessage'], values: messages, texts: ['.*\\{####\\}', '.*'] },
  {
    path: ['SmsMfaConfiguration', 'SmsConfiguration', 'SnsRegion'],
    values: [...smsRegions, '${region}'],
    texts: ['${region}'],
  },
  {
    path: ['SmsMfaConfiguration', 'SmsConfiguration', 'SnsCallerArn'],
    values: ['arn:${partition}:iam::${account.id}:role/sms'],
    texts: ['arn:aws:iam::${account.id}:role/.*'],
  },
  { path: ['EmailMfaConfiguration', 'Message'], values: messages, texts: ['.*\\{####\\}.*'] },
  { path: ['EmailMfaConfiguration', 'Subject'], values: ['Your code', 'Something else'] },
  {
    path: ['WebAuthnConfiguration', 'RelyingPartyId'],
    values: [...relyingParties, ...variables],
    texts: ['auth\\.${account.name}\\.example\\.com', '.*\\.example\\.com', '${pool.tags.owner}'],
  },
  { path: ['WebAuthnConfiguration', 'UserVerification'], values: ['required', 'preferred'] },
  {
    path: ['WebAuthnConfiguration', 'FactorConfiguration'],
    values: ['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'],
  },
];

/** Tests of `DescribeUserPool`'s members: judged, never fixed. */
const describedTests: readonly JsonObject[] = [
  { EstimatedNumberOfUsers: { min: 1 } },
  { EstimatedNumberOfUsers: { max: 12 } },
  { EstimatedNumberOfUsers: { min: 1, max: 100 } },
  { UserPoolTier: 'ESSENTIALS' },
  { UserPoolTier: { oneOf: ['ESSENTIALS', 'PLUS'] } },
  { UserPoolTier: { noneOf: ['LITE'] } },
  { UserPoolTier: { pattern: 'P.US' } },
  { DeviceConfiguration: { present: false } },
  { DeviceConfiguration: { present: true } },
  { DeviceConfiguration: { ifPresent: { ChallengeRequiredOnNewDevice: true } } },
  { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
  { UserPoolAddOns: { AdvancedSecurityMode: { noneOf: ['ENFORCED'] } } },
  { Policies: { SignInPolicy: { AllowedFirstAuthFactors: { includes: 'WEB_AUTHN' } } } },
  { Policies: { SignInPolicy: { AllowedFirstAuthFactors: { excludes: 'SMS_OTP' } } } },
  { Policies: { ifPresent: { SignInPolicy: { AllowedFirstAuthFactors: { excludes: 'EMAIL_OTP' } } } } },
  { anyOf: [{ UserPoolTier: 'PLUS' }, { EstimatedNumberOfUsers: { max: 0 } }] },
];

export const describedTest: fc.Arbitrary<JsonObject> = fc
  .subarray([...describedTests], { minLength: 1, maxLength: 2 })
  .map((tests) => Object.assign({}, ...tests));

/** What one member is asked; `fixable` policies name one value to write, the others may leave it open. */
function test(field: Field, fixable: boolean, depth = 0): fc.Arbitrary<JsonValue> {
  const value = one(...field.values);
  const some = fc.subarray([...field.values], { minLength: 1 });
  const tests: fc.Arbitrary<JsonValue>[] = [
    value,
    value,
    some.map((oneOf) =>
      fixable && oneOf.length > 1 && depth === 0
        ? { oneOf, set: oneOf[0]! }
        : { oneOf: fixable && depth > 0 ? oneOf.slice(0, 1) : oneOf },
    ),
    some.map((noneOf) => ({ noneOf })),
    fc.boolean().map((present) => ({ present })),
  ];
  if (field.texts !== undefined) tests.push(one(...field.texts).map((pattern) => ({ pattern })));
  if (depth === 0) {
    const inner = test(field, fixable, 1);
    tests.push(inner.filter(isMap).map((ifPresent) => ({ ifPresent })));
    tests.push(fc.array(inner.filter(isMap), { minLength: 1, maxLength: 2 }).map((anyOf) => ({ anyOf })));
  }
  return fc.oneof(...tests);
}

function isMap(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map of a few members, nested as the API nests them. */
function members(fixable: boolean, depth: number): fc.Arbitrary<JsonObject> {
  return fc.subarray([...mfaFields], { minLength: 1, maxLength: depth === 0 ? 3 : 2 }).chain((fields) =>
    fc.tuple(...fields.map((field) => test(field, fixable, depth))).map((tests) => {
      let map: JsonObject = {};
      for (const [index, field] of fields.entries()) map = withMember(map, field.path, tests[index]!);
      return map;
    }),
  );
}

function withMember(map: JsonObject, [first, ...rest]: readonly string[], value: JsonValue): JsonObject {
  const inner = map[first!];
  return {
    ...map,
    [first!]: rest.length === 0 ? value : withMember(isMap(inner ?? null) ? (inner as JsonObject) : {}, rest, value),
  };
}

const blockTests: readonly JsonObject[] = [
  { WebAuthnConfiguration: { ifPresent: { UserVerification: 'required' } } },
  {
    WebAuthnConfiguration: {
      ifPresent: {
        RelyingPartyId: { pattern: 'auth\\.${account.name}\\.example\\.com' },
        UserVerification: 'required',
      },
    },
  },
  { WebAuthnConfiguration: { present: true } },
  { SmsMfaConfiguration: { present: false } },
  { EmailMfaConfiguration: { present: false } },
  { SmsMfaConfiguration: { ifPresent: { SmsConfiguration: { SnsRegion: '${region}' } } } },
  { EmailMfaConfiguration: { anyOf: [{ Subject: 'Your code' }, { Message: { present: false } }] } },
  { SoftwareTokenMfaConfiguration: { present: true } },
];

const factorNames = ['totp', 'passkey', 'sms', 'email'];

const factors: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.subarray(factorNames, { minLength: 1 }).map((allow) => ({ factors: { allow } })),
  fc.subarray(factorNames, { minLength: 1 }).map((atLeastOne) => ({ factors: { atLeastOne } })),
  fc.subarray(factorNames, { minLength: 1 }).map((allow) => ({ factors: { allow, atLeastOne: allow.slice(0, 1) } })),
);

/** A whole `expect`. */
export function expectation(fixable: boolean): fc.Arbitrary<JsonObject> {
  const alternative = fc.oneof(
    members(fixable, 1),
    factors,
    describedTest.map((UserPool) => ({ UserPool })),
  );
  const anyOf = fc.array(alternative, { minLength: 1, maxLength: 3 }).map((alternatives) => ({ anyOf: alternatives }));
  const parts: fc.Arbitrary<JsonObject>[] = [members(fixable, 0), members(fixable, 0), one(...blockTests), factors];
  parts.push(
    describedTest.map((UserPool) => ({ UserPool })),
    anyOf,
    fc.constant({}),
  );
  return fc.array(fc.oneof(...parts), { minLength: 1, maxLength: 3 }).map((drawn) => Object.assign({}, ...drawn));
}
