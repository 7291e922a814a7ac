/** Names, units and tags of accounts, asked for only where a selector needs them. What is denied is not known. */
import type { OrganizationalUnit, Tags } from '../../domain/model/observation.ts';
import { tagsByName } from '../../domain/model/order.ts';
import type { ListedAccount, OrganizationCalls } from '../../ports/cloud.ts';
import type { Calls } from '../../pacing/calls.ts';
import { FailureRow } from '../../pacing/failure-row.ts';
import type { Quota } from '../../pacing/quota.ts';
import { allItems, pages } from '../pages.ts';
import type { UnreadFacts } from './unread-facts.ts';
import { pathOfIds, pathOfParent, type UnitTree } from './unit-tree.ts';

export interface Directory {
  readonly organization: OrganizationCalls;
  readonly calls: Calls;
  readonly quota: Quota;
  readonly rows: FactRows;
  readonly unread: UnreadFacts;
}

/** Of what is asked about one account after another. */
export type FactRows = Readonly<Record<'names' | 'tags' | 'parents', FailureRow>>;

export function newFactRows(): FactRows {
  return { names: new FailureRow(), tags: new FailureRow(), parents: new FailureRow() };
}

type Path = readonly OrganizationalUnit[];

export async function nameOf(directory: Directory, accountId: string): Promise<string | null> {
  const { organization, calls, quota, rows } = directory;
  const name = await rows.names.ask(() =>
    calls.run(
      quota,
      () => organization.accountName(accountId),
      () => organization.ready(),
    ),
  );
  if (name.ok) return name.value;
  directory.unread.add('names', accountId, name.failure);
  return null;
}

export async function tagsOf(directory: Directory, accountId: string): Promise<Tags | null> {
  const { organization, calls, quota, rows } = directory;
  const tags = await rows.tags.ask(() =>
    allItems(pages(calls, quota, organization.tagsOf(accountId), () => organization.ready())),
  );
  if (tags.ok) return isAmbiguous(tags.value) ? null : tagsByName(tags.value);
  directory.unread.add('tags', accountId, tags.failure);
  return null;
}

/** A tag that stands there twice with two values has none that is known. */
function isAmbiguous(tags: readonly (readonly [key: string, value: string])[]): boolean {
  const values = new Map(tags);
  return tags.some(([key, value]) => values.get(key) !== value);
}

/** One ListParents, for an account whose path AWS did not send; the tree knows the rest. */
export async function pathByParent(directory: Directory, tree: UnitTree, accountId: string): Promise<Path | null> {
  const { organization, calls, quota, rows } = directory;
  const parent = await rows.parents.ask(() =>
    calls.run(
      quota,
      () => organization.parentOf(accountId),
      () => organization.ready(),
    ),
  );
  if (parent.ok) return parent.value === null ? null : pathOfParent(tree, parent.value);
  directory.unread.add('parents', accountId, parent.failure);
  return null;
}

/** The path that AWS sent, with names where the walk was allowed; `null` where AWS sent none. */
export function pathAsListed({ unitIds }: ListedAccount, tree: UnitTree | null): Path | null {
  if (unitIds === null) return null;
  return (tree === null ? null : pathOfIds(tree, unitIds)) ?? unitIds.map((id) => ({ id, name: null }));
}
