import { ListRegionsCommand } from '@aws-sdk/client-account';
import type { AccountCalls, RegionState } from '../../ports/cloud.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import { rawAnswer } from '../answers/answer-text.ts';
import type { Clients } from '../session/clients.ts';
import type { Identity } from '../session/identity.ts';
import { optionalTextIn, pageIn, pageToken, textIn } from '../answers/members.ts';
import { askOwner, requireAccount } from '../session/owner.ts';
import { requestsAs } from './requests.ts';
import { userPoolCalls } from './user-pool-calls.ts';

/** The most that ListRegions gives at a time (Account Management API reference). */
const pageSize = 50;

export function accountCalls(clients: Clients, identity: Identity, accountId: string): AccountCalls {
  const client = clients.account(identity);
  const request = requestsAs(identity, client, clients);
  return {
    ready: () => identity.ready(),
    confirm: () =>
      askOwner(clients, identity, (owner) => requireAccount(accountId, owner.accountId, 'sts:GetCallerIdentity')),
    regions: (token) =>
      request(
        'account:ListRegions',
        () => client.send(new ListRegionsCommand({ MaxResults: pageSize, ...pageToken(token) })),
        (output) => pageIn(rawAnswer(output), 'Regions', regionState),
      ),
    userPools: (region) => userPoolCalls(clients, identity, { accountId, region }),
  };
}

function regionState(region: JsonObject): RegionState {
  return { region: textIn(region, 'RegionName'), state: optionalTextIn(region, 'RegionOptStatus') };
}
