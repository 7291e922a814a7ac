import { systemClock, type Clock } from '../../src/audit/pacing/clock.ts';

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** Time that passes only when everybody sleeps: hours of pacing in milliseconds, with the same outcome every time. */
export class VirtualClock implements Clock {
  private nowMs = 0;
  private sleepers: Sleeper[] = [];

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
      this.sleepers.push({ atMs: this.nowMs + ms, wake: resolve });
    });
  }

  /** Lets time pass until the work is done. Rejects where everybody waits for what never comes. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const settled = work.finally(() => (isDone = true));
    settled.catch(() => {});
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return settled;
      const next = this.sleepers.sort((a, b) => a.atMs - b.atMs).shift();
      if (next === undefined) throw new Error('Everybody waits, and nobody sleeps.');
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.wake();
    }
  }
}

/** Real time that passes a hundred times faster, for servers that don't know of virtual time. */
export const hastyClock: Clock = {
  now: () => performance.now() * 100,
  date: () => new Date(),
  sleep: (ms, signal) => systemClock.sleep(ms / 100, signal),
};
