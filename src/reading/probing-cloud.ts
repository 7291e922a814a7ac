import type { Cloud, Paged, UserPoolCalls } from '../ports/cloud.ts';

/** Of so many pages one gives a pool: a listing of nothing but empty pages would be taken for endless. */
const pagesPerPool = 90;

export interface Probe {
  /** The same AWS, in which a region has one user pool, or a few if it has thousands: enough to try each permission. */
  readonly cloud: Cloud;
  /** How many pools were listed, those that are not read included. */
  pools(): number;
}

export function probe(cloud: Cloud): Probe {
  let pools = 0;

  function firstOf<T>(list: Paged<T>): Paged<T> {
    let [listed, pagesSince] = [0, 0];
    return async (token) => {
      const page = await list(token);
      if (!page.ok) return page;
      // What is listed anew, since a pool of it is gone, is the same once more.
      if (token === null) [pools, listed, pagesSince] = [pools - listed, 0, pagesPerPool];
      const { items, next } = page.value;
      pools += items.length;
      listed += items.length;
      pagesSince += 1;
      const given = pagesSince > pagesPerPool ? items.slice(0, 1) : [];
      if (given.length > 0) pagesSince = 0;
      return { ...page, value: { items: given, next } };
    };
  }

  const firstPoolOf = (calls: UserPoolCalls): UserPoolCalls => ({ ...calls, list: firstOf(calls.list) });
  return {
    cloud: {
      ...cloud,
      account(accountId) {
        const account = cloud.account(accountId);
        return { ...account, userPools: (region) => firstPoolOf(account.userPools(region)) };
      },
    },
    pools: () => pools,
  };
}
