/** Multi-Region replication within one account: what a Set on the primary does to its replicas. AWS calls it eventual; here it is at once. */
import { replicatedFrom } from '../cognito/user-pools.ts';
import type { StoredPool } from '../world/stored-pool.ts';
import type { LiveAccount } from '../world/world.ts';

export function synchronizeReplicas(account: LiveAccount, primary: StoredPool): void {
  for (const replica of replicasOf(account, primary)) {
    account.shelves.get(replica.region)?.replace(replicatedFrom(primary, replica));
  }
}

/** Only a primary has any. */
export function replicasOf(account: LiveAccount, pool: StoredPool): readonly StoredPool[] {
  if (account.shelves.size === 1 || pool.region !== pool.primaryRegion) return [];
  return [...account.shelves].flatMap(([region, shelf]) => {
    const found = region === pool.region ? undefined : shelf.find(pool.id);
    return found?.primaryRegion === pool.region ? [found] : [];
  });
}
