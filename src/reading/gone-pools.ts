/** Pools that the service denies to know though it has listed them: deleted meanwhile, or not answered for. */
import { byFurtherRead, listingQuota } from '../domain/model/api/reads.ts';
import { gapMeanings, type Failure, type PoolObservation } from '../domain/model/observation.ts';
import type { ListedPool } from '../ports/cloud.ts';
import { allItems, pages } from './pages.ts';
import type { PoolSource } from './read-pool.ts';
import { asFailure } from './accounts/account-registry.ts';

export interface GonePools {
  /** Ids of those that were deleted: a second listing does not have them any more. */
  readonly deleted: readonly string[];
  /** The others, as gaps. */
  readonly unread: readonly PoolObservation[];
}

/** Lists the unit once more, where any pool of it is gone, since a wrong answer must not make a pool vanish. */
export async function settleGone(source: PoolSource, gone: readonly ListedPool[]): Promise<GonePools> {
  if (gone.length === 0) return { deleted: [], unread: [] };
  const listed = await allItems(pages(source.calls, source.quotas[listingQuota], source.pools.list, source.ready));
  if (!listed.ok)
    return { deleted: [], unread: gone.map((pool) => unreadPool(source, pool, asFailure(listed.failure))) };
  const ids = new Set(listed.value.map(({ id }) => id));
  return {
    deleted: gone.flatMap(({ id }) => (ids.has(id) ? [] : [id])),
    unread: gone.flatMap((pool) => (ids.has(pool.id) ? [unreadPool(source, pool, stillListed)] : [])),
  };
}

const stillListed: Failure = {
  code: 'malformed',
  message:
    'cognito-idp:GetUserPoolMfaConfig: ResourceNotFoundException, and ListUserPools lists the pool after that too',
  remedy: gapMeanings.malformed.help,
};

function unreadPool({ calls }: PoolSource, { id, name }: ListedPool, failure: Failure): PoolObservation {
  return {
    poolId: id,
    poolName: name,
    observedAt: calls.clock.date().toISOString(),
    requestId: null,
    mfaConfig: { read: false, failure },
    ...byFurtherRead(() => null),
  };
}
