import type { Cloud, Paged, UserPoolCalls } from './cloud.ts';

/** The same AWS, in which every region holds at most one user pool: enough to try each permission, and no more. */
export function probingCloud(cloud: Cloud): Cloud {
  return {
    callerArn: cloud.callerArn,
    callerAccountId: cloud.callerAccountId,
    partition: cloud.partition,
    organization: cloud.organization,
    servesCognito: (region) => cloud.servesCognito(region),
    account(accountId) {
      const account = cloud.account(accountId);
      return { ...account, userPools: (region) => firstPoolOf(account.userPools(region)) };
    },
  };
}

function firstPoolOf(pools: UserPoolCalls): UserPoolCalls {
  return { ...pools, list: firstOf(pools.list) };
}

function firstOf<T>(list: Paged<T>): Paged<T> {
  return async (token) => {
    const page = await list(token);
    if (!page.ok || page.value.items.length === 0) return page;
    return { ...page, value: { items: page.value.items.slice(0, 1), next: null } };
  };
}
