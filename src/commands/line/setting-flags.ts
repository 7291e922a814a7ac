/** The flags that settle what the configuration could say: defined, and written again, from the table of settings. */
import { Option, type Command } from 'commander';
import { severities } from '../../domain/model/severity.ts';
import { flagName, flagValue, hasFlag, type FlagValue, type SettingFlags } from '../../domain/settings/flags.ts';
import { remediationModes, type FlagFamily, type FlagRow } from '../../domain/settings/kinds.ts';
import { settings, type SettingPath } from '../../domain/settings/table.ts';
import { risks } from '../../domain/model/risk.ts';
import { formatNames } from '../../report/registry.ts';
import { collect, numberBetween, suggest, wholeNumber } from './flag-values.ts';

/** Of every command that reads the configuration. */
export interface Settled {
  /** What its flags say of settings, by path. No flag of any other meaning is among them, whatever its name. */
  readonly settings: SettingFlags;
}

/** Defines the flags of a family, in the order of the table; what they bring is gathered in `settings`. */
export function addSettingFlags(command: Command, family: FlagFamily): Command {
  if (command.getOptionValue('settings') === undefined) command.setOptionValueWithSource('settings', {}, 'default');
  for (const [path, row] of settings) {
    if (hasFlag(row) && row.flag.family === family) command.addOption(settingOption(path, row));
  }
  return command;
}

/** Defines the flag of one setting alone. */
export function addSettingFlag(command: Command, path: SettingPath): Command {
  for (const [known, row] of settings) {
    if (known === path && hasFlag(row)) command.addOption(settingOption(path, row));
  }
  return command;
}

function settingOption(path: SettingPath, row: FlagRow): Option {
  const option = new Option(row.flag.flag, row.flag.help);
  option.attributeName = () => 'settings' satisfies keyof Settled;
  const parse = parserFor(row, option);
  return option.argParser((text, settled: SettingFlags) => ({
    ...settled,
    [path]: parse(text, flagValue(settled, path)),
  }));
}

/** How the text after a flag becomes the setting's value, given what an earlier one brought. */
function parserFor(row: FlagRow, option: Option): (text: string, earlier: FlagValue) => FlagValue {
  switch (row.kind) {
    case 'truth':
      option.preset('true');
      return () => true;
    case 'whole':
      return wholeNumber(row.least ?? 0, row.most);
    case 'number':
      return numberBetween(row.least ?? 0, row.most);
    case 'severity':
      return oneOf(option, severities);
    case 'mode':
      return oneOf(option, remediationModes);
    case 'roleName':
    case 'roleArn':
    case 'externalId':
      return (text) => text;
    case 'risks':
      suggest(option, risks);
      return collected;
    case 'reports':
      suggest(option, formatNames);
      return collected;
    case 'accountIds':
    case 'paths':
    case 'tags':
    case 'hosts':
    case 'targets':
      return collected;
  }
}

function collected(text: string, earlier: FlagValue): FlagValue {
  return collect(text, Array.isArray(earlier) ? earlier : undefined);
}

/** One of these words; help and the refusal list them. */
function oneOf(option: Option, words: readonly string[]): (text: string) => string {
  const take = option.choices(words).parseArg;
  return (text) => take?.(text, '') ?? text;
}

/** The flags of a family again, as they were given. */
export function settingWords(flags: SettingFlags, family: FlagFamily): readonly string[] {
  return settings.flatMap(([path, { flag }]) => {
    const value = flagValue(flags, path);
    if (flag === null || flag.family !== family || value === undefined) return [];
    const values = typeof value === 'object' ? value : [value];
    return values.flatMap((one) => (one === true ? [flagName(flag)] : [flagName(flag), String(one)]));
  });
}
