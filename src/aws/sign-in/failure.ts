/** What keeps the program from signing in, as one sentence that says whose credentials and where they were looked for. */
import type { CallFailure } from '../../pacing/call-result.ts';
import { FailureError } from '../failures/failures.ts';

/**
 * @param where such as `profile "audit" (~/.aws/config)` or the name of a variable
 * @param reason what was found there, without a full stop
 */
export function signInFailure(where: string, reason: string, remedy: string): FailureError {
  return new FailureError({
    name: 'CredentialsProviderError',
    code: 'credentials',
    retry: 'no',
    message: `${where}: ${reason}`,
    remedy,
    requestId: null,
  });
}

/** What happened, and the way out. */
export function failureSentence({ message, remedy }: CallFailure): string {
  return `${message}. ${remedy}`;
}

/** Failures that say nothing about the credentials: they keep their remedy, and are tried again as any other request. */
const accidents = new Set<CallFailure['code']>(['network', 'server-error', 'throttled', 'malformed']);

/** A request on the way to credentials that failed; `remedy` is for the case that it was refused. */
export function refusedSignIn(where: string, failure: CallFailure, remedy: string): FailureError {
  const isAccident = accidents.has(failure.code) && failure.retry !== 'no';
  return new FailureError({
    ...failure,
    message: `${where}: ${failure.message}`,
    remedy: isAccident || failure.code === 'network' ? failure.remedy : remedy,
  });
}
