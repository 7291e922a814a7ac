/** Which accounts a run reads: listed by Organizations, named in the configuration, or the caller's own. */
import type { Account, Failure } from '../../domain/model/observation.ts';
import { UserError } from '../../errors.ts';
import { newFactRows, pathAsListed, pathByParent, tagsOf, type Directory } from './account-facts.ts';
import { checkedTree } from './checked-tree.ts';
import type { Cloud, ListedAccount } from '../../ports/cloud.ts';
import { enter } from './classify-account.ts';
import { namedAccounts, namedBy } from './named-accounts.ts';
import { inNone, isNone, ownOrganization } from './own-organization.ts';
import type { Calls } from '../../pacing/calls.ts';
import { pages } from '../pages.ts';
import { accountState, type AccountRegistry } from './account-registry.ts';
import { isInFilters, type ReadingScope } from './scope.ts';
import type { UnitTree } from './unit-tree.ts';

/** Nobody publishes Organizations' quotas; others were throttled from a few hundred accounts on. Shards share it. */
const organizationsPerSecond = 10;
const slowestPerSecond = 2.5;

/**
 * Yields each account to read as soon as it is known, and enters every account in the registry. Throws UserError where
 * there is nothing to read, or accounts can't be listed at all.
 */
export async function* accountsToRead(
  cloud: Cloud,
  calls: Calls,
  scope: ReadingScope,
  registry: AccountRegistry,
): AsyncGenerator<Account, void, void> {
  const { organization } = cloud;
  const perSecond = Math.max(organizationsPerSecond / (scope.filters.shard?.count ?? 1), slowestPerSecond);
  const quota = calls.quota({ perSecond, name: 'organizations', isSerial: true });
  const directory = { organization, calls, quota, rows: newFactRows(), unread: registry.unreadFacts };
  const described = ownOrganization(directory);
  const unnamed: ListedAccount[] = [];
  const { accounts: source } = scope.settings;
  if (source.kind === 'organization') yield* listedAccounts(directory, scope, registry, unnamed);
  else yield* namedAccounts(directory, namedBy(source, cloud), scope, registry, described);
  registry.listed();
  // A shard may rightly hold no account; the list that is split must not be empty.
  const mayBeIdle = scope.filters.shard !== null && registry.seen > 0;
  if (!registry.holdsWork() && !mayBeIdle) throw new UserError(nothingToRead(registry));
  // For the result alone: no account waits for these.
  const own = await described();
  registry.organization = own.ok ? own.value : null;
  if (!own.ok && !isNone(own)) registry.unreadFacts.add('organization', '', own.failure);
  if (isNone(own) && scope.settings.organizationRole === null) registry.amend(cloud.callerAccountId, inNone);
  if (unnamed.length > 0) await nameUnits(directory, scope, unnamed, registry);
}

/** Leaves accounts in `unnamed` whose organizational units nothing asks for before they are read. */
async function* listedAccounts(
  directory: Directory,
  scope: ReadingScope,
  registry: AccountRegistry,
  unnamed: ListedAccount[],
): AsyncGenerator<Account, void, void> {
  const { needs, filters } = scope;
  const unseen = new Set(filters.accounts);
  const held: Account[] = [];
  let tree: UnitTree | null = null;
  let isFirst = true;
  const { calls, quota, organization } = directory;
  for await (const page of pages(calls, quota, organization.accounts, () => organization.ready())) {
    // Nothing but empty pages may have come before.
    if (!page.ok && registry.seen === 0) throw new UserError(cannotList(page.failure, scope.settings.organizationRole));
    if (isFirst && needs.accountPaths) tree = await checkedTree(directory, scope);
    isFirst = false;
    if (!page.ok) {
      registry.organizationGap(page.failure);
      break;
    }
    for (const listed of page.value) {
      unseen.delete(listed.id);
      registry.seen += 1;
      if (!isInFilters(listed.id, filters)) {
        registry.passOver(listed.id);
        continue;
      }
      const account = await listedAccount(directory, scope, tree, listed);
      if (!needs.accountPaths) unnamed.push(listed);
      if (!enter(account, listed.state, scope, registry)) continue;
      if (filters.accounts === null) yield account;
      else held.push(account);
    }
  }
  if (unseen.size > 0 && registry.gaps.every((gap) => gap.scope !== 'organization'))
    throw new UserError(`--account: the organization has no account ${[...unseen].join(', ')}.`);
  yield* held;
}

async function nameUnits(
  directory: Directory,
  scope: ReadingScope,
  listed: readonly ListedAccount[],
  registry: AccountRegistry,
): Promise<void> {
  const tree = await checkedTree(directory, scope);
  if (tree === null) return;
  for (const account of listed) registry.amend(account.id, { path: await pathIn(directory, tree, account) });
}

async function listedAccount(
  directory: Directory,
  { needs }: ReadingScope,
  tree: UnitTree | null,
  listed: ListedAccount,
): Promise<Account> {
  return {
    id: listed.id,
    arn: listed.arn,
    name: listed.name,
    state: accountState(listed.state),
    path: tree === null ? pathAsListed(listed, tree) : await pathIn(directory, tree, listed),
    tags: needs.accountTags ? await tagsOf(directory, listed.id) : null,
    regionsNotAudited: null,
  };
}

async function pathIn(directory: Directory, tree: UnitTree, listed: ListedAccount): Promise<Account['path']> {
  return pathAsListed(listed, tree) ?? (await pathByParent(directory, tree, listed.id));
}

function cannotList({ name, message, remedy, code }: Failure & { readonly name: string }, role: string | null): string {
  if (role !== null)
    return `The accounts of the organization cannot be listed by accounts.organizationRole, ${role} (${message}). ${remedy} It must be in the management account or in a delegated administrator.`;
  if (name === 'AWSOrganizationsNotInUseException')
    return `The caller's account is in no organization (${message}). Name the accounts: accounts.ids, or remove accounts from the configuration to audit the caller's own.`;
  if (code === 'AccessDenied')
    return `The accounts of the organization cannot be listed (${message}). Run with the management account or a delegated administrator that may organizations:ListAccounts, or name the accounts: accounts.ids.`;
  return `The accounts of the organization cannot be listed (${message}). ${remedy}`;
}

function nothingToRead(registry: AccountRegistry): string {
  const skipped = registry.skipped.length;
  if (skipped === 0) return 'No account in scope: the list of accounts is empty. Is the caller in the organization?';
  return `No account in scope: all ${skipped} accounts are left out by the configuration or not active.`;
}
