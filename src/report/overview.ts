/** One reading of a result, for the formats that people read: what drifts, what was not read, what is excused. */
import type { SkipReason } from '../domain/observation.ts';
import {
  severities,
  type ExceptionRecord,
  type Finding,
  type PoolRecord,
  type RemediationRecord,
  type Result,
  type Severity,
} from '../domain/result.ts';
import { newGapGroups, type GapGroup } from './gap-groups.ts';

export type PoolName = Pick<
  PoolRecord,
  'accountId' | 'accountName' | 'region' | 'poolId' | 'poolName' | 'poolArn' | 'managedBy' | 'replicaOf'
>;

export interface DriftingPool {
  readonly pool: PoolName;
  /** The first of its findings in this group. */
  readonly findings: readonly Finding[];
  readonly findingCount: number;
}

/** One policy's drift; `policy` null: pools that no policy matches. */
export interface DriftGroup {
  readonly severity: Severity;
  readonly policy: string | null;
  readonly file: string | null;
  readonly line: number | null;
  /** The first of them in the result's order. */
  readonly pools: DriftingPool[];
  poolCount: number;
}

export interface Overview {
  /** By severity, then by policy. */
  readonly drift: readonly DriftGroup[];
  readonly openGaps: readonly GapGroup[];
  readonly acceptedGaps: readonly GapGroup[];
  /** Names of the accounts that the gap groups name; `null`: not known. */
  readonly accountNames: ReadonlyMap<string, string | null>;
  /** Each exception that excuses something, once. */
  readonly exceptions: readonly ExceptionRecord[];
  readonly skips: ReadonlyMap<SkipReason, number>;
  /** How many pools each outcome of a change has. */
  readonly changes: ReadonlyMap<string, number>;
  /** The first pools whose change failed or has an unknown outcome. */
  readonly unsettled: readonly UnsettledPool[];
}

export interface UnsettledPool {
  readonly pool: PoolName;
  readonly outcome: RemediationRecord['outcome'];
  readonly code: string | null;
}

export interface OverviewLimits {
  readonly poolsPerGroup: number;
  readonly findingsPerPool: number;
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
  const groups = new Map<string, DriftGroup>();
  const changes = new Map<string, number>();
  const unsettled: UnsettledPool[] = [];
  for await (const pool of result.pools()) {
    alsoPool(pool);
    for (const { exception } of pool.findings) noteException(exception);
    if (pool.remediation !== null) {
      const { outcome, code } = pool.remediation;
      changes.set(outcome, (changes.get(outcome) ?? 0) + 1);
      const isSettled = outcome !== 'failed' && outcome !== 'unknown';
      if (!isSettled && unsettled.length < limits.poolsPerGroup) unsettled.push({ pool: nameOf(pool), outcome, code });
    }
    const drift = pool.findings.filter(({ status }) => status === 'drift');
    if (drift.length === 0) continue;
    addDrift(groups, pool, drift, limits);
  }
  return {
    drift: [...groups.values()].sort(bySeverityAndPolicy),
    ...gaps,
    accountNames: await namesOf(result, [...gaps.openGaps, ...gaps.acceptedGaps], limits.accountsPerGap),
    exceptions: [...exceptions.values()],
    skips: await countSkips(result),
    changes,
    unsettled,
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

function addDrift(
  groups: Map<string, DriftGroup>,
  pool: PoolRecord,
  drift: readonly Finding[],
  limits: OverviewLimits,
): void {
  for (const findings of byPolicy(drift)) {
    const [{ severity, policy, file, line }] = findings;
    const key = JSON.stringify([severity, policy]);
    const group = groups.get(key) ?? { severity, policy, file, line, pools: [], poolCount: 0 };
    groups.set(key, group);
    group.poolCount += 1;
    if (group.pools.length >= limits.poolsPerGroup) continue;
    group.pools.push({
      pool: nameOf(pool),
      findings: findings.slice(0, limits.findingsPerPool),
      findingCount: findings.length,
    });
  }
}

type Some<T> = [T, ...T[]];

function byPolicy(findings: readonly Finding[]): readonly Some<Finding>[] {
  const groups = new Map<string, Some<Finding>>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.policy]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function nameOf(pool: PoolRecord): PoolName {
  const { accountId, accountName, region, poolId, poolName, poolArn, managedBy, replicaOf } = pool;
  return { accountId, accountName, region, poolId, poolName, poolArn, managedBy, replicaOf };
}

function bySeverityAndPolicy(one: DriftGroup, other: DriftGroup): number {
  const severity = severities.indexOf(one.severity) - severities.indexOf(other.severity);
  if (severity !== 0) return severity;
  if (one.policy === other.policy) return 0;
  if (one.policy === null || other.policy === null) return one.policy === null ? 1 : -1;
  return one.policy < other.policy ? -1 : 1;
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
