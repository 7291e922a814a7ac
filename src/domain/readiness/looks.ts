/**
 * When to stop asking. Whoever looks again after every answer and stops when the interval looks narrow is wrong more often than
 * one time in twenty; so looks are taken at sizes fixed beforehand, and the error is shared out over them (Bonferroni).
 */
import type { Interval } from './intervals.ts';

const sizes = [50, 100, 200, 350, 500] as const;

/** How often the interval may miss the true share. */
export const errorInAll = 0.05;
/** Percentage points by which it may be wide, as a share. */
const narrowWidth = 0.02;

/** Sizes of the sample at which the interval is looked at, the last of them `most`, in rising order. */
export function looksFor(most: number): readonly number[] {
  const before = sizes.filter((size) => size < most);
  const beyond = Math.max(0, Math.ceil(Math.log2(most / 500)));
  const doubled = Array.from({ length: beyond }, (_, step) => 500 * 2 ** step).filter((size) => size < most);
  return [...new Set([...before, ...doubled, most])];
}

/** Whether no further user needs to be asked: the line that a change waits for is clearly above or below, or the interval narrow. */
export function isEnough({ low, high }: Interval, line: number | null): boolean {
  if (line !== null) return low >= line || high < line;
  return high - low <= narrowWidth;
}
