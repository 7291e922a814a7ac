/** A role that is assumed with the token of an identity provider: GitHub, GitLab, Kubernetes (IRSA), any OpenID Connect. */
import type { AwsCredentialIdentity } from '@smithy/types';
import { readRegularFile } from '../../regular-file.ts';
import { assumeRoleByWebIdentity, type NamedRole } from './assume-role.ts';
import { signInFailure } from './failure.ts';
import type { Requests } from './requests.ts';

/** Of any token that is read from a file; AWS takes 20,000 characters (STS API reference, "AssumeRoleWithWebIdentity"). */
export const longestTokenBytes = 1_000_000;

/** The token is read anew each time, since who put it there renews it. */
export async function webIdentityCredentials(
  requests: Requests,
  tokenFile: string,
  role: NamedRole,
  where: string,
): Promise<AwsCredentialIdentity> {
  return assumeRoleByWebIdentity(requests, token(tokenFile, where), role, where);
}

/** What AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN name; `null` where they name nothing. */
export async function environmentWebIdentity(requests: Requests): Promise<AwsCredentialIdentity | null> {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: arn, AWS_ROLE_SESSION_NAME: sessionName } = process.env;
  if (!file) return null;
  const where = 'AWS_WEB_IDENTITY_TOKEN_FILE';
  if (!arn) throw signInFailure(where, 'it is set, and AWS_ROLE_ARN is not', `Export both, or unset ${where}.`);
  const role = { arn, sessionName: sessionName || undefined, externalId: undefined, durationSeconds: undefined };
  return webIdentityCredentials(requests, file, role, where);
}

function token(file: string, where: string): string {
  const read = readRegularFile(file, longestTokenBytes);
  if ('bytes' in read) return read.bytes.toString().trim();
  throw signInFailure(where, `the token ${file} ${read.reason}`, 'Check the path and who may read it.');
}
