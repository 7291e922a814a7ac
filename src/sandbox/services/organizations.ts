/** AWS Organizations, read only (API reference; botocore model `organizations` 2016-11-28). */
import type { JsonObject } from '../../domain/model/json.ts';
import type { FleetAccount, FleetUnit } from '../fleet/fleet.ts';
import type { Input } from '../input.ts';
import type { OrganizationTree } from '../world/organization-tree.ts';
import { ServiceFailure } from '../service-failure.ts';
import { authorize, nextToken, page, type ServiceCall, type Operation } from './operation.ts';
import { accountAnswer, organizationAnswer, rootAnswer, unitAnswer } from './organization-answers.ts';

const unitPattern = 'ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}';
const parentId = { max: 100, pattern: `(r-[0-9a-z]{4,32})|(${unitPattern})` };
const childId = { max: 100, pattern: String.raw`(\d{12})|(${unitPattern})` };
const taggableId = { max: 130, pattern: String.raw`(r-[0-9a-z]{4,32})|(\d{12})|(${unitPattern})` };
const accountId = { max: 12, pattern: String.raw`\d{12}` };

export const organizationsOperations: Readonly<Record<string, Operation>> = {
  DescribeOrganization: (call) => {
    authorize(call, 'organizations:DescribeOrganization', '*');
    return { Organization: organizationAnswer(treeOf(call)) };
  },
  ListAccounts: (call, input) => {
    const tree = readable(call, 'ListAccounts');
    return cut(call, input, 'Accounts', tree.accounts, 'all', (account) => accountAnswer(tree, account));
  },
  ListRoots: (call, input) => {
    const tree = readable(call, 'ListRoots');
    return cut(call, input, 'Roots', [tree], 'roots', rootAnswer);
  },
  ListOrganizationalUnitsForParent: (call, input) => {
    const tree = readable(call, 'ListOrganizationalUnitsForParent');
    const id = existingParent(tree, input);
    return cut(call, input, 'OrganizationalUnits', tree.unitsOf(id), `units/${id}`, (unit) => unitAnswer(tree, unit));
  },
  ListAccountsForParent: (call, input) => {
    const tree = readable(call, 'ListAccountsForParent');
    const id = existingParent(tree, input);
    return cut(call, input, 'Accounts', tree.accountsOf(id), `accounts/${id}`, (each) => accountAnswer(tree, each));
  },
  ListChildren: (call, input) => {
    const tree = readable(call, 'ListChildren');
    const id = existingParent(tree, input);
    const Type = input.requiredText('ChildType', { values: ['ACCOUNT', 'ORGANIZATIONAL_UNIT'] });
    const children: readonly { readonly id: string }[] = Type === 'ACCOUNT' ? tree.accountsOf(id) : tree.unitsOf(id);
    return cut(call, input, 'Children', children, `${Type}/${id}`, (child) => ({ Id: child.id, Type }));
  },
  ListParents: (call, input) => {
    const tree = readable(call, 'ListParents');
    const { parentId: id } = existingChild(tree, input.requiredText('ChildId', childId));
    const Type = id === tree.facts.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
    return { Parents: [{ Id: id, Type }] };
  },
  DescribeAccount: (call, input) => {
    const tree = readable(call, 'DescribeAccount');
    const account = tree.account(input.requiredText('AccountId', accountId));
    if (account === undefined) {
      throw new ServiceFailure('AccountNotFoundException', "You specified an account that doesn't exist.");
    }
    return { Account: accountAnswer(tree, account) };
  },
  DescribeOrganizationalUnit: (call, input) => {
    const tree = readable(call, 'DescribeOrganizationalUnit');
    const unit = tree.unit(input.requiredText('OrganizationalUnitId', { max: 68, pattern: unitPattern }));
    if (unit === undefined) {
      throw new ServiceFailure(
        'OrganizationalUnitNotFoundException',
        "You specified an organizational unit that doesn't exist.",
      );
    }
    return { OrganizationalUnit: unitAnswer(tree, unit) };
  },
  ListTagsForResource: (call, input) => {
    const tree = readable(call, 'ListTagsForResource');
    const tags = tagsOf(tree, input.requiredText('ResourceId', taggableId));
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
};

function treeOf({ world }: ServiceCall): OrganizationTree {
  if (world.tree !== null) return world.tree;
  throw new ServiceFailure('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
}

/** Every operation but DescribeOrganization is for the management account and delegated administrators. */
function readable(call: ServiceCall, operation: string): OrganizationTree {
  const tree = treeOf(call);
  authorize(call, `organizations:${operation}`, '*');
  if (tree.mayRead(call.account.facts.id)) return tree;
  throw new ServiceFailure('AccessDeniedException', "You don't have permissions to access this resource.");
}

function cut<T>(
  call: ServiceCall,
  input: Input,
  member: string,
  entries: readonly T[],
  list: string,
  answer: (entry: T) => JsonObject,
): JsonObject {
  const size = input.number('MaxResults', { min: 1, max: 20 }) ?? 20;
  const found = page(call, entries, { list: `organizations/${member}/${list}`, token: input.text('NextToken'), size });
  if (found === null) throw input.refuse('You provided an invalid value for NextToken.', 'INVALID_NEXT_TOKEN');
  return { [member]: found.items.map(answer), ...nextToken(found) };
}

function existingParent(tree: OrganizationTree, input: Input): string {
  const id = input.requiredText('ParentId', parentId);
  if (tree.isParent(id)) return id;
  throw new ServiceFailure('ParentNotFoundException', "You specified parent that doesn't exist.");
}

function existingChild(tree: OrganizationTree, id: string): FleetAccount | FleetUnit {
  const child = tree.account(id) ?? tree.unit(id);
  if (child !== undefined) return child;
  throw new ServiceFailure('ChildNotFoundException', "You specified a child that doesn't exist.");
}

function tagsOf(tree: OrganizationTree, id: string): Readonly<Record<string, string>> {
  if (id === tree.facts.rootId) return {};
  const found = tree.account(id) ?? tree.unit(id);
  if (found !== undefined) return found.tags;
  throw new ServiceFailure('TargetNotFoundException', "You specified a target that doesn't exist.");
}
