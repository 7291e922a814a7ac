import { severities, type Finding, type PoolRecord, type Result, type Severity } from '../domain/result.ts';

export interface WorstFindings<T> {
  /** Worst first; of equal severity in the result's order. */
  readonly kept: readonly T[];
  readonly driftCount: number;
  readonly exceptedCount: number;
}

/**
 * The worst findings of status drift, drawn as they come, in one reading. No more than `limit` are held: once there are
 * more, the mildest go.
 */
export async function worstFindings<T>(
  result: Result,
  limit: number,
  draw: (pool: PoolRecord, finding: Finding) => T,
): Promise<WorstFindings<T>> {
  const kept: Record<Severity, T[]> = { critical: [], high: [], medium: [], low: [], info: [] };
  let held = 0;
  let driftCount = 0;
  let exceptedCount = 0;
  for await (const pool of result.pools()) {
    for (const finding of pool.findings) {
      if (finding.status === 'excepted') exceptedCount += 1;
      if (finding.status !== 'drift') continue;
      driftCount += 1;
      if (held === limit && !makeRoom(kept, finding.severity)) continue;
      held = Math.min(limit, held + 1);
      kept[finding.severity].push(draw(pool, finding));
    }
  }
  return { kept: severities.flatMap((severity) => kept[severity]), driftCount, exceptedCount };
}

/** Drops the last of the mildest, if it is milder than `severity`. */
function makeRoom(kept: Readonly<Record<Severity, unknown[]>>, severity: Severity): boolean {
  const mildest = severities.findLast((each) => kept[each].length > 0);
  if (mildest === undefined || severities.indexOf(mildest) <= severities.indexOf(severity)) return false;
  kept[mildest].pop();
  return true;
}
