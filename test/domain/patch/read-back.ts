/** The texts of patches, read by what reads them in earnest, and turned into the request that each tool would make. */
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { parse as parseHcl } from '@cdktn/hcl2json';
import { parse } from 'yaml';
import type { JsonObject, JsonValue } from '../../../src/domain/model/json.ts';

interface TerraformPool {
  readonly mfa_configuration?: string;
  readonly sms_authentication_message?: string;
  readonly software_token_mfa_configuration?: readonly { readonly enabled: boolean }[];
  readonly sms_configuration?: readonly Readonly<Record<'sns_caller_arn' | 'external_id' | 'sns_region', string>>[];
  readonly email_mfa_configuration?: readonly Readonly<Record<'message' | 'subject', string>>[];
  readonly web_authn_configuration?: readonly Readonly<Record<'relying_party_id' | 'user_verification', string>>[];
}

/** As provider 5.100 puts `SetUserPoolMfaConfig` together (internal/service/cognitoidp/user_pool.go). */
export async function readTerraform(text: string): Promise<JsonObject> {
  const own = await terraformPool(text);
  const [totp] = own.software_token_mfa_configuration ?? [];
  const [sms] = own.sms_configuration ?? [];
  const [email] = own.email_mfa_configuration ?? [];
  const [passkeys] = own.web_authn_configuration ?? [];
  return defined({
    MfaConfiguration: own.mfa_configuration,
    SoftwareTokenMfaConfiguration: totp && { Enabled: totp.enabled },
    SmsMfaConfiguration:
      sms && own.mfa_configuration !== 'OFF'
        ? {
            SmsAuthenticationMessage: own.sms_authentication_message,
            SmsConfiguration: {
              SnsCallerArn: sms.sns_caller_arn,
              ExternalId: sms.external_id,
              SnsRegion: sms.sns_region,
            },
          }
        : undefined,
    EmailMfaConfiguration: email && { Message: email.message, Subject: email.subject },
    WebAuthnConfiguration: passkeys && {
      RelyingPartyId: passkeys.relying_party_id,
      UserVerification: passkeys.user_verification,
    },
  });
}

/** Texts are templates still in what the parser gives (Terraform language, JSON Configuration Syntax). */
async function terraformPool(text: string): Promise<TerraformPool> {
  const parsed = JSON.stringify(await parseHcl('patch.tf', text)).replace(/([$%])\1\{/g, '$1{');
  const file: { readonly resource: { readonly aws_cognito_user_pool: Record<string, readonly TerraformPool[]> } } =
    JSON.parse(parsed);
  const [pools] = Object.values(file.resource.aws_cognito_user_pool);
  return pools?.[0] ?? {};
}

interface Properties {
  readonly MfaConfiguration?: string;
  readonly EnabledMfas?: readonly string[];
  readonly SmsAuthenticationMessage?: string;
  readonly SmsConfiguration?: JsonObject;
  readonly EmailAuthenticationMessage?: string;
  readonly EmailAuthenticationSubject?: string;
  readonly WebAuthnRelyingPartyID?: string;
  readonly WebAuthnUserVerification?: string;
  readonly WebAuthnFactorConfiguration?: string;
}
type Resources = Readonly<Record<string, { readonly Properties?: Properties }>>;

export function readCloudFormation(text: string): JsonObject {
  const { Resources: resources }: { readonly Resources: Resources } = parse(text);
  return onlyPool(resources);
}

/** As the documentation of AWS::Cognito::UserPool gives its properties their meaning. */
function onlyPool(resources: Resources): JsonObject {
  const own = Object.values(resources)[0]?.Properties ?? {};
  const has = (factor: string): boolean => own.EnabledMfas?.includes(factor) ?? false;
  return defined({
    MfaConfiguration: own.MfaConfiguration,
    SoftwareTokenMfaConfiguration: has('SOFTWARE_TOKEN_MFA') ? { Enabled: true } : undefined,
    SmsMfaConfiguration: has('SMS_MFA')
      ? { SmsAuthenticationMessage: own.SmsAuthenticationMessage, SmsConfiguration: own.SmsConfiguration }
      : undefined,
    EmailMfaConfiguration: has('EMAIL_OTP')
      ? { Message: own.EmailAuthenticationMessage, Subject: own.EmailAuthenticationSubject }
      : undefined,
    WebAuthnConfiguration: {
      RelyingPartyId: own.WebAuthnRelyingPartyID,
      UserVerification: own.WebAuthnUserVerification,
      FactorConfiguration: own.WebAuthnFactorConfiguration,
    },
  });
}

/** The text between the command and the end of its here-document, which a shell hands on as it is. */
export function readCli(text: string): JsonObject {
  const { UserPoolId: _, ...input }: JsonObject = JSON.parse(text.split("<<'JSON'\n")[1]?.split('\nJSON')[0] ?? '');
  return input;
}

/** Synthesises a stack in which the text stands. @param folder one with `aws-cdk-lib` */
export function readCdk(text: string, tool: 'cdk' | 'amplify', folder: string): JsonObject {
  const load = createRequire(`${folder}/`);
  const { App, Stack } = load('aws-cdk-lib');
  const { Template } = load('aws-cdk-lib/assertions');
  const { Role } = load('aws-cdk-lib/aws-iam');
  const cognito = load('aws-cdk-lib/aws-cognito');
  const stack = new Stack(new App(), 'Pools');
  const { CfnUserPool, Mfa, PasskeyUserVerification } = cognito;
  const cfnResources = tool === 'amplify' ? { cfnUserPool: new CfnUserPool(stack, 'UserPool') } : {};
  const names = {
    UserPool: readyPool(cognito),
    Role,
    Mfa,
    PasskeyUserVerification,
    backend: { auth: { resources: { cfnResources } } },
  };
  const script = compileFunction(text.replace(' as CfnUserPool', ''), Object.keys(names));
  Reflect.apply(script, stack, Object.values(names));
  return onlyPool(Template.fromStack(stack).findResources('AWS::Cognito::UserPool'));
}

/** With what the CDK asks for where e-mail is a factor. */
function readyPool({ UserPool, UserPoolEmail, FeaturePlan }: ReturnType<NodeJS.Require>) {
  return class extends UserPool {
    constructor(scope: unknown, id: string, props: object) {
      const email = UserPoolEmail.withSES({ fromEmail: 'a@example.com', sesRegion: 'eu-west-1' });
      super(scope, id, { email, featurePlan: FeaturePlan.ESSENTIALS, ...props });
    }
  };
}

/** Without what is not there, and without a passkey block that is empty. */
function defined(value: object): JsonObject {
  const members = Object.entries(value).flatMap(([name, member]): [string, JsonValue][] => {
    if (member === undefined) return [];
    if (typeof member !== 'object') return [[name, member]];
    const inner = defined(member);
    return name === 'WebAuthnConfiguration' && Object.keys(inner).length === 0 ? [] : [[name, inner]];
  });
  return Object.fromEntries(members);
}
