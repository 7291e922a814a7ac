/** What a measurement says: rows of numbers, each with what it should reach. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** At most this; `null` for a floor or a fact that only stands beside. */
  readonly reach: number | null;
}

export interface Scale {
  /** How often what takes seconds is repeated. */
  readonly repetitions: number;
  /** Sizes a tenth of the issue's, once each: to see that the benchmark works. Its figures say nothing. */
  readonly quick: boolean;
  /** The program of an earlier build (its `cli.js`), to be run in turn with this one; `null`: none. */
  readonly before: string | null;
}

export interface Figure {
  readonly name: string;
  readonly title: string;
  measure(scale: Scale): Promise<readonly Row[]>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/**
 * Between which values the true median lies with a confidence of at least 95 %, whatever the distribution (the order statistics of the
 * sign test); `null` for fewer than six values, which can't say so.
 */
export function medianInterval(values: readonly number[]): readonly [low: number, high: number] | null {
  const sorted = [...values].sort((a, b) => a - b);
  let outside = 0;
  let outcomes = 1;
  let rank = 0;
  for (; 2 * (outside + outcomes) <= 0.05 * 2 ** sorted.length; rank += 1) {
    outside += outcomes;
    outcomes = (outcomes * (sorted.length - rank)) / (rank + 1);
  }
  const [low, high] = [sorted[rank - 1], sorted[sorted.length - rank]];
  return low === undefined || high === undefined ? null : [low, high];
}

/** Repeats a measurement, one after another. */
export async function repeated<T>(times: number, once: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let at = 0; at < times; at += 1) results.push(await once());
  return results;
}

/** A figure as it was measured last. */
export interface Kept {
  readonly name: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
  /** The machine's load just before, over one minute: near 0 when nothing else ran. */
  readonly load: number;
  readonly rows: readonly Row[];
}

export interface Results {
  readonly machine: string;
  readonly figures: readonly Kept[];
}
