/**
 * When to stop asking. Whoever looks again after every answer and stops when the interval looks narrow is wrong more often than
 * one time in twenty; so looks are taken at sizes fixed beforehand, and the error is shared out over them (Bonferroni).
 */
import type { Interval } from './intervals.ts';

/** The first; from the last on, each is twice the one before. */
const sizes: readonly number[] = [50, 100, 200, 350, 500];

/** How often the interval may miss the true share. */
export const errorInAll = 0.05;
/** Percentage points by which it may be wide, as a share. */
const narrowWidth = 0.02;

/** Sizes of the sample at which the interval is looked at, the last of them `most`, in rising order. */
export function looksFor(most: number): readonly number[] {
  const looks = sizes.filter((size) => size < most);
  for (let size = 1000; size < most; size *= 2) looks.push(size);
  return [...looks, most];
}

/** Whether no further user needs to be asked: the line that a change waits for is clearly above or below, or the interval narrow. */
export function isEnough({ low, high }: Interval, line: number | null): boolean {
  if (line !== null) return low >= line || high < line;
  return high - low <= narrowWidth;
}
