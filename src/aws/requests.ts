/** One request by one identity: sent, classified, and what it tells about credentials and clock remembered. */
import type { Attempt } from '../audit/pacing/attempt.ts';
import type { ClockOffset } from './clients.ts';
import { attempt, type Action } from './failures.ts';
import type { Identity } from './identity.ts';

interface AnyClient {
  readonly config: { readonly systemClockOffset: number };
}

/**
 * `request` sends with `client`, which signs as `identity`.
 *
 * @param label who must be allowed what a denial names; default the identity itself
 */
export async function requestAs<T>(
  identity: Identity,
  client: AnyClient,
  clockOffset: ClockOffset,
  action: Action,
  request: () => Promise<T>,
  label = identity.label,
): Promise<Attempt<T>> {
  const generation = identity.generation();
  const outcome = await attempt(action, request, label);
  if (outcome.ok) return outcome;
  if (outcome.failure.retry === 'credentials-expired') identity.expire(generation);
  if (outcome.failure.code === 'credentials') clockOffset.ms = client.config.systemClockOffset;
  return outcome;
}
