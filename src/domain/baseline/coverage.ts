import { isInShard } from '../result/shard.ts';
import type { Result } from '../result/result.ts';
import { accountsTold, hasLeft } from './accounts-told.ts';

/** Where a run looked and could read: only there can it say that something is gone. */
export interface Coverage {
  /** Whether the list of the unit's pools is whole. */
  isListed(accountId: string, region: string): boolean;
  /** Whether the pool was deleted while the run read. */
  isDeleted(place: { readonly accountId: string; readonly region: string; readonly poolId: string }): boolean;
  /** Whether the account is closed, or in the organization no more. */
  hasLeft(accountId: string): boolean;
  /** Whether what was found there earlier is this run's to hand on: a shard leaves other accounts to the other shards. */
  handsOn(accountId: string): boolean;
}

/** Holds the accounts and units of the result in memory, not its pools. */
export async function coverageOf(result: Result): Promise<Coverage> {
  const listed = new Set<string>();
  const deleted = new Set<string>();
  for await (const { accountId, region, status } of result.units()) {
    if (status === 'read') listed.add(key(accountId, region));
  }
  for await (const { scope, accountId, region, poolId } of result.skipped()) {
    if (scope === 'pool') deleted.add(key(accountId, region, poolId));
  }
  const { shard } = result.head.run;
  const told = await accountsTold(result);
  const handsOn = (accountId: string): boolean => shard === null || isInShard(accountId, shard);
  return {
    isListed: (accountId, region) => listed.has(key(accountId, region)),
    isDeleted: ({ accountId, region, poolId }) => deleted.has(key(accountId, region, poolId)),
    hasLeft: (accountId) => handsOn(accountId) && hasLeft(accountId, told),
    handsOn,
  };
}

function key(...place: readonly (string | null)[]): string {
  return place.join('/');
}
