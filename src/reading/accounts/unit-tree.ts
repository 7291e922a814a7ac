import type { OrganizationalUnit } from '../../domain/model/observation.ts';
import { UnknownTextError } from '../../errors.ts';
import type { OrganizationCalls } from '../../ports/cloud.ts';
import { succeeded, type Attempt } from '../../pacing/call-result.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { Quota } from '../../pacing/quota.ts';
import { allItems, pages } from '../pages.ts';

type Path = readonly OrganizationalUnit[];

/** The organizational units of an organization: by id, the path from the root's first child down to the unit itself. */
export interface UnitTree {
  readonly paths: ReadonlyMap<string, Path>;
  readonly rootIds: readonly string[];
}

/** One walk from the roots down, one request at a time, as Organizations wants it. */
export async function readUnitTree(
  organization: OrganizationCalls,
  calls: Calls,
  quota: Quota,
): Promise<Attempt<UnitTree>> {
  const roots = await allItems(pages(calls, quota, organization.roots, () => organization.ready()));
  if (!roots.ok) return roots;
  const paths = new Map<string, Path>();
  const rootIds = roots.value.map(({ id }) => id);
  const open = rootIds.map((id): { readonly id: string; readonly path: Path } => ({ id, path: [] }));
  for (let parent = open.shift(); parent !== undefined; parent = open.shift()) {
    const below = await allItems(pages(calls, quota, organization.unitsBelow(parent.id), () => organization.ready()));
    if (!below.ok) return below;
    for (const unit of below.value) {
      if (paths.has(unit.id)) continue;
      const path = [...parent.path, unit];
      paths.set(unit.id, path);
      open.push({ id: unit.id, path });
    }
  }
  return succeeded({ paths, rootIds });
}

/** `null` where the tree does not know the parent: it was made after the walk. */
export function pathOfParent(tree: UnitTree, parentId: string): Path | null {
  return tree.rootIds.includes(parentId) ? [] : (tree.paths.get(parentId) ?? null);
}

/** The path that AWS gave as ids, with the units' names; `null` where the tree does not know the last of them. */
export function pathOfIds(tree: UnitTree, ids: readonly string[]): Path | null {
  const parent = ids.at(-1);
  return parent === undefined ? [] : (tree.paths.get(parent) ?? null);
}

/**
 * Throws UnknownTextError for entries of `organizationalUnits` that are neither ids nor paths of the tree; a path may be
 * one of a unit whose name AWS did not say.
 */
export function requireUnits(tree: UnitTree, entries: Iterable<string>): void {
  const paths = [...tree.paths.values()];
  const known = new Set(['', ...tree.paths.keys(), ...paths.map(pathText)]);
  const isNameless = paths.some((path) => path.some(({ name }) => name === null));
  const unknown = [...new Set(entries)].filter(
    (entry) => !known.has(entry.replace(/\/+$/, '')) && !(isNameless && entry.startsWith('/')),
  );
  if (unknown.length === 0) return;
  throw new UnknownTextError(
    unknown,
    'is no organizational unit of the organization',
    "Write the path from the root, such as /Workloads/Prod, or the unit's id.",
  );
}

function pathText(path: Path): string {
  return path.map(({ name }) => `/${name}`).join('');
}
