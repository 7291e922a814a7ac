import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  type Account,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { ListedAccount, OrganizationCalls } from '../audit/cloud.ts';
import type { OrganizationalUnit } from '../domain/observation.ts';
import type { Clients } from './clients.ts';
import type { Action } from './failures.ts';
import type { Identity } from './identity.ts';
import { MalformedAnswer } from './malformed-answer.ts';
import { requestAs } from './requests.ts';

/** The most that its lists give at a time (Organizations API reference). */
const pageSize = 20;

export function organizationCalls(clients: Clients, identity: Identity): OrganizationCalls {
  const client: OrganizationsClient = clients.organizations(identity);
  const send = <T>(action: Action, request: () => Promise<T>) =>
    requestAs(identity, client, clients.clockOffset, action, request);
  return {
    describe: () =>
      send('organizations:DescribeOrganization', async () => {
        const { Organization: organization } = await client.send(new DescribeOrganizationCommand({}));
        return organization?.Id ?? missing('no organization');
      }),
    accounts: (token) =>
      send('organizations:ListAccounts', async () => {
        const answer = await client.send(new ListAccountsCommand(page(token)));
        return {
          items: (answer.Accounts ?? missing('no accounts')).map(listedAccount),
          next: answer.NextToken || null,
        };
      }),
    roots: (token) =>
      send('organizations:ListRoots', async () => {
        const answer = await client.send(new ListRootsCommand(page(token)));
        return { items: (answer.Roots ?? missing('no roots')).map(unit), next: answer.NextToken || null };
      }),
    unitsBelow: (parentId) => (token) =>
      send('organizations:ListOrganizationalUnitsForParent', async () => {
        const command = new ListOrganizationalUnitsForParentCommand({ ParentId: parentId, ...page(token) });
        const answer = await client.send(command);
        return { items: (answer.OrganizationalUnits ?? missing('no units')).map(unit), next: answer.NextToken || null };
      }),
    accountName: (accountId) =>
      send('organizations:DescribeAccount', async () => {
        const { Account: account } = await client.send(new DescribeAccountCommand({ AccountId: accountId }));
        return account?.Name ?? null;
      }),
    parentOf: (accountId) =>
      send('organizations:ListParents', async () => {
        const { Parents: parents } = await client.send(new ListParentsCommand({ ChildId: accountId }));
        return parents?.[0]?.Id ?? null;
      }),
    tagsOf: (accountId) => (token) =>
      send('organizations:ListTagsForResource', async () => {
        const next = token === null ? {} : { NextToken: token };
        const answer = await client.send(new ListTagsForResourceCommand({ ResourceId: accountId, ...next }));
        const tags = answer.Tags ?? missing('no tags');
        return {
          items: tags.map(({ Key: key, Value: value }) => [key ?? '', value ?? ''] as const),
          next: answer.NextToken || null,
        };
      }),
  };
}

function page(token: string | null): { MaxResults: number; NextToken?: string } {
  return { MaxResults: pageSize, ...(token === null ? {} : { NextToken: token }) };
}

function listedAccount(account: Account): ListedAccount {
  return {
    id: account.Id ?? missing('an account without an id'),
    name: account.Name ?? null,
    state: account.State ?? account.Status ?? null,
    unitIds: unitIdsOf(account.Paths?.[0], account.Id),
  };
}

/** `o-…/r-…/ou-…/ou-…/ACCOUNT/`: the units are what stands between the root and the account. */
function unitIdsOf(path: string | undefined, accountId: string | undefined): readonly string[] | null {
  if (path === undefined) return null;
  return path.split('/').filter((part) => part.startsWith('ou-') && part !== accountId);
}

function unit({
  Id: id,
  Name: name,
}: {
  readonly Id?: string | undefined;
  readonly Name?: string | undefined;
}): OrganizationalUnit {
  return { id: id ?? missing('a unit without an id'), name: name ?? '' };
}

function missing(what: string): never {
  throw new MalformedAnswer(`the answer is not what the API promises: ${what}`, { isDamaged: false });
}
