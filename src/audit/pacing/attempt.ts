import type { Failure } from '../../domain/observation.ts';

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
  /** AWS's id of the request; `null` when no answer came. */
  readonly requestId: string | null;
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
