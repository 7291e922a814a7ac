/** `credential_process` of a profile: a program that prints credentials (AWS SDKs and Tools reference guide). */
import { exec } from 'node:child_process';
import type { AwsCredentialIdentity } from '@smithy/types';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { readExpiration } from './expiration.ts';
import { signInFailure } from './failure.ts';

const remedy =
  'Run the command by hand, and see that it prints what AWS asks for: Version 1, AccessKeyId, SecretAccessKey.';

/** Throws FailureError for a program that fails or prints something else; when `signal` aborts, it is ended, with its reason. */
export async function processCredentials(
  command: string,
  where: string,
  signal: AbortSignal,
): Promise<AwsCredentialIdentity> {
  const printed = parsed(await output(command, where, signal));
  if (printed === null) throw signInFailure(where, 'credential_process prints no JSON object', remedy);
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration, AccountId } = printed;
  if (printed['Version'] !== 1)
    throw signInFailure(
      where,
      `credential_process prints Version ${JSON.stringify(printed['Version'] ?? null)}`,
      remedy,
    );
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string')
    throw signInFailure(where, 'credential_process prints no AccessKeyId and SecretAccessKey', remedy);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof SessionToken === 'string' && SessionToken !== '' ? { sessionToken: SessionToken } : {}),
    ...(isGiven(Expiration) ? { expiration: unexpired(Expiration, `${where}, credential_process`) } : {}),
    ...(typeof AccountId === 'string' ? { accountId: AccountId } : {}),
  };
}

/** The command may hold a secret, so that only what it says of its failure is shown. */
function output(command: string, where: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = exec(command, { signal }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if (signal.aborted) return reject(signal.reason);
      const said = stderr.trim().split('\n').at(-1) ?? '';
      const how = error.code === undefined ? 'was ended' : `ends with ${error.code}`;
      reject(signInFailure(where, `credential_process ${how}${said === '' ? '' : `: ${said}`}`, remedy));
    });
    // It has nobody to ask; one that waits for an answer should see the end of its input.
    child.stdin?.on('error', () => {});
    child.stdin?.end();
  });
}

function parsed(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

function unexpired(value: JsonValue | undefined, where: string): Date {
  const expiration = readExpiration(value, where);
  if (expiration.getTime() > Date.now()) return expiration;
  throw signInFailure(
    where,
    `the credentials ended at ${expiration.toISOString()}`,
    'Sign in again, or check the clock.',
  );
}
