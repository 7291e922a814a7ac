import { type Finding, type PoolRecord } from '../../domain/result/result.ts';
import { severities } from '../../domain/model/severity.ts';

export interface WorstFindings<T> {
  /** Worst first; of equal rank in the result's order. */
  readonly kept: readonly T[];
  /** How many findings had a rank, kept or not. */
  readonly ranked: number;
  readonly driftCount: number;
  readonly exceptedCount: number;
}

export interface WorstFindingsCollector<T> {
  pool(pool: PoolRecord): void;
  found(): WorstFindings<T>;
}

/** 0 is the worst; `null`: not to be listed. */
export type Rank = (finding: Finding) => number | null;

export const driftBySeverity: Rank = ({ status, severity }) =>
  status === 'drift' ? severities.indexOf(severity) : null;

const statusOrder: Readonly<Record<Finding['status'], number>> = { drift: 0, excepted: 1, fixed: 2 };

/** Drift first, then what is excepted, then what was fixed; each by severity. */
export const allByStatus: Rank = ({ status, severity }) =>
  statusOrder[status] * severities.length + severities.indexOf(severity);

/** What is no drift any more is not listed. */
export const driftThenExcepted: Rank = (finding) => (finding.status === 'fixed' ? null : allByStatus(finding));

/**
 * Takes every pool and keeps its worst findings, drawn as they come. No more than `limit` are held: once there are more,
 * the mildest go.
 */
export function newWorstFindings<T>(
  limit: number,
  draw: (pool: PoolRecord, finding: Finding) => T,
  rank: Rank = driftBySeverity,
): WorstFindingsCollector<T> {
  const kept: T[][] = [];
  let held = 0;
  let ranked = 0;
  let driftCount = 0;
  let exceptedCount = 0;
  function keep(pool: PoolRecord, finding: Finding, place: number): void {
    ranked += 1;
    if (held === limit && !makeRoom(kept, place)) return;
    held = Math.min(limit, held + 1);
    (kept[place] ??= []).push(draw(pool, finding));
  }
  return {
    pool(pool) {
      for (const finding of pool.findings) {
        if (finding.status === 'drift') driftCount += 1;
        if (finding.status === 'excepted') exceptedCount += 1;
        const place = rank(finding);
        if (place !== null) keep(pool, finding, place);
      }
    },
    found: () => ({ kept: kept.flat(), ranked, driftCount, exceptedCount }),
  };
}

/** Drops the last of the mildest, if it is milder than `place`. */
function makeRoom(kept: readonly unknown[][], place: number): boolean {
  const mildest = kept.findLastIndex((bucket) => (bucket?.length ?? 0) > 0);
  if (mildest <= place) return false;
  kept[mildest]?.pop();
  return true;
}
