import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/domain/model/json.ts';
import { settingsOf } from '../../../../src/domain/model/mfa/pool-settings.ts';
import { requirements, unmetRequirements } from '../../../../src/domain/remediation/service-rules/requirements.ts';
import { off, plainPool, smsBlock, smsPool, totpOn, totpOnly } from '../a-plan.ts';

const email = { EmailMfaConfiguration: { Message: 'Code {####}' } };
const role = 'arn:aws:iam::111122223333:role/service-role/sms';
const sesPool: JsonObject = {
  ...plainPool,
  EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'admin_only' }] },
};
const verifying = {
  WebAuthnConfiguration: {
    RelyingPartyId: 'a.example',
    UserVerification: 'required',
    FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  },
};
const passkeyFirst = { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } };
const byPhone = { AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_phone_number' }] } };
const verifiesPhone = { AutoVerifiedAttributes: ['email', 'phone_number'] };
const bySms = (SmsConfiguration: JsonObject): JsonObject => ({
  ...totpOnly,
  SmsMfaConfiguration: { SmsConfiguration },
});
const bySmsBlock: JsonObject = { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: smsBlock };

type Row = readonly [string, string, JsonObject, JsonObject, JsonObject];

/** The rule, words of its sentence, the configuration before, the call, and the pool's settings. */
const rows: readonly Row[] = [
  ['P1', 'MFA cannot be ON without a factor', off, { MfaConfiguration: 'ON' }, plainPool],
  ['P1', 'MFA cannot be OPTIONAL without a factor', off, { MfaConfiguration: 'OPTIONAL', ...verifying }, plainPool],
  [
    'P2',
    'EMAIL_OTP',
    off,
    { ...totpOn, MfaConfiguration: 'ON' },
    { ...plainPool, Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['EMAIL_OTP'] } } },
  ],
  [
    'P3',
    'MULTI_FACTOR_WITH_USER_VERIFICATION',
    off,
    { ...totpOn, MfaConfiguration: 'ON' },
    { ...plainPool, ...passkeyFirst },
  ],
  [
    'P5',
    'EmailSendingAccount to DEVELOPER',
    totpOnly,
    { ...totpOnly, ...email },
    { ...sesPool, EmailConfiguration: {} },
  ],
  [
    'P6',
    'more than verified_email alone',
    totpOnly,
    { ...totpOnly, ...email },
    { ...sesPool, AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] } },
  ],
  [
    'P6',
    'account recovery that is set',
    totpOnly,
    { ...totpOnly, ...email },
    { ...sesPool, AccountRecoverySetting: {} },
  ],
  [
    'P7 e-mail',
    'E-mail MFA needs a pool on the feature plan ESSENTIALS or PLUS, and this one is on LITE',
    { ...totpOnly, ...email },
    { ...totpOnly, ...email },
    { ...sesPool, UserPoolTier: 'LITE' },
  ],
  ['P7 passkey', 'A passkey as second factor needs a pool', off, { ...off, ...verifying }, { UserPoolTier: 'LITE' }],
  ['P7 passkey', 'this one is on LITE', off, { ...off, ...verifying }, { ...plainPool, UserPoolTier: 'LITE' }],
  ['P7 passkey', 'names no feature plan', off, { ...off, ...verifying }, { EstimatedNumberOfUsers: 1 }],
  ['P8', 'no role to send with', totpOnly, bySms({ SnsRegion: 'eu-west-1' }), plainPool],
  [
    'P8 role',
    'InvalidSmsRoleAccessPolicyException',
    totpOnly,
    { ...totpOnly, SmsMfaConfiguration: smsBlock },
    { ...smsPool, SmsConfigurationFailure: 'SNSSandbox, InvalidSmsRoleAccessPolicyException' },
  ],
  [
    'P8 role',
    'InvalidSmsRoleAccessPolicyException',
    totpOnly,
    bySms({ SnsCallerArn: role }),
    { ...plainPool, SmsConfigurationFailure: 'InvalidSmsRoleAccessPolicyException' },
  ],
  [
    'P8 EUMS role',
    'EumsSms needs CallerArn',
    totpOnly,
    bySms({ EumsSms: { OriginationIdentity: '+12065550100' } }),
    plainPool,
  ],
  // A pool that sends SMS and does not show it: what a policy leaves out of a new block would be lost.
  ['P8 trust', 'nobody asked for', totpOnly, bySms({ SnsCallerArn: role }), smsPool],
  ['P8 trust', 'nobody asked for', totpOnly, bySms({ SnsCallerArn: role, ExternalId: 'other' }), smsPool],
  ['P8 trust', 'nobody asked for', bySms({ SnsCallerArn: role }), bySms({ SnsCallerArn: role }), smsPool],
  [
    'P8 one sender',
    'both SnsCallerArn and EumsSms',
    totpOnly,
    bySms({ SnsCallerArn: role, EumsSms: { CallerArn: role } }),
    plainPool,
  ],
  [
    'P8 region',
    'set it to eu-west-1',
    totpOnly,
    bySms({ EumsSms: { CallerArn: role, Region: 'eu-west-2' } }),
    plainPool,
  ],
  ['P9', 'verified_phone_number', totpOnly, { ...totpOnly, SmsMfaConfiguration: smsBlock }, { ...smsPool, ...byPhone }],
  ['P9', 'verified_phone_number', { ...bySmsBlock, ...off }, bySmsBlock, { ...smsPool, ...byPhone }],
  ['P9', 'verified_phone_number', bySmsBlock, { ...bySmsBlock, MfaConfiguration: 'ON' }, { ...smsPool, ...byPhone }],
  [
    'P11',
    'ENFORCED',
    totpOnly,
    { ...totpOn, MfaConfiguration: 'ON' },
    { ...plainPool, UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
  ],
  ['P14', 'as well as one with it while MFA is OFF', totpOnly, off, { ...smsPool, ...verifiesPhone }],
  ['P14', 'make SMS part of the policy', totpOnly, totpOnly, { ...plainPool, ...verifiesPhone }],
  ['SMS stays', 'cannot keep SMS from being a factor', totpOnly, totpOnly, smsPool],
  ['SMS stays', 'cannot keep SMS from being a factor', { ...bySmsBlock, ...totpOn }, totpOnly, plainPool],
  [
    'relying party',
    'Passkeys need a relying party',
    off,
    { ...off, WebAuthnConfiguration: { UserVerification: 'required' } },
    plainPool,
  ],
  [
    'relying party',
    'Passkeys need a relying party',
    off,
    { ...off, WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } },
    plainPool,
  ],
  [
    'user verification',
    'asks for WebAuthnConfiguration.UserVerification too',
    off,
    { ...off, WebAuthnConfiguration: { RelyingPartyId: 'a.example' } },
    plainPool,
  ],
  [
    'user verification stays',
    'not taken away',
    { ...off, ...verifying },
    { ...off, WebAuthnConfiguration: { RelyingPartyId: 'a.example' } },
    plainPool,
  ],
];

