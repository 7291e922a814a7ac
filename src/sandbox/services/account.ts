/** AWS Account Management: `ListRegions` (API reference, "ListRegions"; botocore model `account` 2021-02-01). */
import { ServiceFailure } from '../service-failure.ts';
import type { LiveAccount } from '../world/world.ts';
import type { Input } from '../input.ts';
import { partitionOf } from '../fleet/region-list.ts';
import { authorize, nextToken, page, type ServiceCall, type Operation } from './operation.ts';

const optStatuses = ['ENABLED', 'ENABLING', 'DISABLING', 'DISABLED', 'ENABLED_BY_DEFAULT'];

export const accountOperations: Readonly<Record<string, Operation>> = { ListRegions: listRegions };

function listRegions(call: ServiceCall, input: Input) {
  const accountId = input.text('AccountId', { pattern: String.raw`\d{12}` });
  const wanted = input.words('RegionOptStatusContains', optStatuses);
  const size = input.number('MaxResults', { min: 1, max: 50 }) ?? 50;
  const account = accountId === undefined ? call.account : memberAccount(call, accountId);
  authorize(call, 'account:ListRegions', arnOf(call, account.facts.id));
  const regions = Object.entries(account.facts.regions)
    .filter(([, status]) => wanted === undefined || wanted.includes(status))
    .map(([RegionName, RegionOptStatus]) => ({ RegionName, RegionOptStatus }));
  const list = `ListRegions/${account.facts.id}/${wanted?.join() ?? ''}`;
  const cut = page(call, regions, { list, token: input.text('NextToken', { max: 1000 }), size });
  if (cut === null) throw input.refuse('The NextToken is not valid.', 'INVALID_NEXT_TOKEN');
  return { Regions: cut.items, ...nextToken(cut) };
}

/** Another account is read by the management account or a delegated administrator only; the management account never by id. */
function memberAccount(call: ServiceCall, accountId: string): LiveAccount {
  const { tree, accounts } = call.world;
  const account = accounts.get(accountId);
  if (tree?.mayRead(call.account.facts.id) !== true || account === undefined) throw denied(call, accountId, '');
  if (accountId === tree.facts.managementAccountId) {
    const reason =
      ' (The management account can only be managed using the standalone context from the management account.)';
    throw denied(call, accountId, reason);
  }
  return account;
}

function denied(call: ServiceCall, accountId: string, reason: string): ServiceFailure {
  const resource = arnOf(call, accountId);
  const text = `User: ${call.identity.arn} is not authorized to perform: account:ListRegions on resource: ${resource}${reason}`;
  return new ServiceFailure('AccessDeniedException', text, 403);
}

function arnOf({ region }: ServiceCall, accountId: string): string {
  return `arn:${partitionOf(region)}:account::${accountId}:account`;
}
