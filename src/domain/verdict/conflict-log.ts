/** Conflicts between policies, counted over pools: the same two lines are one warning, however many pools they meet on. */
import type { Subject } from '../model/subject.ts';
import type { Conflict } from './agreed-values.ts';
import type { Warning } from '../result/warning.ts';

interface Logged {
  readonly conflict: Conflict;
  readonly first: string;
  pools: number;
}

export interface ConflictLog {
  add(subject: Subject, conflicts: readonly Conflict[]): void;
  warnings(): readonly Warning[];
}

export function newConflictLog(): ConflictLog {
  const logged = new Map<string, Logged>();
  return {
    add({ account, region, pool }, conflicts) {
      for (const conflict of conflicts) {
        const key = JSON.stringify(conflict);
        const entry = logged.get(key) ?? { conflict, first: `${pool.poolId} (${account.id}, ${region})`, pools: 0 };
        entry.pools += 1;
        logged.set(key, entry);
      }
    },
    warnings: () => [...logged.keys()].sort().flatMap((key) => warningsFor(logged.get(key))),
  };
}

function warningsFor(logged: Logged | undefined): readonly Warning[] {
  const location = logged?.conflict.demands[0]?.location;
  if (logged === undefined || location === undefined) return [];
  const { conflict, first, pools } = logged;
  const lines = conflict.demands.map((demand) => `${demand.policy} (${demand.location.file}:${demand.location.line})`);
  const where = pools === 1 ? `on ${first}` : `on ${pools} pools, the first ${first}`;
  const message = `${conflict.path}: no value satisfies ${lines.join(' and ')} ${where}; it is never fixed`;
  return [{ code: 'conflict', message, file: location.file, line: location.line }];
}