const unmet = (before: JsonObject, input: JsonObject, pool: JsonObject, region = 'eu-west-1'): readonly string[] =>
  unmetRequirements(before, input, settingsOf(pool, region)).map(({ message }) => message);

describe('a call is not sent', () => {
  test.each(rows)('%s: %s', (_, words, before, input, pool) => {
    expect(unmet(before, input, pool).filter((message) => message.includes(words))).toHaveLength(1);
  });

  test.each<[string, string, JsonObject]>([
    [
      'SmsMfaConfiguration.SmsAuthenticationMessage',
      'have 6 to 140 characters, not 141',
      { SmsAuthenticationMessage: `{####}${'x'.repeat(135)}` },
    ],
    ['EmailMfaConfiguration.Message', 'contain {####}', { Message: 'Your code' }],
    ['EmailMfaConfiguration.Subject', 'have 1 to 140 characters, not 141', { Subject: 'x'.repeat(141) }],
    ['EmailMfaConfiguration.Subject', 'hold printable characters only', { Subject: '\u0000' }],
    ['WebAuthnConfiguration.RelyingPartyId', 'have 1 to 127 characters, not 0', { RelyingPartyId: '' }],
    ['WebAuthnConfiguration.RelyingPartyId', 'have 1 to 127 characters, not 128', { RelyingPartyId: 'x'.repeat(128) }],
  ])('%s must %s', (path, words, block) => {
    const name = path.slice(0, path.indexOf('.'));
    expect(unmet(off, { ...totpOnly, [name]: block }, sesPool)).toContain(
      `${path} must ${words}${words.includes('{') ? ', where the code goes' : ''}.`,
    );
  });

  test('in Seoul through SNS elsewhere than in Tokyo', () => {
    const input = bySms({ SnsCallerArn: role, SnsRegion: 'ap-northeast-2' });
    expect(unmet(totpOnly, input, plainPool, 'ap-northeast-2').join(' ')).toContain('must send from ap-northeast-1');
    const tokyo = bySms({ SnsCallerArn: role, SnsRegion: 'ap-northeast-1' });
    expect(unmet(totpOnly, tokyo, plainPool, 'ap-northeast-2')).toEqual([]);
    expect(unmet(totpOnly, bySms({ SnsCallerArn: role }), plainPool, 'ap-northeast-2')).toEqual([]);
  });

  test('for the one reason that End User Messaging has no role, where its block is there', () => {
    expect(unmet(totpOnly, bySms({ EumsSms: { OriginationIdentity: '+12065550100' } }), plainPool)).toEqual([
      expect.stringContaining('EumsSms needs CallerArn'),
    ]);
  });

  test('by every rule at least once in these rows', () => {
    const ruled = requirements.filter(({ id }) => !id.includes('.')).map(({ id }) => id);
    expect([...new Set(rows.map(([id]) => id))].sort()).toEqual([...ruled].sort());
  });
});

