/** Everything a running sandbox knows: the fleet, and what calls have changed since it started. */
import type { Fleet, FleetAccount, ServiceControlPolicy } from '../fleet/fleet.ts';
import { partitionOf } from '../fleet/region-list.ts';
import { OrganizationTree } from './organization-tree.ts';
import { CredentialStore } from '../identity/credentials.ts';
import { policiesOver } from '../identity/authorize.ts';
import { PoolShelf } from './pool-shelf.ts';
import type { Switches } from './stored-pool.ts';
import { Trail } from './trail.ts';

export interface LiveAccount {
  readonly facts: FleetAccount;
  readonly policies: readonly ServiceControlPolicy[];
  /** By region; none where the account has no pool. */
  readonly shelves: Map<string, PoolShelf>;
}

export interface World {
  readonly fleet: Fleet;
  readonly switches: Switches;
  readonly credentials: CredentialStore;
  readonly accounts: ReadonlyMap<string, LiveAccount>;
  readonly trail: Trail;
  /** `null`: there is no organization. */
  readonly tree: OrganizationTree | null;
}

export function createWorld(fleet: Fleet, switches: Switches): World {
  const accounts = fleet.accounts.map((facts): [string, LiveAccount] => [
    facts.id,
    { facts, policies: policiesOver(facts, fleet), shelves: shelve(facts) },
  ]);
  return {
    fleet,
    switches,
    credentials: new CredentialStore(fleet.seed, partitionOf(fleet.homeRegion)),
    accounts: new Map(accounts),
    trail: new Trail(),
    tree:
      fleet.organization === null
        ? null
        : new OrganizationTree(fleet.organization, fleet.accounts, partitionOf(fleet.homeRegion)),
  };
}

/** Whether credentials of the account are accepted in the region. */
export function isServed(account: LiveAccount, region: string): boolean {
  const status = account.facts.regions[region];
  return status === 'ENABLED' || status === 'ENABLED_BY_DEFAULT';
}

/** Where the account's pools of a region lie; an empty one where there are none yet. */
export function shelfIn({ shelves }: LiveAccount, region: string): PoolShelf {
  const shelf = shelves.get(region) ?? new PoolShelf();
  shelves.set(region, shelf);
  return shelf;
}

function shelve(account: FleetAccount): Map<string, PoolShelf> {
  const shelves = new Map<string, PoolShelf>();
  for (const placed of account.pools) {
    const shelf = shelves.get(placed.pool.region) ?? new PoolShelf();
    shelf.add(placed);
    shelves.set(placed.pool.region, shelf);
  }
  return shelves;
}
