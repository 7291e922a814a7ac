import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { obstacles, restoreCall } from '../../../../src/domain/remediation/write/restore-call.ts';
import { off, plainPool, smsBlock, smsPool, totpOn, totpOnly } from '../a-plan.ts';

const poolId = 'eu-west-1_AbCdEf123';
const region = 'eu-west-1';
const passkeys = { RelyingPartyId: 'a.example', UserVerification: 'preferred' };

describe('a rollback', () => {
  const now = (config: JsonObject, userPool: JsonObject = plainPool) => ({ poolId, region, config, userPool });

  test('to OFF sends no factor block and echoes passkeys', () => {
    const before = { ...off, WebAuthnConfiguration: passkeys };
    const target = restoreCall(before, now({ ...totpOnly, WebAuthnConfiguration: passkeys }));
    expect(target).toEqual({ input: { UserPoolId: poolId, ...before }, after: before, remaining: [] });
  });

  test('restores all that the service admits, and says what remains', () => {
    const after = { ...totpOnly, WebAuthnConfiguration: passkeys };
    const target = restoreCall(off, now(after));
    expect(target?.input).toEqual({ UserPoolId: poolId, ...off, WebAuthnConfiguration: passkeys });
    expect(target?.remaining.map(({ path }) => path)).toEqual([
      'WebAuthnConfiguration.RelyingPartyId',
      'WebAuthnConfiguration.UserVerification',
    ]);
  });

  test('does not bring back what the pool can no longer hold, and brings back the rest', () => {
    const email = { EmailMfaConfiguration: { Message: 'Code {####}' } };
    const target = restoreCall({ MfaConfiguration: 'ON', ...totpOn, ...email }, now(totpOnly));
    expect(target?.input).toEqual({ UserPoolId: poolId, MfaConfiguration: 'ON', ...totpOn });
    expect(target?.remaining.map(({ path }) => path)).toEqual(['EmailMfaConfiguration.Message']);
  });

  test('is none where the pool is as it was, or nothing of it can come back', () => {
    expect(restoreCall(totpOnly, now({ ...totpOnly, WebAuthnConfiguration: {} }))).toBeNull();
    const sms = { MfaConfiguration: 'OPTIONAL', ...totpOn, SmsMfaConfiguration: smsBlock };
    expect(restoreCall(totpOnly, now(sms, smsPool))).toBeNull();
  });

  test('is none where the service would refuse whatever is sent', () => {
    const email = { EmailMfaConfiguration: { Message: 'Code {####}' } };
    const on = { MfaConfiguration: 'ON', ...totpOn };
    const signIn = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } };
    expect(restoreCall({ ...on, ...email }, now(on, { ...plainPool, Policies: signIn }))).toBeNull();
  });

  test('turns MFA on again rather than bring back more blocks that mean nothing while it is OFF', () => {
    const verifying = { ...passkeys, FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' };
    const before = {
      MfaConfiguration: 'ON',
      ...totpOn,
      EmailMfaConfiguration: { Message: 'Code {####}' },
      WebAuthnConfiguration: passkeys,
    };
    const userPool = {
      ...plainPool,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    };
    const target = restoreCall(before, now({ ...off, WebAuthnConfiguration: verifying }, userPool));
    expect(target?.input).toEqual({
      UserPoolId: poolId,
      MfaConfiguration: 'ON',
      ...totpOn,
      WebAuthnConfiguration: verifying,
    });
    expect(target?.remaining.map(({ path }) => path)).toEqual([
      'EmailMfaConfiguration.Message',
      'WebAuthnConfiguration.FactorConfiguration',
    ]);
  });

  test('leaves what is as it was out of the call that it weighs', () => {
    const verifying = { ...passkeys, FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' };
    const before = { MfaConfiguration: 'ON', ...totpOn, WebAuthnConfiguration: passkeys };
    const target = restoreCall(before, now({ ...totpOnly, WebAuthnConfiguration: verifying }));
    expect(target).toMatchObject({
      input: { MfaConfiguration: 'ON', WebAuthnConfiguration: { FactorConfiguration: 'SINGLE_FACTOR' } },
      remaining: [],
    });
  });

  test('to OFF, where that is not admitted, takes no single factor away either', () => {
    const userPool = {
      ...smsPool,
      AutoVerifiedAttributes: ['phone_number'],
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
    };
    const after = { ...totpOnly, SmsMfaConfiguration: smsBlock };
    expect(restoreCall(off, now(after, userPool))).toBeNull();
  });

  test('says what would be in the way, and nothing where nothing is', () => {
    const email = { EmailMfaConfiguration: { Message: 'Code {####}' } };
    const before = { MfaConfiguration: 'ON', ...totpOn, ...email };
    expect(obstacles(before, now(totpOnly)).join(' ')).toContain('EmailSendingAccount to DEVELOPER');
    expect(obstacles({ MfaConfiguration: 'ON', ...totpOn }, now(totpOnly))).toEqual([]);
  });
});
