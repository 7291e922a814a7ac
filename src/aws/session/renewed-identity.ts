import type { AwsCredentialIdentity } from '@smithy/types';
import { succeeded, type Attempt, type CallFailure } from '../../pacing/call-result.ts';
import { FailureError } from '../failures/failures.ts';
import type { Identity } from './identity.ts';

/** Fresh credentials are fetched when less than this is left, as the SDK does. */
const renewBeforeMs = 5 * 60_000;
/** Credentials that can't be had now are not asked for again at once, by however many requests wait for it. */
const retryAfterMs = 60_000;

/**
 * An identity whose credentials are fetched once, however many ask at the same time, and again before they expire or when
 * the service says that they have. `nowMs` is the services' time of day, since they set the expiry.
 */
export function renewedIdentity(
  { label, accountId }: Pick<Identity, 'label' | 'accountId'>,
  fetch: () => Promise<Attempt<AwsCredentialIdentity>>,
  nowMs: () => number,
): Identity {
  let held: AwsCredentialIdentity | null = null;
  let generation = 0;
  let renewAtMs = Number.NEGATIVE_INFINITY;
  let refusal: Attempt<void> | null = null;
  let underway: Promise<Attempt<void>> | null = null;

  async function renew(): Promise<Attempt<void>> {
    const outcome = await fetch();
    if (outcome.ok) {
      held = outcome.value;
      generation += 1;
      renewAtMs = renewalTime(endOf(held), nowMs());
      refusal = null;
    } else {
      renewAtMs = nowMs() + retryAfterMs;
      refusal = outcome;
    }
    return usable();
  }

  /** Old credentials serve as long as they hold, even where new ones are refused. */
  function usable(): Attempt<void> {
    const holds = held !== null && nowMs() < endOf(held);
    return holds || refusal === null ? succeeded(undefined) : refusal;
  }

  return {
    label,
    accountId,
    async ready() {
      if (nowMs() < renewAtMs) return usable();
      underway ??= renew().finally(() => (underway = null));
      return underway;
    },
    async credentials() {
      if (held === null) throw new FailureError(notAssumed);
      return held;
    },
    generation: () => generation,
    expire(refused) {
      if (refused !== generation) return;
      held = null;
      renewAtMs = Number.NEGATIVE_INFINITY;
    },
  };
}

/** In milliseconds; keys that were given for good end never. */
function endOf({ expiration }: AwsCredentialIdentity): number {
  return expiration?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** A session shorter than the margin is renewed half-way, not at every request. */
function renewalTime(expiresMs: number, nowMs: number): number {
  return Math.max(expiresMs - renewBeforeMs, (expiresMs + nowMs) / 2);
}

/** Credentials that the service ended are gone until the next `ready`; a request that slips in between waits for them. */
const notAssumed: CallFailure = {
  name: 'ExpiredToken',
  code: 'credentials',
  retry: 'credentials-expired',
  message: 'sts:AssumeRole: the credentials of the role have expired',
  remedy: 'Run again.',
  requestId: null,
};
