import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/domain/model/json.ts';
import { isEmailAutomatic } from '../../../../src/domain/model/mfa/factors.ts';
import { settingsOf, type PoolSettings } from '../../../../src/domain/model/mfa/pool-settings.ts';

function settings(userPool: JsonObject): PoolSettings {
  return settingsOf(userPool, 'eu-west-1');
}

test('a pool of which nothing is said has a password, and nothing else that is known', () => {
  expect(settings({})).toEqual({
    region: 'eu-west-1',
    users: null,
    firstFactors: ['PASSWORD'],
    tier: null,
    emailSender: null,
    recovery: [],
    isThreatProtectionEnforced: false,
    smsConfiguration: null,
    smsTemplate: null,
    smsFailures: [''],
    sureAttributes: [],
    hasDomain: false,
    hasCustomChallenge: false,
    hasCustomSmsSender: false,
    hasCustomEmailSender: false,
    verifiesPhone: false,
    tags: {},
  });
});

describe('users', () => {
  test.each<[JsonValue, number | null]>([
    [0, 0],
    [42, 42],
    [-1, null],
    ['42', null],
    [true, null],
    [null, null],
  ])('%j reads as %j', (EstimatedNumberOfUsers, expected) => {
    expect(settings({ EstimatedNumberOfUsers }).users).toBe(expected);
  });

  test('that are no number at all are not known', () => {
    expect(settings({ EstimatedNumberOfUsers: Number.POSITIVE_INFINITY }).users).toBeNull();
    expect(settings({ EstimatedNumberOfUsers: Number.NaN }).users).toBeNull();
  });
});

describe('what decides', () => {
  const signIn = (AllowedFirstAuthFactors: JsonValue) => ({ Policies: { SignInPolicy: { AllowedFirstAuthFactors } } });
  const recovery = (RecoveryMechanisms: JsonValue) => ({ AccountRecoverySetting: { RecoveryMechanisms } });

  test.each<[string, JsonObject, Partial<PoolSettings>]>([
    ['first factors', signIn(['PASSWORD', 'WEB_AUTHN']), { firstFactors: ['PASSWORD', 'WEB_AUTHN'] }],
    ['first factors of another type', signIn(['EMAIL_OTP', 7]), { firstFactors: ['EMAIL_OTP'] }],
    ['no first factor', signIn([]), { firstFactors: ['PASSWORD'] }],
    ['first factors that are no list', signIn('EMAIL_OTP'), { firstFactors: ['PASSWORD'] }],
    ['the plan', { UserPoolTier: 'PLUS' }, { tier: 'PLUS' }],
    [
      'recovery, in its order',
      recovery([{ Name: 'admin_only' }, { Priority: 2 }, { Priority: 1, Name: 'verified_email' }]),
      { recovery: ['verified_email', 'admin_only'] },
    ],
    ['recovery that is no list', recovery({ Name: 'verified_email' }), { recovery: [] }],
    [
      'threat protection in full function',
      { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
      { isThreatProtectionEnforced: true },
    ],
    [
      'threat protection that only looks on',
      { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } },
      { isThreatProtectionEnforced: false },
    ],
    ['the text of messages', { SmsAuthenticationMessage: 'Code {####}' }, { smsTemplate: 'Code {####}' }],
    [
      'SMS failures, at their commas',
      { SmsConfigurationFailure: 'SNSSandbox, InvalidSmsRoleAccessPolicyException' },
      { smsFailures: ['SNSSandbox', 'InvalidSmsRoleAccessPolicyException'] },
    ],
    ['a domain', { Domain: 'shop' }, { hasDomain: true }],
    ['a domain of its own', { CustomDomain: 'auth.example.com' }, { hasDomain: true }],
    ['custom challenges', { LambdaConfig: { DefineAuthChallenge: 'arn' } }, { hasCustomChallenge: true }],
    ['an SMS sender', { LambdaConfig: { CustomSMSSender: { LambdaArn: 'a' } } }, { hasCustomSmsSender: true }],
    ['an e-mail sender', { LambdaConfig: { CustomEmailSender: { LambdaArn: 'a' } } }, { hasCustomEmailSender: true }],
    ['tags that are texts', { UserPoolTags: { env: 'prod', n: 1 } }, { tags: { env: 'prod' } }],
    ['tags that are no map', { UserPoolTags: 'env' }, { tags: {} }],
  ])('%s', (_what, userPool, expected) => {
    expect(settings(userPool)).toMatchObject(expected);
    expect(settings(userPool)).toEqual({ ...settings({}), ...expected });
  });

  test('attributes that every user has are required by the schema, or the only name to sign in with', () => {
    const SchemaAttributes = [
      { Name: 'email', Required: true },
      { Name: 'phone_number', Required: false },
      { Name: 'given_name' },
      { Required: true },
    ];
    expect(settings({ SchemaAttributes }).sureAttributes).toEqual(['email']);
    expect(settings({ UsernameAttributes: ['phone_number'] }).sureAttributes).toEqual(['phone_number']);
    expect(settings({ UsernameAttributes: ['phone_number', 'email'] }).sureAttributes).toEqual([]);
    expect(settings({ SchemaAttributes: { Name: 'email', Required: true } }).sureAttributes).toEqual([]);
  });

  test('an SMS configuration without a role is none', () => {
    const sms = { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms', ExternalId: 'x' };
    expect(settings({ SmsConfiguration: sms }).smsConfiguration).toEqual(sms);
    expect(settings({ SmsConfiguration: { ExternalId: 'x' } }).smsConfiguration).toBeNull();
    expect(settings({ SmsConfiguration: { SnsCallerArn: '' } }).smsConfiguration).toBeNull();
  });

  test('an SMS configuration by a way that this version does not know may send', () => {
    const sms = { WhatsApp: { CallerArn: 'arn:aws:iam::111122223333:role/sms' } };
    expect(settings({ SmsConfiguration: sms }).smsConfiguration).toEqual(sms);
  });
});

describe('e-mail is an automatic factor', () => {
  const sender = (EmailSendingAccount: string) => ({ EmailConfiguration: { EmailSendingAccount } });
  test.each<[boolean, string, JsonObject]>([
    [true, 'an own sender on Essentials', { ...sender('DEVELOPER'), UserPoolTier: 'ESSENTIALS' }],
    [true, 'an own sender on Plus', { ...sender('DEVELOPER'), UserPoolTier: 'PLUS' }],
    [true, 'an own sender on a plan that is not said', sender('DEVELOPER')],
    [true, 'a sender that nobody knows yet', { ...sender('PARTNER'), UserPoolTier: 'PLUS' }],
    [false, 'an own sender on Lite', { ...sender('DEVELOPER'), UserPoolTier: 'LITE' }],
    [false, "Cognito's own sender", { ...sender('COGNITO_DEFAULT'), UserPoolTier: 'PLUS' }],
    [false, 'no sender', { UserPoolTier: 'PLUS' }],
  ])('%s: %s', (isAutomatic, _where, userPool) => {
    expect(isEmailAutomatic(settings(userPool))).toBe(isAutomatic);
  });
});
