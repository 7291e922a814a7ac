import { severities, type Finding, type PoolRecord, type Severity } from '../domain/result.ts';

export interface WorstFindings<T> {
  /** Worst first; of equal severity in the result's order. */
  readonly kept: readonly T[];
  readonly driftCount: number;
  readonly exceptedCount: number;
}

export interface WorstFindingsCollector<T> {
  pool(pool: PoolRecord): void;
  found(): WorstFindings<T>;
}

/**
 * Takes every pool and keeps the worst findings of status drift, drawn as they come. No more than `limit` are held: once
 * there are more, the mildest go.
 */
export function newWorstFindings<T>(
  limit: number,
  draw: (pool: PoolRecord, finding: Finding) => T,
): WorstFindingsCollector<T> {
  const kept: Record<Severity, T[]> = { critical: [], high: [], medium: [], low: [], info: [] };
  let held = 0;
  let driftCount = 0;
  let exceptedCount = 0;
  function keep(pool: PoolRecord, finding: Finding): void {
    driftCount += 1;
    if (held === limit && !makeRoom(kept, finding.severity)) return;
    held = Math.min(limit, held + 1);
    kept[finding.severity].push(draw(pool, finding));
  }
  return {
    pool(pool) {
      for (const finding of pool.findings) {
        if (finding.status === 'excepted') exceptedCount += 1;
        if (finding.status === 'drift') keep(pool, finding);
      }
    },
    found: () => ({ kept: severities.flatMap((severity) => kept[severity]), driftCount, exceptedCount }),
  };
}

/** Drops the last of the mildest, if it is milder than `severity`. */
function makeRoom(kept: Readonly<Record<Severity, unknown[]>>, severity: Severity): boolean {
  const mildest = severities.findLast((each) => kept[each].length > 0);
  if (mildest === undefined || severities.indexOf(mildest) <= severities.indexOf(severity)) return false;
  kept[mildest].pop();
  return true;
}
