/** One pool, read and described with all that policies may ask about its account: for `show` and `policy init`. */
import type { Account, PoolObservation, PoolPlace } from '../domain/model/observation.ts';
import { furtherReads, listingQuota, readSet } from '../domain/model/api/reads.ts';
import { UserError } from '../errors.ts';
import type { Cloud } from '../ports/cloud.ts';
import { accountsToRead } from './accounts/discover-accounts.ts';
import type { Calls } from '../pacing/calls.ts';
import { allItems, pages } from './pages.ts';
import { readPool, type PoolSource } from './read-pool.ts';
import { AccountRegistry } from './accounts/account-registry.ts';
import type { ReadingScope } from './accounts/scope.ts';
import { paceOf, unitQuotas } from './unit-quotas.ts';

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
  if (!ready.ok) throw new UserError([ready.failure.message, ready.failure.remedy]);
  const source: PoolSource = {
    calls,
    pools: accountCalls.userPools(place.region),
    ready: () => accountCalls.ready(),
    quotas: unitQuotas(calls, paceOf(scope.settings.limits), place),
  };
  const read = await readPool(source, { id: place.poolId, name: '' }, readSet(furtherReads));
  if (read === null) {
    throw new UserError(`There is no user pool ${place.poolId} in account ${place.accountId}, region ${place.region}.`);
  }
  return { account, region: place.region, pool: { ...read, poolName: await nameOf(source, read) } };
}

/** Its description has the name, else the listing: policies select by it, so that nothing stands in for it. */
async function nameOf(
  { calls, pools, quotas, ready }: PoolSource,
  { poolId, userPool }: PoolObservation,
): Promise<string> {
  const name = userPool?.read === true ? userPool.value['Name'] : null;
  if (typeof name === 'string') return name;
  const listed = await allItems(pages(calls, quotas[listingQuota], pools.list, ready));
  if (!listed.ok) throw new UserError(`${listed.failure.message}\n${listed.failure.remedy}`);
  const found = listed.value.find(({ id }) => id === poolId);
  if (found === undefined) throw new UserError(`cognito-idp:ListUserPools does not list the pool ${poolId}.`);
  return found.name;
}

async function accountOf(cloud: Cloud, calls: Calls, scope: ReadingScope, accountId: string): Promise<Account> {
  const named: ReadingScope = {
    ...scope,
    settings: { ...scope.settings, accounts: { kind: 'ids', ids: [accountId] }, include: [], exclude: [] },
    filters: { accounts: null, regions: null, shard: null },
  };
  for await (const account of accountsToRead(cloud, calls, named, new AccountRegistry(calls.log))) return account;
  throw new UserError(`Account ${accountId} could not be found.`);
}
