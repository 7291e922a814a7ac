import { ListRegionsCommand } from '@aws-sdk/client-account';
import type { AccountCalls } from '../audit/cloud.ts';
import type { Clients } from './clients.ts';
import type { Identity } from './identity.ts';
import { MalformedAnswer } from './malformed-answer.ts';
import { requestAs } from './requests.ts';
import { userPoolCalls } from './user-pool-calls.ts';

/** The most that ListRegions gives at a time (Account Management API reference). */
const pageSize = 50;

export function accountCalls(clients: Clients, identity: Identity): AccountCalls {
  const client = clients.account(identity);
  return {
    ready: () => identity.ready(),
    regions: (token) =>
      requestAs(identity, client, clients.clockOffset, 'account:ListRegions', async () => {
        const next = token === null ? {} : { NextToken: token };
        const answer = await client.send(new ListRegionsCommand({ MaxResults: pageSize, ...next }));
        if (answer.Regions === undefined)
          throw new MalformedAnswer('the answer lists no regions', { isDamaged: false });
        const items = answer.Regions.flatMap(({ RegionName: region, RegionOptStatus: state }) =>
          region === undefined || state === undefined ? [] : [{ region, state }],
        );
        return { items, next: answer.NextToken || null };
      }),
    userPools: (region) => userPoolCalls(clients, identity, region),
  };
}
