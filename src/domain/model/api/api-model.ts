/**
 * The members of `GetUserPoolMfaConfig`'s answer and of `DescribeUserPool`'s `UserPool`, as API version 2016-04-18 of
 * Amazon Cognito user pools describes them (AWS SDK 3.1169.0). A type-level test holds this table equal to the SDK's.
 */
import { isJsonObject, type JsonObject } from '../json.ts';

/** Dates arrive as seconds since 1970, so they are numbers. */
export type Shape =
  | 'string'
  | 'boolean'
  | 'number'
  | { readonly values: readonly string[] }
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly members: Members };

export type Members = { readonly [name: string]: Shape };

const mfaMode = { values: ['OFF', 'OPTIONAL', 'ON'] } as const;
const attribute = { values: ['phone_number', 'email'] } as const;
const status = { values: ['Enabled', 'Disabled'] } as const;
const grants = { list: { values: ['code', 'implicit', 'client_credentials'] } } as const;
const sender = { members: { LambdaVersion: { values: ['V1_0'] }, LambdaArn: 'string' } } as const;

const smsConfiguration = {
  members: {
    SnsCallerArn: 'string',
    ExternalId: 'string',
    SnsRegion: 'string',
    EumsSms: {
      members: {
        CallerArn: 'string',
        ExternalId: 'string',
        OriginationIdentity: 'string',
        ConfigurationSetName: 'string',
        InEntityId: 'string',
        InTemplateId: 'string',
        Region: 'string',
      },
    },
  },
} as const;

/** What `GetUserPoolMfaConfig` answers. */
export const mfaConfigMembers = {
  MfaConfiguration: mfaMode,
  SoftwareTokenMfaConfiguration: { members: { Enabled: 'boolean' } },
  SmsMfaConfiguration: { members: { SmsAuthenticationMessage: 'string', SmsConfiguration: smsConfiguration } },
  EmailMfaConfiguration: { members: { Message: 'string', Subject: 'string' } },
  WebAuthnConfiguration: {
    members: {
      RelyingPartyId: 'string',
      UserVerification: { values: ['required', 'preferred'] },
      FactorConfiguration: { values: ['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'] },
    },
  },
} as const satisfies Members;

/** Paths of the single values below a block of members, such as `SmsConfiguration.EumsSms.CallerArn`. */
type ValuePath<Block extends Members> = {
  [Name in keyof Block & string]: Block[Name] extends { readonly members: infer Inner extends Members }
    ? `${Name}.${ValuePath<Inner>}`
    : Name;
}[keyof Block & string];

/** Every value of blocks of `GetUserPoolMfaConfig`'s answer, by its path in the answer. */
export type ConfigValuePath<Block extends Exclude<keyof typeof mfaConfigMembers, 'MfaConfiguration'>> =
  Block extends Block ? `${Block}.${ValuePath<(typeof mfaConfigMembers)[Block]['members']>}` : never;

