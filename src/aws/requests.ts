/** Requests by one identity: sent, classified, and what they tell about credentials and clock remembered. */
import type { Attempt } from '../audit/pacing/attempt.ts';
import type { ClockOffset } from './clients.ts';
import { attempt, type Action } from './failures.ts';
import type { Identity } from './identity.ts';

interface AnyClient {
  readonly config: { readonly systemClockOffset: number };
}

/**
 * Sends one request and makes of its answer what `read` returns; whatever `read` throws is a malformed answer.
 *
 * @param label who must be allowed what a denial names; default the identity itself
 */
export type Request = <Answer extends object, T>(
  action: Action,
  send: () => Promise<Answer>,
  read: (answer: Answer) => T,
  label?: string,
) => Promise<Attempt<T>>;

/** `client` signs as `identity`. */
export function requestsAs(identity: Identity, client: AnyClient, clockOffset: ClockOffset): Request {
  return async (action, send, read, label = identity.label) => {
    const generation = identity.generation();
    const outcome = await attempt(action, send, read, label);
    if (outcome.ok) return outcome;
    if (outcome.failure.retry === 'credentials-expired') identity.expire(generation);
    if (outcome.failure.code === 'credentials') clockOffset.ms = client.config.systemClockOffset;
    return outcome;
  };
}
