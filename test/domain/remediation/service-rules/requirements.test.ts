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

const tierNeeded = (feature: string, found: string) =>
  `${feature} needs a pool on the feature plan ESSENTIALS or PLUS, and ${found}: change UserPoolTier first.`;
const oneMailbox =
  'E-mail MFA needs an account recovery that is set and is more than verified_email alone, or one mailbox would prove both: change AccountRecoverySetting first.';
const onePhone =
  "SMS MFA does not go with account recovery by verified_phone_number, since one phone would prove both: change the pool's AccountRecoverySetting first.";
const failingRole =
  "The pool's SMS role cannot send (SmsConfigurationFailure: InvalidSmsRoleAccessPolicyException): mend its permissions and its trust in cognito-idp.amazonaws.com first.";
const otherExternalId =
  "The SMS role trusts Cognito by the pool's present external id, and the call would send another that nobody asked for: GetUserPoolMfaConfig and DescribeUserPool do not say the same of it.";
const smsStays =
  "The pool has an SMS configuration, and SetUserPoolMfaConfig cannot keep SMS from being a factor beside it: remove SmsConfiguration from the pool's settings (UpdateUserPool) first, or make SMS part of the policy.";
const noRelyingParty = 'Passkeys need a relying party: a policy must ask for WebAuthnConfiguration.RelyingPartyId too.';

type Row = readonly [string, string, JsonObject, JsonObject, JsonObject];

