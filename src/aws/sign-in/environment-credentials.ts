import type { AwsCredentialIdentity } from '@smithy/types';
import { readExpiration } from './expiration.ts';
import { signInFailure } from './failure.ts';

/** The keys of the environment; `null` where there are none. Throws FailureError where they are there by half. */
export function environmentCredentials(): AwsCredentialIdentity | null {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (!accessKeyId && !secretAccessKey) return null;
  if (!accessKeyId || !secretAccessKey) {
    const [set, other] = accessKeyId
      ? ['AWS_ACCESS_KEY_ID', 'SECRET_ACCESS_KEY']
      : ['AWS_SECRET_ACCESS_KEY', 'ACCESS_KEY_ID'];
    throw signInFailure(set, `it is set, and AWS_${other} is not`, `Export both, or unset ${set}.`);
  }
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) requireWhole(name);
  const { AWS_SESSION_TOKEN: sessionToken, AWS_CREDENTIAL_EXPIRATION: expiration } = process.env;
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(expiration ? { expiration: readExpiration(expiration, 'AWS_CREDENTIAL_EXPIRATION') } : {}),
  };
}

/** A line end that came along from a file, such as a carriage return, can't be seen and is in no key. */
function requireWhole(name: string): void {
  if (!/\s/.test(process.env[name] ?? '')) return;
  throw signInFailure(name, 'there is a blank or a line end in it', 'Export it anew, without.');
}
