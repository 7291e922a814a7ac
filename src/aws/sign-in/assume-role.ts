/** The roles that a profile or the environment names, assumed by our own client for STS. */
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Attempt } from '../../pacing/call-result.ts';
import { heldIdentity } from '../session/identity.ts';
import { requestsAs } from '../requests/requests.ts';
import { roleCredentials } from '../session/roles.ts';
import { refusedSignIn } from './failure.ts';
import type { Requests } from './requests.ts';

export interface NamedRole {
  readonly arn: string;
  readonly sessionName: string | undefined;
  readonly externalId: string | undefined;
  readonly durationSeconds: number | undefined;
  /** What the device shows that its trust policy asks for. */
  readonly mfa?: { readonly serial: string; readonly code: string };
}

/** Throws FailureError, which begins with `where`. */
export async function assumeNamedRole(
  { clients, send }: Requests,
  source: AwsCredentialIdentity,
  role: NamedRole,
  where: string,
): Promise<AwsCredentialIdentity> {
  const identity = heldIdentity(source);
  const client = clients.sts(identity);
  const command = new AssumeRoleCommand({
    ...parametersOf(role),
    ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
    ...(role.mfa === undefined ? {} : { SerialNumber: role.mfa.serial, TokenCode: role.mfa.code }),
  });
  const request = requestsAs(identity, client, clients);
  return valueOf(
    await send(() =>
      request(
        'sts:AssumeRole',
        () => client.send(command),
        (answer) => roleCredentials(answer, role.arn),
      ),
    ),
    where,
    `Check role_arn (${role.arn}), and that its trust policy names who assumes it.`,
  );
}

/** `token`: what the identity provider signed. Throws FailureError, which begins with `where`. */
export async function assumeRoleByWebIdentity(
  { clients, send }: Requests,
  token: string,
  role: NamedRole,
  where: string,
): Promise<AwsCredentialIdentity> {
  const client = clients.sts(nobody);
  const command = new AssumeRoleWithWebIdentityCommand({ ...parametersOf(role), WebIdentityToken: token });
  const request = requestsAs(nobody, client, clients);
  return valueOf(
    await send(() =>
      request(
        'sts:AssumeRoleWithWebIdentity',
        () => client.send(command),
        (answer) => roleCredentials(answer, role.arn),
      ),
    ),
    where,
    `Check the role (${role.arn}), its trust policy, and that the token is current.`,
  );
}

function parametersOf({ arn, sessionName = 'mfa-drift', durationSeconds }: NamedRole) {
  return {
    RoleArn: arn,
    RoleSessionName: sessionName,
    ...(durationSeconds === undefined ? {} : { DurationSeconds: durationSeconds }),
  };
}

function valueOf<T>(outcome: Attempt<T>, where: string, remedy: string): T {
  if (outcome.ok) return outcome.value;
  throw refusedSignIn(where, outcome.failure, remedy);
}

/** For requests that carry a token and no signature. */
const nobody = heldIdentity({ accessKeyId: '', secretAccessKey: '' });