describe('a call is sent', () => {
  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['with everything that its pool admits', off, { ...totpOnly, ...email, ...verifying }, sesPool],
    ['to a pool on PLUS', off, { ...totpOnly, ...email }, { ...sesPool, UserPoolTier: 'PLUS' }],
    [
      'to OFF, whatever the settings',
      totpOnly,
      off,
      { ...smsPool, ...byPhone, UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
    ],
    [
      'that adds TOTP where SMS is a factor beside recovery by phone',
      bySmsBlock,
      { ...bySmsBlock, ...totpOn },
      { ...smsPool, ...byPhone },
    ],
    [
      'that adds TOTP where SMS is required beside recovery by phone',
      { ...bySmsBlock, MfaConfiguration: 'ON' },
      { ...bySmsBlock, ...totpOn, MfaConfiguration: 'ON' },
      { ...smsPool, ...byPhone },
    ],
    [
      'that goes from ON to OPTIONAL where SMS is a factor beside recovery by phone',
      { ...bySmsBlock, MfaConfiguration: 'ON' },
      bySmsBlock,
      { ...smsPool, ...byPhone },
    ],
    [
      'with another external id for the same role',
      bySmsBlock,
      bySms({ SnsCallerArn: role, ExternalId: 'other' }),
      smsPool,
    ],
    [
      'with another external id for a pool that was OFF and hides its SMS block',
      off,
      bySms({ SnsCallerArn: role, ExternalId: 'other' }),
      smsPool,
    ],
    [
      'with every member of End User Messaging',
      bySmsBlock,
      bySms({
        EumsSms: {
          CallerArn: role,
          ExternalId: 'other',
          OriginationIdentity: '+12065550100',
          ConfigurationSetName: 'sign-in',
          InEntityId: '1201159000000000001',
          InTemplateId: '1207159000000000001',
          Region: 'eu-west-1',
        },
      }),
      smsPool,
    ],
    [
      'to a pool that verifies phone numbers, with its SMS block',
      totpOnly,
      { ...totpOnly, SmsMfaConfiguration: smsBlock },
      { ...smsPool, ...verifiesPhone },
    ],
    [
      'to OFF in a pool that verifies e-mail addresses',
      totpOnly,
      off,
      { ...smsPool, AutoVerifiedAttributes: ['email'] },
    ],
    [
      'with another role than the one that cannot send',
      totpOnly,
      bySms({ SnsCallerArn: `${role}-new` }),
      { ...smsPool, SmsConfigurationFailure: 'InvalidSmsRoleAccessPolicyException' },
    ],
    [
      'to ON with a verifying passkey as first factor',
      off,
      { ...totpOn, ...verifying, MfaConfiguration: 'ON' },
      { ...plainPool, ...passkeyFirst },
    ],
    ['to OPTIONAL with a passkey as first factor', off, totpOnly, { ...plainPool, ...passkeyFirst }],
    [
      'without SMS, whatever failed of it once',
      off,
      totpOnly,
      { ...plainPool, SmsConfigurationFailure: 'InvalidSmsRoleAccessPolicyException' },
    ],
    [
      'with an external id that the description does not show',
      bySms({ SnsCallerArn: role, ExternalId: 'own' }),
      bySms({ SnsCallerArn: role, ExternalId: 'own' }),
      { ...plainPool, SmsConfiguration: { SnsCallerArn: role } },
    ],
    [
      'with a relying party as it is, of which nobody knows how it verifies users',
      { ...off, WebAuthnConfiguration: { RelyingPartyId: 'a.example' } },
      { ...totpOnly, WebAuthnConfiguration: { RelyingPartyId: 'a.example' } },
      plainPool,
    ],
    [
      'with texts of the greatest length',
      off,
      {
        ...off,
        WebAuthnConfiguration: { RelyingPartyId: 'x'.repeat(127), UserVerification: 'preferred' },
      },
      plainPool,
    ],
    [
      'to OPTIONAL beside one-time passwords and threat protection',
      off,
      totpOnly,
      {
        ...plainPool,
        UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['SMS_OTP'] } },
      },
    ],
  ])('%s', (_, before, input, pool) => {
    expect(unmet(before, input, pool)).toEqual([]);
  });
});
