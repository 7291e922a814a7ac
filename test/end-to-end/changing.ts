/** Changes of pools as other programs make them: by their user agents, at any time. */
import {
  CreateUserPoolCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { HttpRequest } from '@smithy/core/protocols';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { clients, keysOf, type Keys } from '../sandbox/clients.ts';

/** As published: the CloudTrail user guide's examples, events of the AWS provider, and what this program's client sends. */
export const userAgents = {
  terraform:
    'APN/1.0 HashiCorp/1.0 Terraform/1.7.0 (+https://www.terraform.io) terraform-provider-aws/5.32.1 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.24.1 os/linux lang/go#1.20.12 md/GOOS#linux md/GOARCH#amd64 api/cognitoidentityprovider#1.31.5',
  cloudformation: 'cloudformation.amazonaws.com',
  console:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  cli: 'aws-cli/2.13.5 Python/3.11.4 Linux/4.14.255-314-253.539.amzn2.x86_64 exec-env/CloudShell exe/x86_64.amzn.2 prompt/off command/cognito-idp.set-user-pool-mfa-config',
  sdk: 'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux#6.6 lang/python#3.11.8',
  unknown: 'my-own-client/1.0',
} as const;

/** A client that says it is another program; `offsetMs`: of its clock, for a sandbox whose time is another. */
export function clientAs(
  sandbox: Sandbox,
  accountId: string,
  userAgent: string,
  { keys = keysOf(sandbox, accountId), offsetMs = 0 }: { readonly keys?: Keys; readonly offsetMs?: number } = {},
): CognitoIdentityProviderClient {
  const { cognito } = clients(sandbox, keys, 'eu-west-1', offsetMs);
  cognito.middlewareStack.add(
    (next) => (args) => {
      if (HttpRequest.isInstance(args.request)) args.request.headers['user-agent'] = userAgent;
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'anotherAgent' },
  );
  return cognito;
}

export const totpOptional = (UserPoolId: string) =>
  new SetUserPoolMfaConfigCommand({
    UserPoolId,
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });

/** What a script sends whose variable is null. */
export const idAlone = (UserPoolId: string) => new SetUserPoolMfaConfigCommand({ UserPoolId });

export const turnedOff = (UserPoolId: string) =>
  new SetUserPoolMfaConfigCommand({ UserPoolId, MfaConfiguration: 'OFF' });

export const created = (PoolName: string) => new CreateUserPoolCommand({ PoolName });

/** Names nothing of MFA. */
export const protectedFromDeletion = (UserPoolId: string) =>
  new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'ACTIVE' });

export const totpOn = (UserPoolId: string) =>
  new SetUserPoolMfaConfigCommand({
    UserPoolId,
    MfaConfiguration: 'ON',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });

/** Refused: a factor, and no mode. */
export const totpOnly = (UserPoolId: string) =>
  new SetUserPoolMfaConfigCommand({ UserPoolId, SoftwareTokenMfaConfiguration: { Enabled: true } });
