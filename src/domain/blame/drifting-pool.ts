/** A pool that drifts, as far as it matters to whoever looks for the cause. */
import type { JsonObject } from '../model/json.ts';
import type { ChangedPool } from './last-change.ts';

export interface DriftingPool extends ChangedPool {
  /** `LastModifiedDate`, in milliseconds since 1970; `null`: not read. */
  readonly changedAt: number | null;
}

/** How far back CloudTrail's events go (API reference, LookupEvents). */
export const eventDays = 90;

/** `LastModifiedDate` of DescribeUserPool, in milliseconds since 1970; `null`: it does not say. */
export function changeTimeOf(userPool: JsonObject | null): number | null {
  const seconds = userPool?.['LastModifiedDate'];
  return typeof seconds === 'number' ? seconds * 1000 : null;
}

/** Whether a change was too long ago for an event. */
export function isBeyondEvents(changedAtMs: number | null, now: string): boolean {
  return changedAtMs !== null && changedAtMs < Date.parse(now) - eventDays * 86_400_000;
}
