/** How long the rest of a reading takes, where that is known. */
import type { ReadingProgress } from './reading-progress.ts';

/** What the last seconds were like. */
export interface Recent {
  readonly callsPerSecond: number;
  /** No request was refused for being too many, and none had to be sent again. */
  readonly isCalm: boolean;
}

/**
 * The slowest unit at the pace of its quotas, or all calls that are left at the pace of the last seconds, whichever is
 * longer. `null` where that would be a guess: before every unit is opened and listed to its end, and while AWS slows the
 * reading down, since nobody knows for how long it does.
 */
export function timeLeftMs(progress: ReadingProgress, { callsPerSecond, isCalm }: Recent): number | null {
  const { unitsTotal, unitsDone, underWay } = progress;
  if (!isCalm || unitsTotal === null || unitsDone + underWay.size < unitsTotal) return null;
  let slowestMs = 0;
  let calls = 0;
  for (const unit of underWay) {
    const ms = unit.timeLeftMs();
    if (ms === null) return null;
    slowestMs = Math.max(slowestMs, ms);
    calls += unit.callsLeft();
  }
  return Math.max(slowestMs, callsPerSecond === 0 ? 0 : (1000 * calls) / callsPerSecond);
}