/** The rule, its sentence, the configuration before, the call, and the pool's settings. */
const rows: readonly Row[] = [
  [
    'P1',
    'MFA cannot be ON without a factor: a policy must ask for one too, such as SoftwareTokenMfaConfiguration: { Enabled: true }.',
    off,
    { MfaConfiguration: 'ON' },
    plainPool,
  ],
  [
    'P1',
    'MFA cannot be OPTIONAL without a factor: a policy must ask for one too, such as SoftwareTokenMfaConfiguration: { Enabled: true }.',
    off,
    { MfaConfiguration: 'OPTIONAL', ...verifying },
    plainPool,
  ],
  [
    'P2',
    "MFA cannot be ON while EMAIL_OTP is among the pool's first factors: remove that from Policies.SignInPolicy.AllowedFirstAuthFactors, or ask for OPTIONAL.",
    off,
    { ...totpOn, MfaConfiguration: 'ON' },
    { ...plainPool, Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['EMAIL_OTP'] } } },
  ],
  [
    'P3',
    "MFA cannot be ON while WEB_AUTHN is among the pool's first factors and a passkey counts as a single factor: a policy must ask for WebAuthnConfiguration.FactorConfiguration MULTI_FACTOR_WITH_USER_VERIFICATION too.",
    off,
    { ...totpOn, MfaConfiguration: 'ON' },
    { ...plainPool, ...passkeyFirst },
  ],
  [
    'P5',
    'E-mail MFA needs an own SES sender: set EmailConfiguration.EmailSendingAccount to DEVELOPER first.',
    totpOnly,
    { ...totpOnly, ...email },
    { ...sesPool, EmailConfiguration: {} },
  ],
  [
    'P6',
    oneMailbox,
    totpOnly,
    { ...totpOnly, ...email },
    { ...sesPool, AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] } },
  ],
  ['P6', oneMailbox, totpOnly, { ...totpOnly, ...email }, { ...sesPool, AccountRecoverySetting: {} }],
  [
    'P7 e-mail',
    tierNeeded('E-mail MFA', 'this one is on LITE'),
    { ...totpOnly, ...email },
    { ...totpOnly, ...email },
    { ...sesPool, UserPoolTier: 'LITE' },
  ],
  [
    'P7 passkey',
    tierNeeded('A passkey as second factor', 'this one is on LITE'),
    off,
    { ...off, ...verifying },
    { UserPoolTier: 'LITE' },
  ],
  [
    'P7 passkey',
    tierNeeded('A passkey as second factor', 'DescribeUserPool names no feature plan'),
    off,
    { ...off, ...verifying },
    { EstimatedNumberOfUsers: 1 },
  ],
  [
    'P8',
    "The SMS block has no role to send with: set up SmsConfiguration (SnsCallerArn, or EumsSms.CallerArn) in the pool's settings first.",
    totpOnly,
    bySms({ SnsRegion: 'eu-west-1' }),
    plainPool,
  ],
  [
    'P8 role',
    failingRole,
    totpOnly,
    { ...totpOnly, SmsMfaConfiguration: smsBlock },
    { ...smsPool, SmsConfigurationFailure: 'SNSSandbox, InvalidSmsRoleAccessPolicyException' },
  ],
  [
    'P8 role',
    failingRole,
    totpOnly,
    bySms({ SnsCallerArn: role }),
    { ...plainPool, SmsConfigurationFailure: 'InvalidSmsRoleAccessPolicyException' },
  ],
  [
    'P8 EUMS role',
    'EumsSms needs CallerArn, the role that End User Messaging sends with: a policy must ask for it too, or for the whole SmsConfiguration.',
    totpOnly,
    bySms({ EumsSms: { OriginationIdentity: '+12065550100' } }),
    plainPool,
  ],
  // A pool that sends SMS and does not show it: what a policy leaves out of a new block would be lost.
  ['P8 trust', otherExternalId, totpOnly, bySms({ SnsCallerArn: role }), smsPool],
  ['P8 trust', otherExternalId, totpOnly, bySms({ SnsCallerArn: role, ExternalId: 'other' }), smsPool],
  ['P8 trust', otherExternalId, bySms({ SnsCallerArn: role }), bySms({ SnsCallerArn: role }), smsPool],
  [
    'P8 one sender',
    'The SMS configuration would name both SnsCallerArn and EumsSms, and Cognito takes one: ask for the whole SmsConfiguration.',
    totpOnly,
    bySms({ SnsCallerArn: role, EumsSms: { CallerArn: role } }),
    plainPool,
  ],
  [
    'P8 region',
    "EumsSms.Region is eu-west-2, and End User Messaging must send from the pool's own region: set it to eu-west-1, or leave it out.",
    totpOnly,
    bySms({ EumsSms: { CallerArn: role, Region: 'eu-west-2' } }),
    plainPool,
  ],
  ['P9', onePhone, totpOnly, { ...totpOnly, SmsMfaConfiguration: smsBlock }, { ...smsPool, ...byPhone }],
  ['P9', onePhone, { ...bySmsBlock, ...off }, bySmsBlock, { ...smsPool, ...byPhone }],
  ['P9', onePhone, bySmsBlock, { ...bySmsBlock, MfaConfiguration: 'ON' }, { ...smsPool, ...byPhone }],
  [
    'P11',
    'MFA cannot be ON beside threat protection in full function (UserPoolAddOns.AdvancedSecurityMode ENFORCED), which itself asks for MFA by risk: ask for OPTIONAL, or set it to AUDIT.',
    totpOnly,
    { ...totpOn, MfaConfiguration: 'ON' },
    { ...plainPool, UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
  ],
  [
    'P14',
    'The pool verifies phone_number by itself (AutoVerifiedAttributes), and Cognito refuses a call without an SMS block there, as well as one with it while MFA is OFF: take phone_number out of AutoVerifiedAttributes (UpdateUserPool) first.',
    totpOnly,
    off,
    { ...smsPool, ...verifiesPhone },
  ],
  [
    'P14',
    'The pool verifies phone_number by itself (AutoVerifiedAttributes), and Cognito refuses a call without an SMS block there: make SMS part of the policy, or take phone_number out of AutoVerifiedAttributes (UpdateUserPool) first.',
    totpOnly,
    totpOnly,
    { ...plainPool, ...verifiesPhone },
  ],
  ['SMS stays', smsStays, totpOnly, totpOnly, smsPool],
  ['SMS stays', smsStays, { ...bySmsBlock, ...totpOn }, totpOnly, plainPool],
  [
    'relying party',
    noRelyingParty,
    off,
    { ...off, WebAuthnConfiguration: { UserVerification: 'required' } },
    plainPool,
  ],
  [
    'relying party',
    noRelyingParty,
    off,
    { ...off, WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } },
    plainPool,
  ],
  [
    'user verification',
    'A new relying party needs a policy that asks for WebAuthnConfiguration.UserVerification too, since what Cognito takes without it is not documented.',
    off,
    { ...off, WebAuthnConfiguration: { RelyingPartyId: 'a.example' } },
    plainPool,
  ],
  [
    'user verification stays',
    'WebAuthnConfiguration.UserVerification can be changed, not taken away.',
    { ...off, ...verifying },
    { ...off, WebAuthnConfiguration: { RelyingPartyId: 'a.example' } },
    plainPool,
  ],
];

const unmet = (before: JsonObject, input: JsonObject, pool: JsonObject, region = 'eu-west-1'): readonly string[] =>
  unmetRequirements(before, input, settingsOf(pool, region)).map(({ message }) => message);

describe('a call is not sent', () => {
  test.each(rows)('%s: %s', (_, sentence, before, input, pool) => {
    expect(unmet(before, input, pool).filter((message) => message === sentence)).toHaveLength(1);
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
    expect(unmet(totpOnly, input, plainPool, 'ap-northeast-2')).toEqual([
      'SnsRegion is ap-northeast-2, and a pool in ap-northeast-2 must send from ap-northeast-1.',
    ]);
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
