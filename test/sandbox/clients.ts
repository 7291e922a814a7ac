import { AccountClient } from '@aws-sdk/client-account';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import type { FleetDocument } from '../../src/sandbox/fleet/schema.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A sandbox for one test, closed when the test ends. */
export async function started(document: FleetDocument, options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ fleet: fleetFrom(document), recordCalls: true, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The keys that the sandbox prints. */
export function callerKeys({ environment }: Sandbox): Keys {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  };
}

/** An administrator of the account. */
export function keysOf(sandbox: Sandbox, accountId: string): Keys {
  const { accessKeyId, secretAccessKey } = sandbox.credentialsOf(accountId);
  return { accessKeyId, secretAccessKey };
}

/** The SDK's own clients, one try a call. */
export function clients(
  sandbox: Sandbox,
  credentials = callerKeys(sandbox),
  region = 'eu-west-1',
  systemClockOffset = 0,
) {
  const config = { endpoint: sandbox.url, region, credentials, maxAttempts: 1, systemClockOffset };
  return {
    cognito: new CognitoIdentityProviderClient(config),
    organizations: new OrganizationsClient(config),
    account: new AccountClient(config),
    sts: new STSClient(config),
  };
}

export const auditRole = (accountId: string) => `arn:aws:iam::${accountId}:role/MfaDriftAudit`;

export async function assume(
  sandbox: Sandbox,
  accountId: string,
  input: Partial<AssumeRoleCommandInput> = {},
): Promise<Keys> {
  const command = { RoleArn: auditRole(accountId), RoleSessionName: 'test', ExternalId: 'mfa-drift', ...input };
  const { Credentials } = await clients(sandbox).sts.send(new AssumeRoleCommand(command));
  if (Credentials?.AccessKeyId === undefined || Credentials.SecretAccessKey === undefined)
    throw new Error('no credentials');
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    ...(Credentials.SessionToken === undefined ? {} : { sessionToken: Credentials.SessionToken }),
  };
}

/** What the SDK's error says: name, text and HTTP status. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ name: string; message: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }) : {};
    return { name: error.name, message: error.message, status: metadata.httpStatusCode };
  }
  throw new Error('The call was not refused.');
}
