import { setMaxListeners } from 'node:events';
import type { Log } from '../log.ts';
import { failed, type Attempt, type CallFailure } from './call-result.ts';
import { asAttempt } from './attempt-number.ts';
import type { Clock } from './clock.ts';
import { Endpoint } from './endpoint.ts';
import type { FailureRow } from './failure-row.ts';
import { Patience } from './retry-policy.ts';
import { Quota, type QuotaOptions } from './quota.ts';
import { createSlots } from './priority-semaphore.ts';
import type { ApiCounts } from './api-counts.ts';

export interface CallsOptions {
  /** Requests in flight in the whole run. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** Aborted when the run is interrupted: nothing more is sent, and every call that waits rejects with its reason. */
  readonly signal: AbortSignal;
  readonly counts: ApiCounts;
  /** Told of every try that failed, and of every pace that changes. */
  readonly log?: Log | null;
}

/** Sends every request of a run: paced by its quota, bounded in number, tried again where that helps. */
export interface Calls {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Log | null;
  /** Ends every call, as an interruption does: after a mistake in the program nothing more is sent. */
  halt(reason: unknown): void;
  quota(options: QuotaOptions): Quota;
  /**
   * Resolves with the answer or with the failure that was final. `send` makes one attempt; `prepare` comes before each
   * and holds neither slot nor turn, since it may call AWS itself (credentials); where the turn was long in coming, once
   * more. Once `row` is given up, its end is the answer, also for a call that waits for its turn or to be tried again.
   */
  run<T>(
    quota: Quota,
    send: () => Promise<Attempt<T>>,
    prepare?: () => Promise<Attempt<void>>,
    row?: FailureRow,
  ): Promise<Attempt<T>>;
}

/** For less than any session lasts once it was found to last (`renewed-identity.ts`). */
const surelyReadyMs = 60_000;

export function createCalls({ concurrency, clock, signal: interruption, counts, log = null }: CallsOptions): Calls {
  const halting = new AbortController();
  const signal = AbortSignal.any([interruption, halting.signal]);
  // Every request and every wait listens to it; that is no leak.
  setMaxListeners(0, signal);
  const slot = createSlots(concurrency);
  const endpoints = new Map<string, Endpoint>();

  function endpointNamed(name: string): Endpoint {
    const endpoint = endpoints.get(name) ?? new Endpoint();
    endpoints.set(name, endpoint);
    return endpoint;
  }

  /** Resolves when it is its turn, or with what keeps it from being sent. */
  async function turn(quota: Quota, prepare?: () => Promise<Attempt<void>>): Promise<Attempt<void> | undefined> {
    const ready = await prepare?.();
    if (ready?.ok === false) return ready;
    const readyMs = clock.now();
    await quota.turn();
    if (clock.now() - readyMs < surelyReadyMs) return ready;
    const still = await prepare?.();
    if (still?.ok === false) quota.giveBack();
    return still;
  }

  /** It is its turn; the row may have been given up while it waited for it. */
  function sendOnce<T>(
    quota: Quota,
    number: number,
    send: () => Promise<Attempt<T>>,
    row: FailureRow | undefined,
  ): Promise<Attempt<T>> {
    return slot(quota.urgency, async () => {
      const refusal = quota.refusal() ?? row?.givenUp() ?? null;
      if (signal.aborted || refusal !== null) quota.giveBack();
      signal.throwIfAborted();
      if (refusal !== null) return failed(refusal);
      const sentMs = quota.send();
      counts.calls += 1;
      try {
        const attempt = log === null ? await send() : await asAttempt(number, send);
        quota.answered(sentMs, attempt);
        return attempt;
      } catch (mistake) {
        quota.abandon();
        throw mistake;
      }
    });
  }

  /** Ends early, and in peace, when the row is given up. */
  async function pause(ms: number, row: FailureRow | undefined): Promise<void> {
    if (row === undefined) return clock.sleep(ms, signal);
    await clock.sleep(ms, AbortSignal.any([signal, row.ended])).catch(() => signal.throwIfAborted());
  }

  function logFailed(quota: Quota, attempt: number, { name, code }: CallFailure, waitMs: number | null): void {
    const about = { quota: quota.name, failure: name, code, attempt };
    if (waitMs === null) log?.debug('call is given up', about);
    else log?.debug('call is tried again', { ...about, waitMs: Math.round(waitMs) });
  }

  return {
    clock,
    signal,
    log,
    halt: (reason) => halting.abort(reason),
    quota(options) {
      const endpoint = options.endpoint === undefined ? null : endpointNamed(options.endpoint);
      return new Quota(options, endpoint, clock, signal, log);
    },
    async run(quota, send, prepare, row) {
      const patience = new Patience();
      for (let number = 1; ; number += 1) {
        const refusal = row?.refusal() ?? null;
        if (refusal !== null) return refusal;
        const ready = await turn(quota, prepare);
        if (ready?.ok === false) return ready;
        const attempt = await sendOnce(quota, number, send, row);
        if (attempt.ok) return attempt;
        signal.throwIfAborted();
        if (attempt.failure.retry === 'throttle') counts.throttled += 1;
        const wait = patience.waitMs(attempt.failure, clock.now(), quota.refusedForMs());
        logFailed(quota, number, attempt.failure, wait);
        if (wait === null) return attempt;
        await pause(wait, row);
        counts.retried += 1;
      }
    },
  };
}
