import type { AwsCredentialIdentity } from '@smithy/types';

/** Visible ASCII: what both can be, and a header can hold. */
const sendable = /^[!-~]+$/;

/** Why no request could be made with the credentials, in words; `null`: nothing is seen that forbids it. */
export function flawOf({ accessKeyId, sessionToken, expiration }: AwsCredentialIdentity): string | null {
  if (!sendable.test(accessKeyId)) return 'there is a character in their access key id that is in none';
  // An empty one, as some containers give, is none.
  if (sessionToken !== undefined && sessionToken !== '' && !sendable.test(sessionToken))
    return 'there is a character in their session token that is in none';
  // It would never come.
  if (Number.isNaN(expiration?.getTime())) return 'their expiration is no date that can be read';
  return null;
}