/** What `DescribeUserPool` answers as `UserPool`. */
export const userPoolMembers = {
  Id: 'string',
  Name: 'string',
  Arn: 'string',
  Policies: {
    members: {
      PasswordPolicy: {
        members: {
          MinimumLength: 'number',
          RequireUppercase: 'boolean',
          RequireLowercase: 'boolean',
          RequireNumbers: 'boolean',
          RequireSymbols: 'boolean',
          PasswordHistorySize: 'number',
          TemporaryPasswordValidityDays: 'number',
        },
      },
      SignInPolicy: {
        members: {
          AllowedFirstAuthFactors: {
            list: { values: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN', 'SOFTWARE_TOKEN'] },
          },
        },
      },
    },
  },
  DeletionProtection: { values: ['ACTIVE', 'INACTIVE'] },
  LambdaConfig: {
    members: {
      PreSignUp: 'string',
      CustomMessage: 'string',
      PostConfirmation: 'string',
      PreAuthentication: 'string',
      PostAuthentication: 'string',
      DefineAuthChallenge: 'string',
      CreateAuthChallenge: 'string',
      VerifyAuthChallengeResponse: 'string',
      PreTokenGeneration: 'string',
      UserMigration: 'string',
      PreTokenGenerationConfig: {
        members: { LambdaVersion: { values: ['V1_0', 'V2_0', 'V3_0'] }, LambdaArn: 'string' },
      },
      CustomSMSSender: sender,
      CustomEmailSender: sender,
      KMSKeyID: 'string',
      InboundFederation: sender,
    },
  },
  Status: status,
  LastModifiedDate: 'number',
  CreationDate: 'number',
  SchemaAttributes: {
    list: {
      members: {
        Name: 'string',
        AttributeDataType: { values: ['String', 'Number', 'DateTime', 'Boolean'] },
        DeveloperOnlyAttribute: 'boolean',
        Mutable: 'boolean',
        Required: 'boolean',
        NumberAttributeConstraints: { members: { MinValue: 'string', MaxValue: 'string' } },
        StringAttributeConstraints: { members: { MinLength: 'string', MaxLength: 'string' } },
      },
    },
  },
  AutoVerifiedAttributes: { list: attribute },
  AliasAttributes: { list: { values: ['phone_number', 'email', 'preferred_username'] } },
  UsernameAttributes: { list: attribute },
  SmsVerificationMessage: 'string',
  EmailVerificationMessage: 'string',
  EmailVerificationSubject: 'string',
  VerificationMessageTemplate: {
    members: {
      SmsMessage: 'string',
      EmailMessage: 'string',
      EmailSubject: 'string',
      EmailMessageByLink: 'string',
      EmailSubjectByLink: 'string',
      DefaultEmailOption: { values: ['CONFIRM_WITH_LINK', 'CONFIRM_WITH_CODE'] },
    },
  },
  SmsAuthenticationMessage: 'string',
  UserAttributeUpdateSettings: { members: { AttributesRequireVerificationBeforeUpdate: { list: attribute } } },
  MfaConfiguration: mfaMode,
  DeviceConfiguration: {
    members: { ChallengeRequiredOnNewDevice: 'boolean', DeviceOnlyRememberedOnUserPrompt: 'boolean' },
  },
  EstimatedNumberOfUsers: 'number',
  EmailConfiguration: {
    members: {
      SourceArn: 'string',
      ReplyToEmailAddress: 'string',
      EmailSendingAccount: { values: ['COGNITO_DEFAULT', 'DEVELOPER'] },
      From: 'string',
      ConfigurationSet: 'string',
    },
  },
  SmsConfiguration: smsConfiguration,
  UserPoolTags: { map: 'string' },
  SmsConfigurationFailure: 'string',
  EmailConfigurationFailure: 'string',
  Domain: 'string',
  CustomDomain: 'string',
  AdminCreateUserConfig: {
    members: {
      AllowAdminCreateUserOnly: 'boolean',
      UnusedAccountValidityDays: 'number',
      InviteMessageTemplate: { members: { SMSMessage: 'string', EmailMessage: 'string', EmailSubject: 'string' } },
    },
  },
  UserPoolAddOns: {
    members: {
      AdvancedSecurityMode: { values: ['OFF', 'AUDIT', 'ENFORCED'] },
      AdvancedSecurityAdditionalFlows: { members: { CustomAuthMode: { values: ['AUDIT', 'ENFORCED'] } } },
    },
  },
  DcrConfiguration: {
    members: {
      EnableStatus: status,
      OpenDcrEnabled: 'boolean',
      AuthenticatedGrantTypes: grants,
      OpenDcrGrantTypes: grants,
      AllowedScopes: { list: 'string' },
    },
  },
  UsernameConfiguration: { members: { CaseSensitive: 'boolean' } },
  AccountRecoverySetting: {
    members: {
      RecoveryMechanisms: {
        list: {
          members: { Priority: 'number', Name: { values: ['verified_email', 'verified_phone_number', 'admin_only'] } },
        },
      },
    },
  },
  UserPoolTier: { values: ['LITE', 'ESSENTIALS', 'PLUS'] },
  KeyConfiguration: {
    members: { KeyType: { values: ['AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KEY'] }, KmsKeyArn: 'string' },
  },
  IssuerConfiguration: { members: { Type: { values: ['ORIGINAL', 'UPDATED'] } } },
  AcrConfiguration: { map: { members: { AcrValue: 'string' } } },
} as const satisfies Members;

/** Members of an answer of `GetUserPoolMfaConfig` that the table above does not know, as paths, sorted. */
export function unknownFields(config: JsonObject): readonly string[] {
  const found: string[] = [];
  addUnknown(config, mfaConfigMembers, '', found);
  return found.sort();
}

/** Of hardly any answer: no path is made for a member that is known. */
function addUnknown(value: JsonObject, members: Members, prefix: string, found: string[]): void {
  for (const name of Object.keys(value)) {
    const shape = Object.hasOwn(members, name) ? members[name] : undefined;
    const member = value[name] ?? null;
    if (shape === undefined) found.push(prefix + name);
    else if (typeof shape === 'object' && 'members' in shape && isJsonObject(member))
      addUnknown(member, shape.members, `${prefix}${name}.`, found);
  }
}
