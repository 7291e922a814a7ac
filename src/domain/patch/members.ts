/** Every member of `SetUserPoolMfaConfig` by the name that each tool has for it. */
import type { ConfigValuePath, mfaConfigMembers } from '../model/api/api-model.ts';
import type { factorBlocks } from '../model/mfa/mfa-state.ts';

/** Tools that a change can be written for, in their own words. */
export const patchTools = ['terraform', 'cloudformation', 'cdk', 'amplify', 'cli'] as const;
export type PatchTool = (typeof patchTools)[number];

/** Those that have a text of their own, which a change by API contradicts. */
export const managedTools = ['terraform', 'cloudformation', 'cdk', 'amplify'] as const;
export type ManagedTool = (typeof managedTools)[number];

export type MemberPath =
  'MfaConfiguration' | ConfigValuePath<Exclude<keyof typeof mfaConfigMembers, 'MfaConfiguration'>>;

export interface MemberNames {
  /** Argument of `aws_cognito_user_pool` (provider 5.100), a block before its dot; `null`: it has none. */
  readonly terraform: string | null;
  /** Property of `AWS::Cognito::UserPool`; `null`: `EnabledMfas` says it. */
  readonly cloudFormation: string | null;
  /** Prop of the CDK's `UserPool` (2.276); `null`: only `CfnUserPool` has it, by CloudFormation's name. */
  readonly cdk: string | null;
}

export const memberNames = {
  MfaConfiguration: { terraform: 'mfa_configuration', cloudFormation: 'MfaConfiguration', cdk: 'mfa' },
  'SoftwareTokenMfaConfiguration.Enabled': {
    terraform: 'software_token_mfa_configuration.enabled',
    cloudFormation: null,
    cdk: 'mfaSecondFactor.otp',
  },
  'SmsMfaConfiguration.SmsAuthenticationMessage': {
    terraform: 'sms_authentication_message',
    cloudFormation: 'SmsAuthenticationMessage',
    cdk: 'mfaMessage',
  },
  'SmsMfaConfiguration.SmsConfiguration.SnsCallerArn': {
    terraform: 'sms_configuration.sns_caller_arn',
    cloudFormation: 'SmsConfiguration.SnsCallerArn',
    cdk: 'smsRole',
  },
  'SmsMfaConfiguration.SmsConfiguration.ExternalId': {
    terraform: 'sms_configuration.external_id',
    cloudFormation: 'SmsConfiguration.ExternalId',
    cdk: 'smsRoleExternalId',
  },
  'SmsMfaConfiguration.SmsConfiguration.SnsRegion': {
    terraform: 'sms_configuration.sns_region',
    cloudFormation: 'SmsConfiguration.SnsRegion',
    cdk: 'snsRegion',
  },
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.CallerArn': eums('CallerArn'),
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.ExternalId': eums('ExternalId'),
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.OriginationIdentity': eums('OriginationIdentity'),
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.ConfigurationSetName': eums('ConfigurationSetName'),
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.InEntityId': eums('InEntityId'),
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.InTemplateId': eums('InTemplateId'),
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.Region': eums('Region'),
  'EmailMfaConfiguration.Message': {
    terraform: 'email_mfa_configuration.message',
    cloudFormation: 'EmailAuthenticationMessage',
    cdk: null,
  },
  'EmailMfaConfiguration.Subject': {
    terraform: 'email_mfa_configuration.subject',
    cloudFormation: 'EmailAuthenticationSubject',
    cdk: null,
  },
  'WebAuthnConfiguration.RelyingPartyId': {
    terraform: 'web_authn_configuration.relying_party_id',
    cloudFormation: 'WebAuthnRelyingPartyID',
    cdk: 'passkeyRelyingPartyId',
  },
  'WebAuthnConfiguration.UserVerification': {
    terraform: 'web_authn_configuration.user_verification',
    cloudFormation: 'WebAuthnUserVerification',
    cdk: 'passkeyUserVerification',
  },
  'WebAuthnConfiguration.FactorConfiguration': {
    terraform: null,
    cloudFormation: 'WebAuthnFactorConfiguration',
    cdk: null,
  },
} as const satisfies Readonly<Record<MemberPath, MemberNames>>;

/** End User Messaging: neither the provider nor the CDK's `UserPool` knows it. */
function eums<Name extends string>(name: Name) {
  return { terraform: null, cloudFormation: `SmsConfiguration.EumsSms.${name}`, cdk: null } as const;
}

/** What turns a factor on where it is not a member of its own: a word of `EnabledMfas`, a key of `mfaSecondFactor`. */
export const factorNames = {
  SmsMfaConfiguration: { enabledMfas: 'SMS_MFA', cdk: 'sms' },
  SoftwareTokenMfaConfiguration: { enabledMfas: 'SOFTWARE_TOKEN_MFA', cdk: 'otp' },
  EmailMfaConfiguration: { enabledMfas: 'EMAIL_OTP', cdk: 'email' },
} as const satisfies Readonly<
  Record<(typeof factorBlocks)[number], { readonly enabledMfas: string; readonly cdk: string }>
>;

export const memberPaths = Object.keys(memberNames) as readonly MemberPath[];
