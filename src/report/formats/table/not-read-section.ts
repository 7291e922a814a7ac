import stringWidth from 'string-width';
import { counted } from '../../../number-format.ts';
import { visible } from '../../../escape/visible.ts';
import { placesInWords, type GapGroup } from '../../views/gap-groups.ts';
import type { Overview } from '../../views/overview.ts';
import { wrapped } from './layout.ts';
import type { TablePage } from './page.ts';

const shownGroups = 20;
/** How many accounts of a group are named. */
export const namedAccounts = 3;

/** Each cause with all of its places and what to do. */
export function* notReadSection(overview: Overview, places: number, page: TablePage): Generator<string> {
  const title = `${page.paint.unknown('NOT READ')}  ${counted(places, 'place')}: no verdict there`;
  yield* gapSection(title, overview.openGaps, overview.accountNames, page);
}

/** Nothing where there is no gap. */
export function* gapSection(
  title: string,
  groups: readonly GapGroup[],
  accountNames: AccountNames,
  page: TablePage,
): Generator<string> {
  if (groups.length === 0) return;
  yield '';
  yield title;
  for (const group of groups.slice(0, shownGroups)) yield* gapLines(group, accountNames, page.columns);
  const left = groups.length - shownGroups;
  if (left > 0) yield `  … ${counted(left, 'more cause')}; all of them: --report html=drift.html`;
}

/** `null`: not known. */
type AccountNames = ReadonlyMap<string, string | null>;

function gapLines(group: GapGroup, accountNames: AccountNames, columns: number): readonly string[] {
  const where = placeWithAccounts(group, accountNames);
  const reason = `${visible(group.reason)} (${group.code})`;
  const remedy = wrapped(visible(group.remedy), columns - 6).map((line) => `      ${line}`);
  if (stringWidth(where) + 4 + stringWidth(reason) <= columns) return [`  ${where}  ${reason}`, ...remedy];
  return [
    ...wrapped(where, columns - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`),
    ...wrapped(reason, columns - 4).map((line) => `    ${line}`),
    ...remedy,
  ];
}

/** `13 regions × 1 account 444455556666 (sandbox-7)` */
export function placeWithAccounts(group: GapGroup, names: AccountNames): string {
  return visible(`${placesInWords(group)}${accountsInWords(group, names)}`);
}

/** ` 444455556666 (sandbox-7)` for one account, ` (4444… sandbox-7, …, 37 more)` for several. */
function accountsInWords({ accountIds }: GapGroup, names: AccountNames): string {
  const ids = [...accountIds];
  const [only] = ids;
  if (only === undefined) return '';
  const nameOf = (id: string): string => names.get(id) ?? '';
  if (ids.length === 1) {
    return nameOf(only) === '' ? ` ${only}` : ` ${only} (${nameOf(only)})`;
  }
  const named = ids.slice(0, namedAccounts).map((id) => `${id} ${nameOf(id)}`.trimEnd());
  const left = ids.length - named.length;
  return ` (${[...named, ...(left > 0 ? [`${left} more`] : [])].join(', ')})`;
}
