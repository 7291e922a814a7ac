/** Pools that `--remediate` wanted something of, those together of which it says the same. */
import { placeKey } from '../../domain/model/observation.ts';
import type { PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { PoolRecord } from '../../domain/result/result.ts';
import type { ShownNames } from '../plan/plan-view.ts';

export interface ChangeGroup {
  /** The first of them, in the result's order. */
  readonly pools: readonly PoolOutcome[];
  /** All of them. */
  readonly count: number;
}

export interface ChangeGroupLimits {
  /** How many pools of a group are named that were, or may have been, written. */
  readonly written: number;
  /** How many of the others. */
  readonly others: number;
}

export interface ChangeGroups {
  pool(record: PoolRecord): void;
  /** Those first that somebody has to act on; all pools that exceptions hold are one group, the exceptions are said elsewhere. */
  groups(): readonly ChangeGroup[];
  /** By `ACCOUNT/REGION/POOL`. */
  names(): ReadonlyMap<string, ShownNames>;
}

const order = ['failed', 'unknown', 'stale', 'refused', 'applied', 'unchanged'] as const;

export function newChangeGroups(limits: ChangeGroupLimits): ChangeGroups {
  const groups = new Map<string, { readonly pools: PoolOutcome[]; count: number }>();
  const names = new Map<string, ShownNames>();
  return {
    pool(record) {
      const outcome = outcomeOf(record);
      if (outcome === null) return;
      const isApplied = outcome.outcome === 'applied';
      const isAlike = isApplied || isHeld(outcome);
      const key = JSON.stringify([outcome.outcome, outcome.code, isAlike ? '' : outcome.message]);
      const group = groups.get(key) ?? { pools: [], count: 0 };
      groups.set(key, group);
      group.count += 1;
      const isWritten = isApplied || outcome.outcome === 'failed' || outcome.outcome === 'unknown';
      if (group.pools.length >= (isWritten ? limits.written : limits.others)) return;
      group.pools.push(outcome);
      const { accountName, poolName } = record;
      names.set(placeKey(record), { accountName, poolName });
    },
    groups: () => [...groups.values()].sort((one, other) => placeOf(one) - placeOf(other)),
    names: () => names,
  };
}

/** Refused since an exception with `hold` covers it. */
export function isHeld({ code }: Pick<PoolOutcome, 'code'>): boolean {
  return code === 'held';
}

function outcomeOf({ accountId, region, poolId, poolName, userPool, remediation }: PoolRecord): PoolOutcome | null {
  if (remediation === null) return null;
  const { outcome, risk, code, message, before, after } = remediation;
  const users = userPool?.['EstimatedNumberOfUsers'];
  const place = { accountId, region, poolId, poolName, users: typeof users === 'number' ? users : null };
  return { ...place, outcome, risk, code, message, before, after, because: [] };
}

function placeOf({ pools }: Pick<ChangeGroup, 'pools'>): number {
  return order.findIndex((outcome) => outcome === pools[0]?.outcome);
}
