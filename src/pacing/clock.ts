import { setTimeout as delay } from 'node:timers/promises';

/** A timer that is set for longer fires at once (Node's `setTimeout`): 24 days. */
const longestTimerMs = 2 ** 31 - 1;

/** Time as the scheduler knows it, so that tests can run in virtual time. */
export interface Clock {
  /** Milliseconds that never go backwards. */
  now(): number;
  /** The time of day. */
  date(): Date;
  /** Rejects with the signal's reason as soon as it aborts; may end sooner where it is weeks. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  async sleep(ms, signal) {
    try {
      await delay(Math.min(ms, longestTimerMs), undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
