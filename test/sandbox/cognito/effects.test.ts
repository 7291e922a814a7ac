import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/domain/model/json.ts';
import {
  getUserPoolMfaConfig,
  setUserPoolMfaConfig,
  switchesWithDefaults,
  switchTable,
} from '../../../src/sandbox/cognito/user-pools.ts';
import type { SetOutcome, StoredPool, Switches } from '../../../src/sandbox/world/stored-pool.ts';

const role = 'arn:aws:iam::111122223333:role/cognito-sms';
const sendsWithRole = { SnsCallerArn: role, ExternalId: 'one' };
const verifying = 'MULTI_FACTOR_WITH_USER_VERIFICATION';

/** An object with any of these members. */
function objectOf(members: Record<string, fc.Arbitrary<JsonValue>>): fc.Arbitrary<JsonObject> {
  return fc.record(members, { requiredKeys: [] }).map((object) => {
    const entries = Object.entries(object).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    return Object.fromEntries(entries);
  });
}

const passkeys = objectOf({
  RelyingPartyId: fc.constantFrom('auth.example.com', 'id.example.com'),
  UserVerification: fc.constantFrom('required', 'preferred'),
  FactorConfiguration: fc.constantFrom('SINGLE_FACTOR', verifying),
});
const sms = objectOf({
  SmsAuthenticationMessage: fc.constantFrom('Code {####}', '{####} is it'),
  SmsConfiguration: fc.constant(sendsWithRole),
});
const email = objectOf({ Message: fc.constant('Code {####}'), Subject: fc.constant('Code') });
const unknown = fc.constant({ Enabled: true });

/** Whatever the API model allows, and a member that it does not know. */
const anyConfiguration = objectOf({
  MfaConfiguration: fc.constantFrom('OFF', 'ON', 'OPTIONAL'),
  SoftwareTokenMfaConfiguration: objectOf({ Enabled: fc.boolean() }),
  SmsMfaConfiguration: sms,
  EmailMfaConfiguration: email,
  WebAuthnConfiguration: passkeys,
  PushMfaConfiguration: unknown,
});
const turningOff = objectOf({
  MfaConfiguration: fc.constant('OFF'),
  WebAuthnConfiguration: passkeys,
  PushMfaConfiguration: unknown,
});
const withTotp = objectOf({
  SmsMfaConfiguration: sms,
  EmailMfaConfiguration: email,
  WebAuthnConfiguration: passkeys,
}).chain((blocks) =>
  fc
    .constantFrom('ON', 'OPTIONAL')
    .map((mode) => ({ ...blocks, MfaConfiguration: mode, SoftwareTokenMfaConfiguration: { Enabled: true } })),
);
const requests = fc
  .oneof(turningOff, { arbitrary: withTotp, weight: 3 }, anyConfiguration)
  .map((members): JsonObject => ({ UserPoolId: 'eu-west-1_AbCdEf123', ...members }));

