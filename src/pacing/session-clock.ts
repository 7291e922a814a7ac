/**
 * The time of one run, by two clocks: this machine's, and AWS's as STS said it once, counted on by a clock that nobody
 * sets. Either may be wrong, and a wrong one must neither revive an exception nor make an old plan new.
 */
import type { Clock } from './clock.ts';

export interface SessionClock extends Clock {
  /** AWS's time of day, else this machine's: what is written down carries it. */
  date(): Date;
  /** The later of the two, by which exceptions end, and plans and readings age. */
  latest(): Date;
  /** The later of the two at a moment that `date` gave. */
  latestAt(stamp: Date): Date;
  /** How far AWS's clock is ahead of this machine's, in milliseconds; `null`: this machine's is all there is. */
  aheadMs(): number | null;
  /** AWS says that it is so late. */
  learn(time: Date): void;
}

export function sessionClock(own: Clock): SessionClock {
  let learned: { readonly timeMs: number; readonly atMs: number } | null = null;

  function date(): Date {
    return learned === null ? own.date() : new Date(learned.timeMs + own.now() - learned.atMs);
  }

  function aheadMs(): number | null {
    return learned === null ? null : date().getTime() - own.date().getTime();
  }

  const latestAt = (stamp: Date): Date => new Date(stamp.getTime() + Math.max(0, -(aheadMs() ?? 0)));
  return {
    now: () => own.now(),
    sleep: (ms, signal) => own.sleep(ms, signal),
    date,
    latest: () => latestAt(date()),
    latestAt,
    aheadMs,
    learn(time) {
      learned = { timeMs: time.getTime(), atMs: own.now() };
    },
  };
}
