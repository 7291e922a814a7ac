/** Settings as flags of the command line bring them. */
import type { FlagRow, KindValues, SettingFlag, SettingRow } from './kinds.ts';
import type { settingTable, SettingPath } from './table.ts';
import type { ValueIn } from './values.ts';

type Table = typeof settingTable;
/** Settings that have a flag. */
export type FlagPath = { [Path in SettingPath]: Table[Path]['flag'] extends null ? never : Path }[SettingPath];
/** What flags settle, by the path of the setting; those that add to it hold any texts. */
export type SettingFlags = {
  readonly [Path in FlagPath]?: Table[Path]['flag'] extends { readonly effect: 'adds' }
    ? readonly string[]
    : ValueIn<Table[Path]>;
};

export function hasFlag(row: SettingRow): row is FlagRow {
  return row.flag !== null;
}

/** The flag's long name, as the user types it. */
export function flagName({ flag }: SettingFlag): string {
  return flag.replace(/ .*/, '');
}

export type FlagValue = KindValues[FlagRow['kind']] | readonly string[] | undefined;

/** `undefined`: no flag settles it, or it was not given. */
export function flagValue(flags: SettingFlags, path: SettingPath): FlagValue {
  const given: Readonly<Partial<Record<SettingPath, FlagValue>>> = flags;
  return given[path];
}
