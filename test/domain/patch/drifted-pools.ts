/**
 * Forty drifted pools: every member of the MFA configuration, in both directions where the service has both, under every
 * owner. What the service asks before is met in each, but where `lacks` says otherwise.
 */
import type { JsonObject } from '../../../src/domain/model/json.ts';

export interface DriftedPool {
  readonly name: string;
  readonly config: JsonObject;
  readonly userPool: JsonObject;
  /** What the policy expects, as YAML. */
  readonly expect: string;
  /** What of `userPool` must be otherwise before the service takes the change. */
  readonly lacks?: JsonObject;
}

const role = 'arn:aws:iam::111122223333:role/service-role/sms';
const sns = { SnsCallerArn: role, ExternalId: 'a1b2c3', SnsRegion: 'eu-west-1' };
const eums = {
  EumsSms: {
    CallerArn: role,
    ExternalId: 'a1b2c3',
    OriginationIdentity: 'SENDER',
    ConfigurationSetName: 'set',
    InEntityId: 'entity',
    InTemplateId: 'template',
    Region: 'eu-west-1',
  },
};
const text = 'Your code is {####}';
const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const email = { EmailMfaConfiguration: { Message: 'Use {####} to sign in', Subject: 'Your code' } };
const passkeys = { RelyingPartyId: 'auth.example.com', UserVerification: 'preferred' };
const smsOf = (configuration: JsonObject) => ({
  SmsMfaConfiguration: { SmsAuthenticationMessage: text, SmsConfiguration: configuration },
});
const off = { MfaConfiguration: 'OFF' };
const optional = { MfaConfiguration: 'OPTIONAL', ...totp };
const on = { MfaConfiguration: 'ON', ...totp };
const withSms = (configuration: JsonObject = sns) => ({ ...optional, ...smsOf(configuration) });
const withEmail = { ...optional, ...email };
const withPasskeys = (more: JsonObject = {}) => ({ ...optional, WebAuthnConfiguration: { ...passkeys, ...more } });

export const ready: JsonObject = {
  UserPoolTier: 'ESSENTIALS',
  EstimatedNumberOfUsers: 42,
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
};
const ses = {
  ...ready,
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
  },
};
const sending = (configuration: JsonObject = sns) => ({
  ...ready,
  SmsConfiguration: configuration,
  SmsAuthenticationMessage: text,
});
const passwordless = { ...ready, Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } };

const sms = 'SmsMfaConfiguration';
const sender = (fields: string) => `{ ${sms}: { SmsConfiguration: { ${fields} } } }`;
const eumsField = (fields: string) => sender(`EumsSms: { ${fields} }`);
const webAuthn = (fields: string) => `{ WebAuthnConfiguration: { ${fields} } }`;

const pool = (name: string, config: JsonObject, userPool: JsonObject, expect: string): DriftedPool => ({
  name,
  config,
  userPool,
  expect,
});

const totpOn = 'SoftwareTokenMfaConfiguration: { Enabled: true }';

