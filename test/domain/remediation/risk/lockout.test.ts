import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { lockoutOf } from '../../../../src/domain/remediation/risk/lockout.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import { changeContextOf } from '../../../../src/domain/remediation/risk/risk-conditions.ts';
import { aReading, aRequest, changeIn, off, plainPool, plan, smsBlock, smsPool, totpOn, totpOnly } from '../a-plan.ts';

const on = { MfaConfiguration: 'ON' };
const smsOn = { ...on, SmsMfaConfiguration: smsBlock };

function conditions(after: JsonObject, userPool: JsonObject, before: JsonObject = off): string {
  const lockout = lockoutOf(changeContextOf(before, after, settingsOf(userPool, 'eu-west-1')));
  return (lockout?.conditions ?? []).join('\n');
}

describe('a change to ON', () => {
  test('says how many users, what may lock them out, and what settings can’t tell', () => {
    const { lockout, users } = changeIn(plan(aReading(totpOnly), [aRequest('MfaConfiguration', 'ON')]));
    expect(users).toBe(42);
    expect(lockout).toEqual([
      'Users without a factor must enrol at their next sign-in: the pool has no domain and so no managed login, and every application must handle MFA_SETUP and SELECT_MFA_TYPE, or all of its users without a factor are locked out.',
      "Not known: How many of the pool's 42 users have a factor (the number itself is an estimate, and federated users never get MFA from Cognito).",
      'Not known: Whether each application of the pool handles MFA_SETUP and SELECT_MFA_TYPE.',
    ]);
  });

  test('names the applications beside managed login where the pool has a domain', () => {
    expect(conditions({ ...on, ...totpOn }, { ...plainPool, Domain: 'shop' })).toContain('managed login does that');
  });

  test.each<[string, string, JsonObject, JsonObject]>([
    [
      'users without a phone, where SMS is the only factor',
      'a user without phone_number has no factor',
      smsOn,
      smsPool,
    ],
    [
      'the SNS sandbox',
      'only numbers that were verified',
      smsOn,
      { ...smsPool, SmsConfigurationFailure: 'SNSSandbox' },
    ],
    ['one phone for code and recovery', 'whose only attribute is a phone number', smsOn, smsPool],
    [
      'one mailbox for code and recovery',
      'whose only attribute is an e-mail address',
      { ...on, EmailMfaConfiguration: {} },
      plainPool,
    ],
    [
      'a Lambda that sends SMS',
      'CustomSMSSender',
      smsOn,
      { ...smsPool, LambdaConfig: { CustomSMSSender: { LambdaVersion: 'V1_0' } } },
    ],
    [
      'custom challenges',
      'DefineAuthChallenge',
      { ...on, ...totpOn },
      { ...plainPool, LambdaConfig: { DefineAuthChallenge: 'arn' } },
    ],
  ])('names %s', (_, words, after, userPool) => {
    expect(conditions(after, userPool)).toContain(words);
  });

  test('names every attribute that codes could go to, and one that all users have is enough', () => {
    const both = { ...smsOn, EmailMfaConfiguration: {} };
    const required = (Name: string) => ({ ...smsPool, SchemaAttributes: [{ Name, Required: true }] });
    expect(conditions(both, smsPool)).toContain('a user without email or phone_number has no factor');
    expect(conditions(both, required('email'))).not.toContain('a user without');
    expect(conditions(both, required('phone_number'))).not.toContain('a user without');
    expect(conditions({ ...on, EmailMfaConfiguration: {} }, plainPool)).toContain('a user without email has no factor');
  });

  test('asks whether SMS arrives where SMS is a factor, also by the pool’s own configuration', () => {
    const unknown = (after: JsonObject, userPool: JsonObject) =>
      lockoutOf(changeContextOf(off, after, settingsOf(userPool, 'eu-west-1')))?.unknown ?? [];
    const asked = 'Whether SMS is delivered: spending limit, origination identity, country.';
    expect(unknown(smsOn, plainPool)).toContain(asked);
    expect(unknown({ ...on, ...totpOn }, smsPool)).toContain(asked);
    expect(unknown({ ...on, ...totpOn }, plainPool)).toHaveLength(2);
  });

  const hooks = { CustomSMSSender: { LambdaVersion: 'V1_0' }, CustomEmailSender: { LambdaVersion: 'V1_0' } };
  const emailOn = { ...on, EmailMfaConfiguration: {} };
  const recovering = (Name: string) => ({ AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name }] } });

  test.each<[string, string, JsonObject, JsonObject]>([
    [
      'that SMS is in the sandbox, of a pool without SMS',
      'SNS sandbox',
      emailOn,
      { SmsConfigurationFailure: 'SNSSandbox' },
    ],
    ['a Lambda that sends SMS, of a pool without SMS', 'CustomSMSSender', emailOn, { LambdaConfig: hooks }],
    ['a Lambda that sends e-mail, of a pool without e-mail', 'CustomEmailSender', smsOn, { LambdaConfig: hooks }],
    ['a mailbox that no account is recovered by', 'e-mail address', emailOn, recovering('verified_phone_number')],
    ['a phone that no account is recovered by', 'is a phone number', smsOn, recovering('verified_email')],
    ['a mailbox that no code goes to', 'e-mail address', smsOn, recovering('verified_email')],
  ])('does not name %s', (_what, words, after, settings) => {
    expect(conditions(after, { ...plainPool, ...settings })).not.toContain(words);
  });

  test.each<[string, string, JsonObject, JsonObject]>([
    ['a mailbox that accounts are recovered by', 'is an e-mail address', emailOn, recovering('verified_email')],
    ['a phone that accounts are recovered by', 'is a phone number', smsOn, recovering('verified_phone_number')],
    [
      'a Lambda that sends e-mail',
      'E-mail codes go through a Lambda function (CustomEmailSender): where it fails, no code arrives.',
      emailOn,
      { LambdaConfig: hooks },
    ],
  ])('names %s', (_what, words, after, settings) => {
    expect(conditions(after, { ...plainPool, ...settings })).toContain(words);
  });

  test('names passkeys that stop to count only where passkeys sign in and begin to verify with it', () => {
    const words = 'A passkey on a device that does not verify its user no longer signs in.';
    const passkeys = (UserVerification: string) => ({
      WebAuthnConfiguration: {
        RelyingPartyId: 'example.com',
        UserVerification,
        FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      },
    });
    const signingIn = (...AllowedFirstAuthFactors: readonly string[]) => ({
      ...plainPool,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
    });
    const verifying = { ...on, ...totpOn, ...passkeys('required') };
    expect(conditions(verifying, signingIn('PASSWORD', 'WEB_AUTHN'))).toContain(words);
    expect(conditions(verifying, signingIn('PASSWORD'))).not.toContain(words);
    expect(conditions(verifying, signingIn('WEB_AUTHN'), { ...off, ...passkeys('required') })).not.toContain(words);
    expect(conditions({ ...on, ...totpOn }, signingIn('WEB_AUTHN'))).not.toContain(words);
  });

  test('names all that is possible at once, the hardest first, in whole sentences', () => {
    const passkeys = {
      RelyingPartyId: 'example.com',
      UserVerification: 'required',
      FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    };
    const after = { ...smsOn, ...emailOn, WebAuthnConfiguration: passkeys };
    const userPool = {
      ...smsPool,
      Domain: 'shop',
      SmsConfigurationFailure: 'SNSSandbox',
      LambdaConfig: { ...hooks, DefineAuthChallenge: 'arn' },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    };
    expect(lockoutOf(changeContextOf(off, after, settingsOf(userPool, 'eu-west-1')), true)).toEqual({
      conditions: [
        'Users without a factor must enrol at their next sign-in: managed login does that, but an application that signs users in by itself must handle MFA_SETUP and SELECT_MFA_TYPE, or all of its users without a factor are locked out.',
        'TOTP is off, so a user without email or phone_number has no factor to enrol and cannot sign in until an administrator adds one.',
        'A user whose only attribute is an e-mail address, which is also the way to recover the account, gets an error at sign-in; ForgotPassword fails for one whose second factor is e-mail.',
        'A user whose only attribute is a phone number, which is also the way to recover the account, gets an error at sign-in; ForgotPassword fails for one whose second factor is SMS.',
        'SMS is in the SNS sandbox: codes reach only numbers that were verified there.',
        'SMS codes go through a Lambda function (CustomSMSSender): where it fails, no code arrives.',
        'E-mail codes go through a Lambda function (CustomEmailSender): where it fails, no code arrives.',
        'The pool has custom challenges (DefineAuthChallenge), whose applications must cope with MFA too.',
        'A passkey on a device that does not verify its user no longer signs in.',
      ],
      unknown: [
        'Whether each application of the pool handles MFA_SETUP and SELECT_MFA_TYPE.',
        'Whether SMS is delivered: spending limit, origination identity, country.',
      ],
    });
  });

  test('does not name what the settings rule out', () => {
    const required = { SchemaAttributes: [{ Name: 'phone_number', Required: true }] };
    expect(conditions(smsOn, { ...smsPool, ...required })).not.toContain('a user without');
    expect(conditions(smsOn, { ...smsPool, UsernameAttributes: ['phone_number'] })).not.toContain('a user without');
    expect(conditions({ ...smsOn, ...totpOn }, smsPool)).not.toContain('a user without');
    expect(conditions({ ...on, ...totpOn }, plainPool)).not.toMatch(/SMS|phone|e-mail/);
  });

  test('is only where MFA becomes required', () => {
    expect(conditions({ ...on, ...totpOn }, plainPool, { ...on, ...totpOn })).toBe('');
    expect(conditions(totpOnly, plainPool)).toBe('');
  });
});
