/** Why a finding of the nights before is open no more on a night. */
import { hasLeft } from '../domain/baseline/accounts-told.ts';
import type { ResolvedReason } from '../domain/result/result.ts';
import type { ReadNight, ReadRow } from './read-nights.ts';

/** What of a finding it takes to find it, or not to. */
export interface FindingKey {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  /** '' where the finding is that no policy selects the pool. */
  readonly policy: string;
}

/**
 * For findings that the night does not have as drift. `null`: it is open still, since nobody looked there or it could not be
 * read. `fixed` only where its pool was read, and the policy that asked for it speaks of the pool still.
 */
export function closingsOn(night: ReadNight): (finding: FindingKey) => ResolvedReason | null {
  const { units } = night;
  const pools = new Map(night.pools.map((pool) => [keyOf(pool), pool]));
  const excused = new Set(
    night.findings.flatMap(({ status, finding_id: id }) => (status === 'excepted' ? [id ?? ''] : [])),
  );
  const listed = new Set(
    units.flatMap((unit) => (unit.status === 'read' ? [`${unit.account_id}/${unit.region}`] : [])),
  );
  const deleted = new Set(units.flatMap((unit) => (unit.status === 'skipped' ? [keyOf(unit)] : [])));
  const accounts = accountsOf(night);
  return (finding) => {
    const { accountId, region, poolId } = finding;
    const key = `${accountId}/${region}/${poolId}`;
    const pool = pools.get(key);
    if (pool !== undefined) return excused.has(finding.id) ? 'excepted' : inPool(finding, pool);
    if (hasLeft(accountId, accounts)) return 'account-left';
    return listed.has(`${accountId}/${region}`) || deleted.has(key) ? 'pool-gone' : null;
  };
}

function inPool({ policy }: FindingKey, { status, policies }: ReadRow<'pools'>): ResolvedReason | null {
  if (status === 'unreadable') return null;
  return policy === '' || (policies ?? '').split(',').includes(policy) ? 'fixed' : 'policy-changed';
}

/** Each account of a run has a row among the units: for its regions, or for why it was not read. */
function accountsOf({ run, units }: ReadNight) {
  const known = new Set(units.flatMap(({ account_id: id }) => id ?? []));
  const closed = units.flatMap(({ account_id: id, region, reason, status }) =>
    region === null && status === 'skipped' && reason === 'closed' ? (id ?? []) : [],
  );
  return { isWhole: run.all_accounts === true, known, closed: new Set(closed) };
}

export function keyOf(row: Pick<ReadRow<'pools'>, 'account_id' | 'region' | 'pool_id'>): string {
  return `${row.account_id}/${row.region}/${row.pool_id}`;
}
