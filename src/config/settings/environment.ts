/** Settings from the environment and from flags: single values that lie over those of the file. */
import type { Complaint } from '../../errors.ts';
import type { JsonValue } from '../../domain/model/json.ts';
import type { KindName } from '../../domain/settings/kinds.ts';
import { settings, settingTable, type SettingPath } from '../../domain/settings/table.ts';
import { flagName, flagValue, type SettingFlags } from '../../domain/settings/flags.ts';
import { closest, distance } from 'fastest-levenshtein';
import { fileComplaint } from '../../yaml/yaml-errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One value, where it belongs in the configuration, and what the user calls its source. */
export interface Overlay {
  readonly label: string;
  readonly path: string;
  readonly value: JsonValue;
}

type Reader = (text: string) => JsonValue;

const asText: Reader = (text) => text;
const asNumber: Reader = (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text));
const asList: Reader = (text) => text.split(',').map((entry) => entry.trim());

/** What a variable's text says, for each kind of setting; what is none stays a text, which the schema refuses. `null`: no text could. */
const readers = {
  truth: (text) => (text === 'true' || text === 'false' ? text === 'true' : text),
  whole: asNumber,
  number: asNumber,
  severity: asText,
  mode: asText,
  risks: asList,
  roleName: asText,
  roleArn: asText,
  externalId: asText,
  rolesByAccount: null,
  accountIds: asList,
  accountSelectors: null,
  regions: (text) => (text === 'enabled' ? text : asList(text)),
  paths: asList,
  tags: asList,
  hosts: asList,
  reports: asList,
  // A command may hold commas.
  targets: null,
} as const satisfies Readonly<Record<KindName, Reader | null>>;

/** Named after the path: `MFA_DRIFT_FAIL_ON` for `failOn`. `null` where no text could say the value. */
export function variableOf(path: SettingPath): string | null {
  if (readers[settingTable[path].kind] === null) return null;
  return `MFA_DRIFT_${path
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`;
}

/** Beside those of the table: which file, and the switch that turns all changes off. */
export const fileVariable = 'MFA_DRIFT_CONFIG';
export const offVariable = 'MFA_DRIFT_REMEDIATION';

/** Lists are written with commas; an empty variable counts as not set. */
export function overlaysFromEnvironment(env: Environment): readonly Overlay[] {
  return settings.flatMap(([path, { kind }]) => {
    const [label, read] = [variableOf(path), readers[kind]];
    const text = label === null ? undefined : env[label];
    return label === null || read === null || text === undefined || text === ''
      ? []
      : [{ label, path, value: read(text) }];
  });
}

/** What a flag implies lies under what a flag of its own says. */
export function overlaysFromFlags(flags: SettingFlags): readonly Overlay[] {
  const given = settings.flatMap(([path, { flag }]) => {
    const value = flagValue(flags, path);
    return flag === null || flag.effect === 'adds' || value === undefined
      ? []
      : [{ label: flagName(flag), path, value, implies: flag.implies ?? {} }];
  });
  const implied = given.flatMap(({ label, implies }) =>
    Object.entries(implies).map(([path, value]) => ({ label, path, value })),
  );
  return [...implied, ...given];
}

/** Whether changes are switched off. A word that is neither on nor off must not be read as on. */
export function isOff(env: Environment): boolean | Complaint {
  const value = env[offVariable] ?? '';
  if (value === '' || value === 'on') return false;
  if (value === 'off') return true;
  return { ...fileComplaint(offVariable, `must be off or on, not ${JSON.stringify(value)}`), hint: null };
}

/** A variable that is nearly one of ours: a typing mistake in `MFA_DRIFT_REMEDIATION=off` must not go unseen. */
export function misspelt(env: Environment): readonly Complaint[] {
  const ours = [...settings.flatMap(([path]) => variableOf(path) ?? []), fileVariable, offVariable];
  return Object.keys(env)
    .filter((name) => name.startsWith('MFA_DRIF') && !ours.includes(name))
    .map((name) => ({ name, near: closest(name, ours) }))
    .filter(({ name, near }) => distance(name, near) <= 2)
    .map(({ name, near }) => ({
      ...fileComplaint(name, 'is not a variable of mfa-drift'),
      hint: `did you mean ${near}?`,
    }));
}
