/** The same work by this build and by an earlier one, one right after the other. */
import type { Row } from './figure.ts';
import type { Measured } from './measure.ts';

export interface Pair {
  readonly nowMs: number;
  /** `null`: no earlier build was named. */
  readonly beforeMs: number | null;
}

/** Their processor time. */
export function pairOf(now: Measured, before: Measured | null): Pair {
  return { nowMs: now.cpuMs, beforeMs: before === null ? null : before.cpuMs };
}

/** One row, or none where there was nothing to compare with. */
export function againstBefore(what: string, pairs: readonly Pair[], reach: number | null): readonly Row[] {
  const values = pairs.flatMap(({ nowMs, beforeMs }) => (beforeMs === null ? [] : [nowMs / beforeMs]));
  return values.length === 0 ? [] : [{ what: `${what} ÷ the build before`, unit: '', values, reach }];
}