const userPool = objectOf({
  UserPoolTier: fc.constantFrom('ESSENTIALS', 'PLUS', 'LITE'),
  EmailConfiguration: fc
    .constantFrom('DEVELOPER', 'COGNITO_DEFAULT')
    .map((account) => ({ EmailSendingAccount: account })),
  AccountRecoverySetting: fc
    .constantFrom('admin_only', 'verified_email', 'verified_phone_number')
    .map((name) => ({ RecoveryMechanisms: [{ Name: name, Priority: 1 }] })),
  Policies: fc
    .subarray(['WEB_AUTHN', 'EMAIL_OTP', 'SMS_OTP'])
    .map((more) => ({ SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', ...more] } })),
  SmsConfiguration: fc.constant(sendsWithRole),
});

function poolsOf(primaryRegion: string): fc.Arbitrary<StoredPool> {
  const place = {
    accountId: '111122223333',
    region: 'eu-west-1',
    primaryRegion,
    id: `${primaryRegion}_AbCdEf123`,
    name: 'customers',
  };
  return fc
    .tuple(fc.oneof(anyConfiguration, withTotp), userPool)
    .map(([config, settings]) => ({ ...place, mfaConfig: { MfaConfiguration: 'OFF', ...config }, userPool: settings }));
}
const primaries = poolsOf('eu-west-1');
const replicas = poolsOf('eu-central-1');

const anySwitches = fc
  .tuple(
    ...switchTable.map(({ id, answers }) => fc.constantFrom<string>(...answers).map((answer) => [id, answer] as const)),
  )
  .map((chosen) => switchesWithDefaults(Object.fromEntries(chosen)));

/** The outcome of a Set that is accepted; the property passes over one that is not. */
function accepted(pool: StoredPool, request: JsonObject, switches: Switches): Extract<SetOutcome, { ok: true }> {
  const outcome = setUserPoolMfaConfig(pool, request, switches);
  fc.pre(outcome.ok);
  return outcome;
}

describe('an accepted Set', () => {
  it('answers what Get says afterwards, under every answer to every open question', () => {
    fc.assert(
      fc.property(fc.oneof(primaries, replicas), requests, anySwitches, (pool, request, switches) => {
        const { pool: after, answer } = accepted(pool, request, switches);
        expect(getUserPoolMfaConfig(after, switches)).toEqual(answer);
      }),
    );
  });

  it('replaces mode and TOTP by what the request says, and drops what no model knows', () => {
    fc.assert(
      fc.property(primaries, requests, anySwitches, (pool, request, switches) => {
        const { answer } = accepted(pool, request, switches);
        expect(answer['MfaConfiguration']).toEqual(request['MfaConfiguration'] ?? 'OFF');
        expect(answer['SoftwareTokenMfaConfiguration']).toEqual(request['SoftwareTokenMfaConfiguration']);
        expect(answer).not.toHaveProperty('PushMfaConfiguration');
      }),
    );
  });

  it('leaves an e-mail block only where one was sent, by default', () => {
    fc.assert(
      fc.property(primaries, requests, (pool, request) => {
        const { answer } = accepted(pool, request, switchesWithDefaults({}));
        expect(answer['EmailMfaConfiguration']).toEqual(request['EmailMfaConfiguration']);
      }),
    );
  });

  it('never leaves a verifying passkey factor that the request did not ask for', () => {
    fc.assert(
      fc.property(primaries, requests, anySwitches, (pool, request, switches) => {
        fc.pre(!JSON.stringify(request).includes(verifying));
        expect(JSON.stringify(accepted(pool, request, switches).answer)).not.toContain(verifying);
      }),
    );
  });

  it('never takes the SMS configuration from a pool that has one', () => {
    fc.assert(
      fc.property(fc.oneof(primaries, replicas), requests, anySwitches, (pool, request, switches) => {
        const sending = { ...pool, userPool: { ...pool.userPool, SmsConfiguration: sendsWithRole } };
        expect(accepted(sending, request, switches).pool.userPool['SmsConfiguration']).toEqual(sendsWithRole);
      }),
    );
  });

  it('leaves everything but SMS as the primary has it, in a secondary region', () => {
    const restated = fc.tuple(replicas, fc.option(requests)).map(([pool, request]) => ({
      pool,
      request: request ?? { UserPoolId: pool.id, ...pool.mfaConfig },
    }));
    fc.assert(
      fc.property(restated, anySwitches, ({ pool, request }, switches) => {
        const { SmsMfaConfiguration: _before, ...before } = pool.mfaConfig;
        const { SmsMfaConfiguration: _after, ...after } = accepted(pool, request, switches).pool.mfaConfig;
        expect(after).toEqual(before);
      }),
      { maxSkipsPerRun: 1000 },
    );
  });

  it('is accepted again, word for word, and changes nothing more', () => {
    fc.assert(
      fc.property(primaries, requests, anySwitches, (pool, request, switches) => {
        const once = accepted(pool, request, switches);
        expect(setUserPoolMfaConfig(once.pool, request, switches)).toEqual(once);
      }),
    );
  });
});

describe('any Set', () => {
  it('leaves the pool that it was given alone, and a refused one is a client fault with a text', () => {
    fc.assert(
      fc.property(fc.oneof(primaries, replicas), anyConfiguration, anySwitches, (pool, config, switches) => {
        const before = structuredClone(pool);
        const outcome = setUserPoolMfaConfig(pool, { UserPoolId: pool.id, ...config }, switches);
        expect(pool).toEqual(before);
        expect(outcome.ok || (outcome.error.status === 400 && outcome.error.message !== '')).toBe(true);
      }),
    );
  });
});
