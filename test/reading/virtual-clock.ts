import { systemClock, type Clock } from '../../src/pacing/clock.ts';
import { hastened } from '../hastened.ts';

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** Time that passes only when everybody sleeps: hours of pacing in milliseconds, with the same outcome every time. */
export class VirtualClock implements Clock {
  private nowMs = 0;
  /** Whoever wakes first is last. */
  private readonly sleepers: Sleeper[] = [];

  now(): number {
    return this.nowMs;
  }

  date(): Date {
    return new Date(this.nowMs);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal?.reason);
      if (signal?.aborted === true) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      this.lieDown({ atMs: this.nowMs + ms, wake: resolve });
    });
  }

  /** Of those who wake at one time the first to sleep is the first to wake. */
  private lieDown(sleeper: Sleeper): void {
    let [from, to] = [0, this.sleepers.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.sleepers[middle]?.atMs ?? 0) > sleeper.atMs) from = middle + 1;
      else to = middle;
    }
    this.sleepers.splice(from, 0, sleeper);
  }

  /** Lets time pass until the work is done. Rejects where everybody waits for what never comes. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const settled = work.finally(() => (isDone = true));
    settled.catch(() => {});
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return settled;
      const next = this.sleepers.pop();
      if (next === undefined) throw new Error('Everybody waits, and nobody sleeps.');
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.wake();
    }
  }
}

/** Real time, a hundred times faster. */
export const hastyClock = hastened(systemClock);
