/** The units of the organization, and whether those that were written down are among them. */
import type { Selector } from '../../domain/policy/match/selectors.ts';
import type { Directory } from './account-facts.ts';
import type { ReadingScope } from './scope.ts';
import { readUnitTree, requireUnits, type UnitTree } from './unit-tree.ts';

/** `null` where the walk is denied: ids may be known then, names are not. */
export async function checkedTree(directory: Directory, scope: ReadingScope): Promise<UnitTree | null> {
  const tree = await readUnitTree(directory.organization, directory.calls, directory.quota);
  if (!tree.ok) {
    directory.unread.add('units', '', tree.failure);
    return null;
  }
  const { include, exclude } = scope.settings;
  requireUnits(tree.value, [...scope.namedUnits, ...[...include, ...exclude].flatMap(unitsOf)]);
  return tree.value;
}

function unitsOf(selector: Selector): readonly string[] {
  return [...(selector.organizationalUnits ?? []), ...(selector.exclude ?? []).flatMap(unitsOf)];
}
