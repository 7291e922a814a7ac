/** How a user can say a setting, for sentences that tell the way out. */
import { flagName, type FlagPath } from './flags.ts';
import { settingTable } from './table.ts';

/** `--max-users` */
export function flagOf(path: FlagPath): string {
  return flagName(settingTable[path].flag);
}

/** `remediation.maxUsers (--max-users)` */
export function keyAndFlag(path: FlagPath): string {
  return `${path} (${flagOf(path)})`;
}
