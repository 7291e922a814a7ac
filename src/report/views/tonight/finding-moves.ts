/** What came, stayed and went since the baseline, by severity. */
import type { Severity } from '../../../domain/model/severity.ts';
import type { PoolRecord, Result } from '../../../domain/result/result.ts';

export type Moves = Readonly<Record<'new' | 'persisting' | 'resolved', number>>;

export interface FindingMovesCollector {
  pool(pool: PoolRecord): void;
  /** Reads what is resolved; `null` where there was no baseline. */
  found(result: Result): Promise<Readonly<Record<Severity, Moves>> | null>;
}

export function newFindingMoves(): FindingMovesCollector {
  const none = { new: 0, persisting: 0, resolved: 0 };
  const counts = {
    critical: { ...none },
    high: { ...none },
    medium: { ...none },
    low: { ...none },
    info: { ...none },
  } satisfies Record<Severity, Moves>;
  return {
    pool({ findings }) {
      for (const { severity, status, change } of findings)
        if (status === 'drift' && change !== null) counts[severity][change] += 1;
    },
    async found(result) {
      if (result.head.run.baseline === null) return null;
      for await (const { severity } of result.resolved()) counts[severity].resolved += 1;
      return counts;
    },
  };
}
