/** Requests by one identity: sent, classified, logged, and what they tell about credentials and clock remembered. */
import { attemptNumber } from '../../pacing/attempt-number.ts';
import type { Attempt } from '../../pacing/call-result.ts';
import type { Log } from '../../log.ts';
import { attempt, type Action } from '../failures/failures.ts';
import type { Identity } from '../session/identity.ts';

export interface AnyClient {
  readonly config: { readonly systemClockOffset: number; readonly region: () => Promise<string> };
}

/** How far the services' clock is from ours, in milliseconds: learned from one refusal, for all clients made after. */
export interface ClockOffset {
  ms: number;
}

/** What all requests of a run have in common. */
export interface SharedByRequests {
  readonly clockOffset: ClockOffset;
  readonly log: Log | null;
}

/** Who must be allowed what a denial names, and where. */
type Asked = Pick<Identity, 'label' | 'accountId'>;

interface Answered {
  readonly $metadata?: { readonly httpStatusCode?: number | undefined; readonly requestId?: string | undefined };
}

/**
 * Sends one request and makes of its answer what `read` returns; whatever `read` throws is a malformed answer. `asked` is
 * the identity itself, unless it asks for another's sake.
 */
export type Request = <Answer extends Answered, T>(
  action: Action,
  send: () => Promise<Answer>,
  read: (answer: Answer) => T,
  asked?: Asked,
) => Promise<Attempt<T>>;

/** `client` signs as `identity`. */
export function requestsAs(identity: Identity, client: AnyClient, { clockOffset, log }: SharedByRequests): Request {
  return async (action, send, read, asked = identity) => {
    const generation = identity.generation();
    const outcome =
      log === null
        ? await attempt(action, send, read, asked.label)
        : await logged(
            log,
            { account: asked.accountId(), region: await client.config.region(), operation: action },
            send,
            (sent) => attempt(action, sent, read, asked.label),
          );
    if (outcome.ok) return outcome;
    if (outcome.failure.retry === 'credentials-expired') identity.expire(generation);
    if (outcome.failure.code === 'credentials') clockOffset.ms = client.config.systemClockOffset;
    return outcome;
  };
}

interface Place {
  readonly account: string | null;
  readonly region: string;
  readonly operation: string;
}

/** `run` runs the request it is given; what comes back, and when, stands in one line. */
async function logged<Answer extends Answered, T>(
  log: Log,
  place: Place,
  send: () => Promise<Answer>,
  run: (send: () => Promise<Answer>) => Promise<Attempt<T>>,
): Promise<Attempt<T>> {
  const about = { ...place, attempt: attemptNumber() };
  const beganMs = performance.now();
  let answer: Answered = {};
  log.trace('request is sent', about);
  const outcome = await run(async () => {
    const answered = await send();
    answer = answered;
    return answered;
  });
  const { httpStatusCode: status = null, requestId = null } = answer.$metadata ?? {};
  log.debug('request', {
    ...about,
    status: outcome.ok ? status : (outcome.failure.status ?? status),
    ms: Math.round(performance.now() - beganMs),
    requestId: outcome.ok ? requestId : outcome.failure.requestId,
    failure: outcome.ok ? null : outcome.failure.name,
  });
  return outcome;
}
