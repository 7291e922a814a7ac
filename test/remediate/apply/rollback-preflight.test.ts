import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { rollbackTarget } from '../../../src/domain/remediation/write/rollback-target.ts';
import {
  aReading,
  anAsk,
  changeIn,
  off,
  plainPool,
  plan,
  smsBlock,
  smsPool,
  totpOn,
  totpOnly,
} from '../../domain/remediation/a-plan.ts';

const poolId = 'eu-west-1_AbCdEf123';
const region = 'eu-west-1';
const allowed = { allow: ['weakening'] } as const;
const passkeys = { RelyingPartyId: 'a.example', UserVerification: 'preferred' };

function planned(config: JsonObject, asks: readonly ReturnType<typeof anAsk>[], userPool: JsonObject = plainPool) {
  return changeIn(plan(aReading(config, { userPool }), asks, {}, allowed));
}

describe('reversible', () => {
  test('full: what was there comes back equal, and nobody loses a registration', () => {
    expect(planned(totpOnly, [anAsk('MfaConfiguration', 'ON')])).toMatchObject({ reversible: 'full', lost: [] });
    const config = { MfaConfiguration: 'ON', SmsMfaConfiguration: smsBlock };
    const text = anAsk('SmsMfaConfiguration.SmsAuthenticationMessage', 'Use {####}');
    expect(planned(config, [text], smsPool)).toMatchObject({ reversible: 'full', lost: [] });
  });

  test('at most partial: going back drops a factor block', () => {
    const asks = [anAsk('MfaConfiguration', 'OPTIONAL'), anAsk('SoftwareTokenMfaConfiguration.Enabled', true)];
    expect(planned(off, asks)).toMatchObject({
      reversible: 'partial',
      lost: ['Authenticator apps that users register until then may be lost.'],
    });
    expect(planned(off, asks, smsPool)).toMatchObject({
      reversible: 'partial',
      lost: [
        'Authenticator apps that users register until then may be lost.',
        'SMS stops being a factor for users who chose it until then, and its text may be lost.',
      ],
    });
  });

  test('at most partial: the change itself drops a factor', () => {
    const config = { MfaConfiguration: 'ON', ...totpOn, SmsMfaConfiguration: smsBlock };
    expect(planned(config, [anAsk('SoftwareTokenMfaConfiguration.Enabled', false)], smsPool)).toMatchObject({
      reversible: 'partial',
      lost: ["Whether users' authenticator apps outlive TOTP being off is not documented."],
    });
    expect(planned(totpOnly, [anAsk('MfaConfiguration', 'OFF')]).reversible).toBe('partial');
  });

  test('at most partial: a text that waits beside OFF may not survive the call', () => {
    const config = { ...off, SmsMfaConfiguration: smsBlock, WebAuthnConfiguration: passkeys };
    expect(planned(config, [anAsk('WebAuthnConfiguration.UserVerification', 'required')], smsPool)).toMatchObject({
      reversible: 'partial',
      lost: ['The SMS text that waits beside OFF may be dropped, and Cognito takes none back while MFA is OFF.'],
    });
  });

  test.each([
    ['another relying party', { ...totpOnly, WebAuthnConfiguration: passkeys }],
    ['the first relying party', totpOnly],
  ])('no: %s', (_, config) => {
    const asks = [anAsk('WebAuthnConfiguration.RelyingPartyId', 'b.example')];
    const verification = anAsk('WebAuthnConfiguration.UserVerification', 'preferred');
    const made = planned(config, 'WebAuthnConfiguration' in config ? asks : [...asks, verification]);
    expect(made.reversible).toBe('no');
    expect(made.lost).toHaveLength(1);
  });

  test('no: the way back is refused by a rule of the rest of the pool, which is told', () => {
    const asks = [anAsk('MfaConfiguration', 'OPTIONAL'), anAsk('SoftwareTokenMfaConfiguration.Enabled', true)];
    const made = planned(off, asks, { ...smsPool, AutoVerifiedAttributes: ['phone_number'] });
    expect(made.call['SmsMfaConfiguration']).toEqual(smsBlock);
    expect(made.reversible).toBe('no');
    expect(made.lost).toEqual(
      expect.arrayContaining([
        'Cognito does not take MfaConfiguration back from OPTIONAL.',
        'The way back: The pool verifies phone_number by itself (AutoVerifiedAttributes), and Cognito refuses a call without an SMS block there, as well as one with it while MFA is OFF: take phone_number out of AutoVerifiedAttributes (UpdateUserPool) first.',
      ]),
    );
    const adaptive = { ...plainPool, UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } };
    const weaker = planned({ ...totpOnly, MfaConfiguration: 'ON' }, [anAsk('MfaConfiguration', 'OPTIONAL')], adaptive);
    expect(weaker.reversible).toBe('no');
    expect(weaker.lost.join(' ')).toContain('MFA cannot be ON beside threat protection in full function');
  });

  test('no: the service does not admit the state before any more', () => {
    const config = {
      MfaConfiguration: 'ON',
      ...totpOn,
      WebAuthnConfiguration: { ...passkeys, FactorConfiguration: 'SINGLE_FACTOR' },
    };
    const userPool = {
      ...plainPool,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    };
    const verifying = anAsk('WebAuthnConfiguration.FactorConfiguration', 'MULTI_FACTOR_WITH_USER_VERIFICATION');
    expect(planned(config, [verifying], userPool)).toMatchObject({
      reversible: 'no',
      lost: [
        'Cognito does not take WebAuthnConfiguration.FactorConfiguration back from MULTI_FACTOR_WITH_USER_VERIFICATION.',
        expect.stringContaining("The way back: MFA cannot be ON while WEB_AUTHN is among the pool's first factors"),
      ],
    });
  });
});

