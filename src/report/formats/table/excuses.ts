/** What exceptions excuse, hold and accept, by exception. */
import { compareTexts } from '../../../domain/model/order.ts';
import type { ExceptionRecord, Gap, PoolRecord } from '../../../domain/result/result.ts';
import { newGapGroups, type GapGroup, type GapGroups } from '../../views/gap-groups.ts';
import { nameOf, type PoolName } from '../../views/overview.ts';
import { firstByName, type FirstByName } from './drift/first-by-name.ts';

/** One exception that has not expired, and what it covers. */
export interface Excuse {
  readonly exception: ExceptionRecord;
  readonly poolCount: number;
  /** The first of them by name, with the policies whose findings it covers there; `null`: no policy matches. */
  readonly pools: readonly { readonly pool: PoolName; readonly policies: readonly (string | null)[] }[];
  readonly gaps: readonly GapGroup[];
}

export interface Excuses {
  pool(pool: PoolRecord): void;
  gap(gap: Gap): void;
  /** Those that end first come first. */
  found(): readonly Excuse[];
  /** Pools with an excused finding, and those with one that is only held. */
  poolCounts(): { readonly excused: number; readonly held: number };
}

interface Covered {
  readonly exception: ExceptionRecord;
  readonly pools: FirstByName<Excuse['pools'][number]>;
  readonly gaps: GapGroups;
}

export function newExcuses(poolsShown: number): Excuses {
  const byException = new Map<string, Covered>();
  const counts = { excused: 0, held: 0 };
  const coveredBy = (exception: ExceptionRecord): Covered => {
    const key = JSON.stringify(exception);
    const known = byException.get(key);
    if (known !== undefined) return known;
    const covered = { exception, pools: firstByName(poolsShown, nameOfCovered), gaps: newGapGroups() };
    byException.set(key, covered);
    return covered;
  };
  return {
    pool(pool) {
      const policies = new Map<Covered, Set<string | null>>();
      for (const { exception, policy } of pool.findings) {
        if (exception === null || exception.expired) continue;
        const covered = coveredBy(exception);
        policies.set(covered, (policies.get(covered) ?? new Set()).add(policy));
      }
      for (const [covered, names] of policies) covered.pools.add({ pool: nameOf(pool), policies: [...names] });
      if ([...policies.keys()].some(({ exception }) => !exception.hold)) counts.excused += 1;
      if ([...policies.keys()].some(({ exception }) => exception.hold)) counts.held += 1;
    },
    gap(gap) {
      if (gap.accepted !== null && !gap.accepted.expired) coveredBy(gap.accepted).gaps.add(gap);
    },
    found: () =>
      [...byException.values()]
        .map(({ exception, pools, gaps }) => ({
          exception,
          poolCount: pools.count(),
          pools: pools.first(),
          gaps: gaps.groups(),
        }))
        .sort((one, other) => byEnd(one.exception, other.exception)),
    poolCounts: () => counts,
  };
}

function nameOfCovered({ pool }: Excuse['pools'][number]): PoolName {
  return pool;
}

function byEnd(one: ExceptionRecord, other: ExceptionRecord): number {
  return compareTexts(one.expires, other.expires) || compareTexts(one.file, other.file) || one.line - other.line;
}
