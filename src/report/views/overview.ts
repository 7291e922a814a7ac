/** One reading of a result, for the formats that people read: what drifts, what was not read, what is excused. */
import type { SkipReason } from '../../domain/model/observation.ts';
import type { ExceptionRecord, PoolRecord, Result } from '../../domain/result/result.ts';
import { newGapGroups, type GapGroup } from './gap-groups.ts';

export type PoolName = Pick<
  PoolRecord,
  'accountId' | 'accountName' | 'region' | 'poolId' | 'poolName' | 'poolArn' | 'managedBy' | 'replicaOf' | 'blame'
>;

export interface Overview {
  readonly openGaps: readonly GapGroup[];
  readonly acceptedGaps: readonly GapGroup[];
  /** Names of the accounts that the gap groups name; `null`: not known. */
  readonly accountNames: ReadonlyMap<string, string | null>;
  /** Each exception that excuses something, once. */
  readonly exceptions: readonly ExceptionRecord[];
  readonly skips: ReadonlyMap<SkipReason, number>;
}

export interface OverviewLimits {
  /** How many accounts of a gap group are named. */
  readonly accountsPerGap: number;
}

/** @param alsoPool takes every pool in the same reading */
export async function collectOverview(
  result: Result,
  limits: OverviewLimits,
  alsoPool: (pool: PoolRecord) => void = () => {},
): Promise<Overview> {
  const exceptions = new Map<string, ExceptionRecord>();
  const noteException = (exception: ExceptionRecord | null): void => {
    if (exception !== null && !exception.expired) exceptions.set(`${exception.file}:${exception.line}`, exception);
  };
  const gaps = await collectGaps(result, noteException);
  for await (const pool of result.pools()) {
    alsoPool(pool);
    for (const { exception } of pool.findings) noteException(exception);
  }
  return {
    ...gaps,
    accountNames: await namesOf(result, [...gaps.openGaps, ...gaps.acceptedGaps], limits.accountsPerGap),
    exceptions: [...exceptions.values()],
    skips: await countSkips(result),
  };
}

async function collectGaps(
  result: Result,
  noteException: (exception: ExceptionRecord | null) => void,
): Promise<Pick<Overview, 'openGaps' | 'acceptedGaps'>> {
  const open = newGapGroups();
  const accepted = newGapGroups();
  for await (const gap of result.gaps()) {
    noteException(gap.accepted);
    (gap.accepted === null || gap.accepted.expired ? open : accepted).add(gap);
  }
  return { openGaps: open.groups(), acceptedGaps: accepted.groups() };
}

export function nameOf(pool: PoolRecord): PoolName {
  const { accountId, accountName, region, poolId, poolName, poolArn, managedBy, replicaOf, blame } = pool;
  const names = { accountId, accountName, region, poolId, poolName, poolArn, managedBy, replicaOf };
  return blame === undefined ? names : { ...names, blame };
}

async function namesOf(
  result: Result,
  groups: readonly GapGroup[],
  perGroup: number,
): Promise<ReadonlyMap<string, string | null>> {
  const wanted = new Set(groups.flatMap(({ accountIds }) => [...accountIds].slice(0, perGroup)));
  const names = new Map<string, string | null>();
  if (wanted.size === 0) return names;
  for await (const { id, name } of result.accounts()) if (wanted.has(id)) names.set(id, name);
  return names;
}

async function countSkips(result: Result): Promise<ReadonlyMap<SkipReason, number>> {
  const counts = new Map<SkipReason, number>();
  for await (const { reason } of result.skipped()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}
