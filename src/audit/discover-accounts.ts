/** Which accounts a run reads: listed by Organizations, named in the configuration, or the caller's own. */
import type { Account, Failure } from '../domain/observation.ts';
import type { Selector } from '../domain/selectors.ts';
import { UserError } from '../errors.ts';
import { nameOf, newFactRows, pathAsListed, pathByParent, tagsOf, type Directory } from './account-facts.ts';
import type { Cloud, ListedAccount } from './cloud.ts';
import { enter } from './enter-account.ts';
import type { Calls } from './pacing/calls.ts';
import { pages } from './pages.ts';
import { accountState, type Roster } from './roster.ts';
import { isInFilters, type ReadingScope } from './scope.ts';
import { readUnitTree, requireUnits, type UnitTree } from './unit-tree.ts';

/** Nobody publishes Organizations' quotas; others were throttled from a few hundred accounts on. Shards share it. */
const organizationsPerSecond = 10;
const slowestPerSecond = 2.5;

/**
 * Yields each account to read as soon as it is known, and enters every account in the roster. Throws UserError where
 * there is nothing to read, or accounts can't be listed at all.
 */
export async function* accountsToRead(
  cloud: Cloud,
  calls: Calls,
  scope: ReadingScope,
  roster: Roster,
): AsyncGenerator<Account, void, void> {
  const { organization } = cloud;
  const perSecond = Math.max(organizationsPerSecond / (scope.filters.shard?.count ?? 1), slowestPerSecond);
  const quota = calls.quota({ perSecond, isSerial: true });
  const directory = { organization, calls, quota, rows: newFactRows() };
  const unnamed: ListedAccount[] = [];
  const { accounts: source } = scope.settings;
  if (source.kind === 'organization') yield* listedAccounts(directory, scope, roster, unnamed);
  else yield* namedAccounts(directory, source.kind === 'ids' ? source.ids : [cloud.callerAccountId], scope, roster);
  roster.listed();
  // A shard may rightly hold no account; the list that is split must not be empty.
  const mayBeIdle = scope.filters.shard !== null && roster.seen > 0;
  if (!roster.holdsWork() && !mayBeIdle) throw new UserError(nothingToRead(roster));
  // For the result alone: no account waits for these.
  const described = await calls.run(directory.quota, () => organization.describe());
  roster.organizationId = described.ok ? described.value : null;
  if (unnamed.length > 0) await nameUnits(directory, scope, unnamed, roster);
}

/** Leaves accounts in `unnamed` whose organizational units nothing asks for before they are read. */
async function* listedAccounts(
  directory: Directory,
  scope: ReadingScope,
  roster: Roster,
  unnamed: ListedAccount[],
): AsyncGenerator<Account, void, void> {
  const { needs, filters } = scope;
  const unseen = new Set(filters.accounts);
  const held: Account[] = [];
  let tree: UnitTree | null = null;
  let isFirst = true;
  for await (const page of pages(directory.calls, directory.quota, directory.organization.accounts)) {
    if (!page.ok && isFirst) throw new UserError(cannotList(page.failure));
    if (isFirst && needs.accountPaths) tree = await checkedTree(directory, scope);
    isFirst = false;
    if (!page.ok) {
      roster.organizationGap(page.failure);
      break;
    }
    for (const listed of page.value) {
      unseen.delete(listed.id);
      roster.seen += 1;
      if (!isInFilters(listed.id, filters)) continue;
      const account = await listedAccount(directory, scope, tree, listed);
      if (!needs.accountPaths) unnamed.push(listed);
      if (!enter(account, listed.state, scope, roster)) continue;
      if (filters.accounts === null) yield account;
      else held.push(account);
    }
  }
  if (unseen.size > 0 && roster.gaps.every((gap) => gap.scope !== 'organization'))
    throw new UserError(`--account: the organization has no account ${[...unseen].join(', ')}.`);
  yield* held;
}

async function nameUnits(
  directory: Directory,
  scope: ReadingScope,
  listed: readonly ListedAccount[],
  roster: Roster,
): Promise<void> {
  const tree = await checkedTree(directory, scope);
  if (tree === null) return;
  for (const account of listed) roster.amend(account.id, { path: await pathIn(directory, tree, account) });
}

async function* namedAccounts(
  directory: Directory,
  ids: readonly string[],
  scope: ReadingScope,
  roster: Roster,
): AsyncGenerator<Account, void, void> {
  const { needs, filters } = scope;
  const strangers = (filters.accounts ?? []).filter((id) => !ids.includes(id));
  if (strangers.length > 0)
    throw new UserError(`--account: ${strangers.join(', ')} is not among the accounts of the configuration.`);
  const tree = needs.accountPaths ? await checkedTree(directory, scope) : null;
  for (const id of new Set(ids)) {
    roster.seen += 1;
    if (!isInFilters(id, filters)) continue;
    const account: Account = {
      id,
      arn: null,
      name: needs.accountNames ? await nameOf(directory, id) : null,
      state: 'ACTIVE',
      path: tree === null ? null : await pathByParent(directory, tree, id),
      tags: needs.accountTags ? await tagsOf(directory, id) : null,
      regionsNotAudited: null,
    };
    if (enter(account, 'ACTIVE', scope, roster)) yield account;
  }
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

/** `null` where the walk is denied: ids may be known then, names are not. */
async function checkedTree(directory: Directory, scope: ReadingScope): Promise<UnitTree | null> {
  const tree = await readUnitTree(directory.organization, directory.calls, directory.quota);
  if (!tree.ok) return null;
  const { include, exclude } = scope.settings;
  requireUnits(tree.value, [...scope.namedUnits, ...[...include, ...exclude].flatMap(unitsOf)]);
  return tree.value;
}

function unitsOf(selector: Selector): readonly string[] {
  return [...(selector.organizationalUnits ?? []), ...(selector.exclude ?? []).flatMap(unitsOf)];
}

function cannotList({ name, message, remedy, code }: Failure & { readonly name: string }): string {
  if (name === 'AWSOrganizationsNotInUseException')
    return `The caller's account is in no organization (${message}). Name the accounts: accounts.ids, or remove accounts from the configuration to audit the caller's own.`;
  if (code === 'AccessDenied')
    return `The accounts of the organization cannot be listed (${message}). Run with the management account or a delegated administrator that may organizations:ListAccounts, or name the accounts: accounts.ids.`;
  return `The accounts of the organization cannot be listed (${message}). ${remedy}`;
}

function nothingToRead(roster: Roster): string {
  const skipped = roster.skipped.length;
  if (skipped === 0) return 'No account in scope: the list of accounts is empty. Is the caller in the organization?';
  return `No account in scope: all ${skipped} accounts are left out by the configuration or not active.`;
}
