import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  jsonValue,
  oneof,
  property,
  record,
  string,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unknownFields } from '../../../src/domain/model/api/api-model.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/model/json.ts';
import type { RequestedChange } from '../../../src/domain/remediation/request/requested-changes.ts';
import { factorBlocks } from '../../../src/domain/model/mfa/mfa-state.ts';
import { readingDifferences } from '../../../src/domain/model/mfa/config-diff.ts';
import { tries } from '../../strength.ts';
import { aReading, aRequest, plainPool, plan } from './a-plan.ts';

const anyJson = jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
const optionally = { requiredKeys: [] };

/** Mostly as it should be, now and then anything. */
function mostly(usual: Arbitrary<JsonValue>): Arbitrary<JsonValue> {
  return oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: anyJson });
}

const text = oneof(constant('Your code is {####}'), string());
const sender = record(
  {
    SnsCallerArn: constant('arn:aws:iam::111122223333:role/a'),
    ExternalId: string(),
    SnsRegion: constant('eu-west-1'),
  },
  { requiredKeys: ['SnsCallerArn'] },
);
const passkeys = record(
  {
    RelyingPartyId: constantFrom('auth.example.com', 'example.com'),
    UserVerification: constantFrom('preferred', 'required'),
    FactorConfiguration: constantFrom('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'),
  },
  optionally,
);

const blocks = record(
  {
    SoftwareTokenMfaConfiguration: mostly(record({ Enabled: boolean() }, optionally)),
    SmsMfaConfiguration: mostly(record({ SmsAuthenticationMessage: text, SmsConfiguration: sender }, optionally)),
    EmailMfaConfiguration: mostly(record({ Message: text, Subject: string() }, optionally)),
    WebAuthnConfiguration: mostly(passkeys),
  },
  optionally,
);
const config = tuple(mostly(constantFrom('OFF', 'OPTIONAL', 'ON')), blocks).map(([mode, others]): JsonObject => ({
  MfaConfiguration: mode,
  ...others,
}));

const settings = record(
  {
    UserPoolTier: mostly(constantFrom('LITE', 'PLUS')),
    EmailConfiguration: mostly(constant({ EmailSendingAccount: 'DEVELOPER' })),
    AccountRecoverySetting: mostly(constant({ RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] })),
    Policies: mostly(constant({ SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } })),
    SmsConfiguration: mostly(sender),
    UserPoolTags: mostly(constant({ team: 'shop' })),
    EstimatedNumberOfUsers: mostly(constantFrom(0, 5)),
  },
  optionally,
).map((members): JsonObject => ({ ...plainPool, ...members }));

const wanted = oneof(
  tuple(constant('MfaConfiguration'), constantFrom<JsonValue>('OFF', 'OPTIONAL', 'ON')),
  tuple(constant('SoftwareTokenMfaConfiguration.Enabled'), boolean()),
  tuple(constant('EmailMfaConfiguration.Message'), text),
  tuple(constant('SmsMfaConfiguration.SmsAuthenticationMessage'), text),
  tuple(constant('WebAuthnConfiguration.UserVerification'), constantFrom('preferred', 'required')),
  tuple(constant('WebAuthnConfiguration.RelyingPartyId'), string()),
);
const nonsense = tuple(
  constantFrom(
    'MfaConfiguration',
    'SoftwareTokenMfaConfiguration',
    'WebAuthnConfiguration.FactorConfiguration',
    'New.Member',
    '__proto__.polluted',
  ),
  anyJson,
);
const ask = oneof({ weight: 8, arbitrary: wanted }, { weight: 1, arbitrary: nonsense }).map(([path, to]) =>
  aRequest(path, to),
);

/** What a call must never do. */
function faultsOf(call: JsonObject, before: JsonObject, requested: readonly RequestedChange[]): readonly string[] {
  const { UserPoolId: _, ...sent } = call;
  const asked = new Set(requested.map(({ path }) => path.split('.')[0]));
  const isOff = sent['MfaConfiguration'] === 'OFF';
  const kept = [...(isOff ? [] : factorBlocks), 'WebAuthnConfiguration', 'MfaConfiguration'];
  return [
    ...(['OFF', 'OPTIONAL', 'ON'].some((mode) => mode === sent['MfaConfiguration']) ? [] : ['no mode']),
    ...factorBlocks.filter((block) => isOff && block in sent).map((block) => `${block} beside OFF`),
    ...unknownFields(sent).map((path) => `${path} is unknown`),
    ...kept
      .filter((name) => !asked.has(name) && name in before)
      .filter((name) => readingDifferences({ [name]: before[name] ?? null }, { [name]: sent[name] ?? null }).length > 0)
      .map((name) => `${name} was not kept`),
  ];
}

const numRuns = tries({ usual: 2000, extended: 40_000 });

describe('whatever a pool answers and a policy asks', () => {
  test('a plan is made; its call names the mode, turns nothing off unasked, and keeps what nobody named', () => {
    let changes = 0;
    assert(
      property(config, settings, array(ask, { minLength: 1, maxLength: 4 }), (before, userPool, requested) => {
        const pool = aReading(before, { userPool, unknownFields: unknownFields(before) });
        const made = plan(pool, requested, {}, { allow: ['weakening'] });
        const call = made.kind === 'change' ? made.change.call : null;
        changes += call === null ? 0 : 1;
        expect(call === null ? [] : faultsOf(call, before, requested)).toEqual([]);
      }),
      { numRuns },
    );
    expect(changes).toBeGreaterThan(numRuns / 80);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});