export const driftedPools: readonly DriftedPool[] = [
  pool('mode OFF to OPTIONAL', off, ready, `{ MfaConfiguration: OPTIONAL, ${totpOn} }`),
  pool('mode OFF to ON', off, ready, `{ MfaConfiguration: "ON", ${totpOn} }`),
  pool('mode OPTIONAL to ON', optional, ready, '{ MfaConfiguration: "ON" }'),
  pool('mode ON to OPTIONAL', on, ready, '{ MfaConfiguration: OPTIONAL }'),
  pool('mode ON to OFF', on, ready, '{ MfaConfiguration: "OFF" }'),
  pool('mode OPTIONAL to OFF', optional, ready, '{ MfaConfiguration: "OFF" }'),
  pool('mode OPTIONAL to OFF, with SMS', withSms(), sending(), '{ MfaConfiguration: "OFF" }'),
  pool('mode OFF to OPTIONAL, with SMS', off, sending(), `{ MfaConfiguration: OPTIONAL, ${totpOn} }`),
  pool('mode OPTIONAL to ON, with e-mail', withEmail, ses, '{ MfaConfiguration: "ON" }'),
  pool('mode OPTIONAL to ON, with passkeys', withPasskeys(), ready, '{ MfaConfiguration: "ON" }'),
  pool('mode OPTIONAL to OFF, with passkeys', withPasskeys(), ready, '{ MfaConfiguration: "OFF" }'),
  pool('TOTP off to on, beside SMS', { MfaConfiguration: 'OPTIONAL', ...smsOf(sns) }, sending(), `{ ${totpOn} }`),
  pool('TOTP on to off, beside SMS', withSms(), sending(), '{ SoftwareTokenMfaConfiguration: { Enabled: false } }'),
  pool('TOTP on to off, beside e-mail', withEmail, ses, '{ SoftwareTokenMfaConfiguration: { Enabled: false } }'),
  pool(
    'SMS absent to present',
    optional,
    ready,
    `{ ${sms}: { SmsAuthenticationMessage: "${text}", SmsConfiguration: { SnsCallerArn: "${role}", ExternalId: a1b2c3, SnsRegion: eu-west-1 } } }`,
  ),
  pool(
    'SMS text',
    withSms(),
    sending(),
    `{ ${sms}: { SmsAuthenticationMessage: '%{if} Anmelden mit {####}, für 5 $' } }`,
  ),
  pool('SMS role', withSms(), sending(), sender(`SnsCallerArn: "${role}-2"`)),
  {
    ...pool('SMS external id', withSms(), sending(), sender('ExternalId: other')),
    lacks: sending({ ...sns, ExternalId: 'other' }),
  },
  pool('SMS region', withSms(), sending(), sender('SnsRegion: eu-central-1')),
  pool(
    'SMS region absent to present',
    withSms({ SnsCallerArn: role, ExternalId: 'x' }),
    sending({ SnsCallerArn: role, ExternalId: 'x' }),
    sender('SnsRegion: eu-west-1'),
  ),
  {
    ...pool('EUMS external id', withSms(eums), sending(eums), eumsField('ExternalId: other')),
    lacks: sending({ EumsSms: { ...eums.EumsSms, ExternalId: 'other' } }),
  },
  pool('EUMS sender', withSms(eums), sending(eums), eumsField('OriginationIdentity: OTHER')),
  pool('EUMS configuration set', withSms(eums), sending(eums), eumsField('ConfigurationSetName: other')),
  pool('EUMS entity', withSms(eums), sending(eums), eumsField('InEntityId: other')),
  pool('EUMS template', withSms(eums), sending(eums), eumsField('InTemplateId: other')),
  pool('EUMS role', withSms(eums), sending(eums), eumsField(`CallerArn: "${role}-2"`)),
  pool('EUMS to ON', withSms(eums), sending(eums), '{ MfaConfiguration: "ON" }'),
  pool(
    'e-mail absent to present',
    optional,
    ses,
    '{ EmailMfaConfiguration: { Message: "Use {####} \\"now\\"", Subject: "Code %{for} you" } }',
  ),
  {
    ...pool(
      'e-mail, without a sender and a recovery',
      optional,
      { ...ready, AccountRecoverySetting: null },
      '{ EmailMfaConfiguration: { Message: "Use {####}", Subject: Code } }',
    ),
    lacks: ses,
  },
  pool('mode OPTIONAL to OFF, with e-mail', withEmail, ses, '{ MfaConfiguration: "OFF" }'),
  pool('e-mail text', withEmail, ses, '{ EmailMfaConfiguration: { Message: "{####} is your code" } }'),
  pool('e-mail subject', withEmail, ses, '{ EmailMfaConfiguration: { Subject: "Sign in" } }'),
  pool(
    'relying party absent to present',
    optional,
    ready,
    webAuthn('RelyingPartyId: auth.example.com, UserVerification: required'),
  ),
  pool('relying party to another', withPasskeys(), ready, webAuthn('RelyingPartyId: login.example.com')),
  pool(
    'relying party longer than the CDK takes',
    withPasskeys(),
    ready,
    webAuthn(`RelyingPartyId: ${'a'.repeat(60)}.example.com`),
  ),
  pool('verification preferred to required', withPasskeys(), ready, webAuthn('UserVerification: required')),
  pool(
    'verification required to preferred',
    withPasskeys({ UserVerification: 'required' }),
    ready,
    webAuthn('UserVerification: preferred'),
  ),
  pool(
    'passkeys to a factor',
    withPasskeys(),
    ready,
    webAuthn('FactorConfiguration: MULTI_FACTOR_WITH_USER_VERIFICATION'),
  ),
  pool(
    'passkeys to a single factor',
    withPasskeys({ FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' }),
    ready,
    webAuthn('FactorConfiguration: SINGLE_FACTOR'),
  ),
  pool(
    'mode to ON where passkeys sign in first',
    withPasskeys(),
    passwordless,
    `{ MfaConfiguration: "ON", WebAuthnConfiguration: { FactorConfiguration: MULTI_FACTOR_WITH_USER_VERIFICATION } }`,
  ),
];

/** Tags by which owners tell themselves; each pool gets one in turn. */
export const owners: readonly { readonly tool: string; readonly tags: Readonly<Record<string, string>> }[] = [
  {
    tool: 'cloudformation',
    tags: { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': 'Customers' },
  },
  { tool: 'terraform', tags: { 'managed-by': 'terraform' } },
  { tool: 'cdk', tags: { 'managed-by': 'aws-cdk' } },
  { tool: 'amplify', tags: { 'aws:cloudformation:stack-name': 'amplify-shop-main-branch-0a1b2c3d4e-auth179371D7' } },
];
