import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { ListedAccount, OrganizationCalls, Page } from '../audit/cloud.ts';
import type { JsonObject } from '../domain/json.ts';
import type { OrganizationalUnit } from '../domain/observation.ts';
import { rawAnswer } from './answer-text.ts';
import type { Clients } from './clients.ts';
import type { Identity } from './identity.ts';
import { listIn, nextTokenIn, objectIn, optionalTextIn, pageToken, textIn, textsIn } from './members.ts';
import { requestsAs } from './requests.ts';

/** The most that its lists give at a time (Organizations API reference). */
const pageSize = 20;

export function organizationCalls(clients: Clients, identity: Identity): OrganizationCalls {
  const client: OrganizationsClient = clients.organizations(identity);
  const request = requestsAs(identity, client, clients.clockOffset);
  return {
    describe: () =>
      request(
        'organizations:DescribeOrganization',
        () => client.send(new DescribeOrganizationCommand({})),
        (output) => textIn(objectIn(rawAnswer(output), 'Organization'), 'Id'),
      ),
    accounts: (token) =>
      request(
        'organizations:ListAccounts',
        () => client.send(new ListAccountsCommand(page(token))),
        (output) => pageOf(output, 'Accounts', listedAccount),
      ),
    roots: (token) =>
      request(
        'organizations:ListRoots',
        () => client.send(new ListRootsCommand(page(token))),
        (output) => pageOf(output, 'Roots', unit),
      ),
    unitsBelow: (parentId) => (token) =>
      request(
        'organizations:ListOrganizationalUnitsForParent',
        () => client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: parentId, ...page(token) })),
        (output) => pageOf(output, 'OrganizationalUnits', unit),
      ),
    accountName: (accountId) =>
      request(
        'organizations:DescribeAccount',
        () => client.send(new DescribeAccountCommand({ AccountId: accountId })),
        (output) => optionalTextIn(objectIn(rawAnswer(output), 'Account'), 'Name'),
      ),
    parentOf: (accountId) =>
      request(
        'organizations:ListParents',
        () => client.send(new ListParentsCommand({ ChildId: accountId })),
        (output) => listIn(rawAnswer(output), 'Parents', (parent) => textIn(parent, 'Id'))[0] ?? null,
      ),
    tagsOf: (accountId) => (token) =>
      request(
        'organizations:ListTagsForResource',
        () => client.send(new ListTagsForResourceCommand({ ResourceId: accountId, ...pageToken(token) })),
        (output) => pageOf(output, 'Tags', tag),
      ),
  };
}

function page(token: string | null) {
  return { MaxResults: pageSize, ...pageToken(token) };
}

function pageOf<T>(output: object, list: string, read: (item: JsonObject) => T): Page<T> {
  const answer = rawAnswer(output);
  return { items: listIn(answer, list, read), next: nextTokenIn(answer) };
}

function listedAccount(account: JsonObject): ListedAccount {
  const id = textIn(account, 'Id');
  return {
    id,
    arn: optionalTextIn(account, 'Arn'),
    name: optionalTextIn(account, 'Name'),
    state: optionalTextIn(account, 'State') ?? optionalTextIn(account, 'Status'),
    unitIds: unitIdsOf(textsIn(account, 'Paths')[0], id),
  };
}

/** `o-…/r-…/ou-…/ou-…/ACCOUNT/`: the units are what stands between the root and the account. */
function unitIdsOf(path: string | undefined, accountId: string): readonly string[] | null {
  if (path === undefined) return null;
  return path.split('/').filter((part) => part.startsWith('ou-') && part !== accountId);
}

function unit(item: JsonObject): OrganizationalUnit {
  return { id: textIn(item, 'Id'), name: optionalTextIn(item, 'Name') ?? '' };
}

function tag(item: JsonObject): readonly [key: string, value: string] {
  return [textIn(item, 'Key'), optionalTextIn(item, 'Value') ?? ''];
}
