import type { Failure } from '../domain/model/observation.ts';

/**
 * What may be done about a failed request: wait because the quota is used up, ask again because it was an accident,
 * ask again with fresh credentials, or nothing.
 */
export type Remediable = 'throttle' | 'transient' | 'credentials-expired' | 'no';

/** One request that failed, classified. */
export interface CallFailure extends Failure {
  /** AWS's own name of the error, or Node's; for the few callers to whom one name means more than its class. */
  readonly name: string;
  readonly retry: Remediable;
  /** HTTP status of an answer in the service's own form that names the error; without: who names it is not the service. */
  readonly serviceStatus?: number;
  /** AWS's id of the request; `null` when no answer came. */
  readonly requestId: string | null;
  /** HTTP status of the answer; not there when none came. */
  readonly status?: number;
}

/** One request's outcome: errors that a request may bring are values, so that whatever is thrown is a bug. */
export type Attempt<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: CallFailure };

export function succeeded<T>(value: T): Attempt<T> {
  return { ok: true, value };
}

export function failed(failure: CallFailure): Attempt<never> {
  return { ok: false, failure };
}

/** What is asked for does not exist, by the service's own word. Anybody else's 404 tells nothing. */
export function isGone(attempt: Attempt<unknown>): boolean {
  return !attempt.ok && attempt.failure.name === 'ResourceNotFoundException' && isOwnFault(attempt.failure);
}

/** JSON services answer every fault of the caller's with HTTP 400 (AWS JSON 1.1 protocol). */
export function isOwnFault({ serviceStatus }: CallFailure): boolean {
  return serviceStatus === 400;
}

/** The service knows who asks, and denies it; a proxy's 403 does not tell that. */
export function isOwnDenial({ code, serviceStatus }: CallFailure): boolean {
  return code === 'AccessDenied' && serviceStatus !== undefined;
}