describe('a rollback', () => {
  const now = (config: JsonObject, userPool: JsonObject = plainPool) => ({ poolId, region, config, userPool });

  test('to OFF sends no factor block and echoes passkeys', () => {
    const before = { ...off, WebAuthnConfiguration: passkeys };
    const target = rollbackTarget(before, now({ ...totpOnly, WebAuthnConfiguration: passkeys }));
    expect(target).toEqual({ input: { UserPoolId: poolId, ...before }, after: before, remaining: [] });
  });

  test('restores all that the service admits, and says what remains', () => {
    const after = { ...totpOnly, WebAuthnConfiguration: passkeys };
    const target = rollbackTarget(off, now(after));
    expect(target?.input).toEqual({ UserPoolId: poolId, ...off, WebAuthnConfiguration: passkeys });
    expect(target?.remaining.map(({ path }) => path)).toEqual([
      'WebAuthnConfiguration.RelyingPartyId',
      'WebAuthnConfiguration.UserVerification',
    ]);
  });

  test('does not bring back what the pool can no longer hold, and brings back the rest', () => {
    const email = { EmailMfaConfiguration: { Message: 'Code {####}' } };
    const target = rollbackTarget({ MfaConfiguration: 'ON', ...totpOn, ...email }, now(totpOnly));
    expect(target?.input).toEqual({ UserPoolId: poolId, MfaConfiguration: 'ON', ...totpOn });
    expect(target?.remaining.map(({ path }) => path)).toEqual(['EmailMfaConfiguration.Message']);
  });

  test('is none where the pool is as it was, or nothing of it can come back', () => {
    expect(rollbackTarget(totpOnly, now({ ...totpOnly, WebAuthnConfiguration: {} }))).toBeNull();
    const sms = { MfaConfiguration: 'OPTIONAL', ...totpOn, SmsMfaConfiguration: smsBlock };
    expect(rollbackTarget(totpOnly, now(sms, smsPool))).toBeNull();
  });
});
