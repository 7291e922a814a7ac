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
import type { ListedAccount, Organization, OrganizationCalls } from '../../ports/cloud.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import type { OrganizationalUnit } from '../../domain/model/observation.ts';
import { rawAnswer } from '../answers/answer-text.ts';
import type { Clients } from '../session/clients.ts';
import type { Identity } from '../session/identity.ts';
import { listIn, objectIn, optionalTextIn, pageIn, pageToken, textIn, textsIn, unlike } from '../answers/members.ts';
import { requestsAs } from './requests.ts';

/** The most that its lists give at a time (Organizations API reference). */
const pageSize = 20;

export function organizationCalls(clients: Clients, identity: Identity): OrganizationCalls {
  const client: OrganizationsClient = clients.organizations(identity);
  const request = requestsAs(identity, client, clients);
  return {
    ready: () => identity.ready(),
    describe: () =>
      request(
        'organizations:DescribeOrganization',
        () => client.send(new DescribeOrganizationCommand({})),
        (output) => organizationOf(objectIn(rawAnswer(output), 'Organization')),
      ),
    accounts: (token) =>
      request(
        'organizations:ListAccounts',
        () => client.send(new ListAccountsCommand(page(token))),
        (output) => pageIn(rawAnswer(output), 'Accounts', listedAccount),
      ),
    roots: (token) =>
      request(
        'organizations:ListRoots',
        () => client.send(new ListRootsCommand(page(token))),
        (output) => pageIn(rawAnswer(output), 'Roots', unit),
      ),
    unitsBelow: (parentId) => (token) =>
      request(
        'organizations:ListOrganizationalUnitsForParent',
        () => client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: parentId, ...page(token) })),
        (output) => pageIn(rawAnswer(output), 'OrganizationalUnits', unit),
      ),
    accountName: (accountId) =>
      request(
        'organizations:DescribeAccount',
        () => client.send(new DescribeAccountCommand({ AccountId: accountId })),
        (output) => nameOf(objectIn(rawAnswer(output), 'Account'), accountId),
      ),
    parentOf: (accountId) =>
      request(
        'organizations:ListParents',
        () => client.send(new ListParentsCommand({ ChildId: accountId })),
        (output) => onlyOne(listIn(rawAnswer(output), 'Parents', (parent) => textIn(parent, 'Id'))),
      ),
    tagsOf: (accountId) => (token) =>
      request(
        'organizations:ListTagsForResource',
        () => client.send(new ListTagsForResourceCommand({ ResourceId: accountId, ...pageToken(token) })),
        (output) => pageIn(rawAnswer(output), 'Tags', tag),
      ),
  };
}

function page(token: string | null) {
  return { MaxResults: pageSize, ...pageToken(token) };
}

function organizationOf(item: JsonObject): Organization {
  return { id: textIn(item, 'Id'), managementAccountId: optionalTextIn(item, 'MasterAccountId') };
}

function listedAccount(account: JsonObject): ListedAccount {
  const id = textIn(account, 'Id');
  return {
    id,
    arn: optionalTextIn(account, 'Arn'),
    name: optionalTextIn(account, 'Name'),
    state: optionalTextIn(account, 'State') ?? optionalTextIn(account, 'Status'),
    unitIds: unitIdsOf(textsIn(account, 'Paths')[0] ?? '', id),
  };
}

/** `null` for anything else than `o-…/r-…/ou-…/ou-…/ACCOUNT/`: a path that can't be read does not lead to the root. */
function unitIdsOf(path: string, accountId: string): readonly string[] | null {
  const [organization = '', root = '', ...rest] = path.replace(/\/$/, '').split('/');
  const units = rest.slice(0, -1);
  const isPath = organization.startsWith('o-') && root.startsWith('r-') && rest.at(-1) === accountId;
  return isPath && units.every((id) => id.startsWith('ou-')) ? units : null;
}

function unit(item: JsonObject): OrganizationalUnit {
  return { id: textIn(item, 'Id'), name: optionalTextIn(item, 'Name') };
}

/** A tag may have an empty value, and never none. */
function tag(item: JsonObject): readonly [key: string, value: string] {
  const value = optionalTextIn(item, 'Value');
  if (value === null) throw unlike('a tag has no Value');
  return [textIn(item, 'Key'), value];
}

/** An account has one parent; of several nobody knows which. */
function onlyOne(ids: readonly string[]): string | null {
  const [id, second] = ids;
  return id === undefined || second !== undefined ? null : id;
}

function nameOf(account: JsonObject, wanted: string): string | null {
  const id = textIn(account, 'Id');
  if (id !== wanted) throw unlike(`it is about account ${id}, not ${wanted}`);
  return optionalTextIn(account, 'Name');
}
