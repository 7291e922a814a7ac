/** One pool, read and described with all that policies may ask about its account: for `show` and `policy init`. */
import type { Account, PoolObservation } from '../domain/observation.ts';
import { UserError } from '../errors.ts';
import type { Cloud } from './cloud.ts';
import { accountsToRead } from './discover-accounts.ts';
import type { Calls } from './pacing/calls.ts';
import { readPool } from './read-pool.ts';
import { Roster } from './roster.ts';
import type { ReadingScope } from './scope.ts';

export interface PoolPlace {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
}

export interface OnePool {
  readonly account: Account;
  readonly region: string;
  readonly pool: PoolObservation;
}

/** Throws UserError where the account's role can't be assumed or the pool does not exist. */
export async function readOnePool(cloud: Cloud, calls: Calls, scope: ReadingScope, place: PoolPlace): Promise<OnePool> {
  const account = await accountOf(cloud, calls, scope, place.accountId);
  const accountCalls = cloud.account(account.id);
  const ready = await accountCalls.ready();
  if (!ready.ok) throw new UserError(`${ready.failure.message}\n${ready.failure.remedy}`);
  const { limits } = scope.settings;
  const source = {
    calls,
    pools: accountCalls.userPools(place.region),
    ready: () => accountCalls.ready(),
    listing: calls.quota({ perSecond: limits.quotas.UserPoolRead * limits.quotaShare }),
    reading: calls.quota({ perSecond: limits.quotas.UserPoolResourceRead * limits.quotaShare }),
  };
  const read = await readPool(source, { id: place.poolId, name: '' }, true);
  if (read === null) {
    throw new UserError(`There is no user pool ${place.poolId} in account ${place.accountId}, region ${place.region}.`);
  }
  const name = read.userPool?.read === true ? read.userPool.value['Name'] : null;
  return { account, region: place.region, pool: { ...read, poolName: typeof name === 'string' ? name : read.poolId } };
}

async function accountOf(cloud: Cloud, calls: Calls, scope: ReadingScope, accountId: string): Promise<Account> {
  const named: ReadingScope = {
    ...scope,
    settings: { ...scope.settings, accounts: { kind: 'ids', ids: [accountId] }, include: [], exclude: [] },
    filters: { accounts: null, regions: null, shard: null },
  };
  for await (const account of accountsToRead(cloud, calls, named, new Roster())) return account;
  throw new UserError(`Account ${accountId} could not be found.`);
}
