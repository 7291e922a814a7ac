/** Settings from the environment and from flags: single values that lie over those of the file. */
import type { Complaint } from '../../errors.ts';
import type { JsonValue } from '../../domain/model/json.ts';
import { closest, distance } from 'fastest-levenshtein';
import { fileComplaint } from '../../yaml/yaml-errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The flags that settle something the file could say, as commander names them. */
export interface SettingFlags {
  readonly policies?: readonly string[];
  readonly report?: readonly string[];
  readonly failOn?: string;
  readonly allow?: readonly string[];
  readonly maxChanges?: number;
  readonly maxChangesPercent?: number;
  readonly maxUsers?: number;
  readonly includeManaged?: boolean;
}

/** One value, where it belongs in the configuration, and what the user calls its source. */
export interface Overlay {
  readonly label: string;
  readonly path: readonly string[];
  readonly value: JsonValue;
}

type Kind = 'text' | 'number' | 'truth' | 'list';

const variables: Readonly<Record<string, readonly [path: string, kind: Kind]>> = {
  MFA_DRIFT_ACCOUNTS_ORGANIZATION: ['accounts.organization', 'truth'],
  MFA_DRIFT_ACCOUNTS_IDS: ['accounts.ids', 'list'],
  MFA_DRIFT_ROLE_NAME: ['role.name', 'text'],
  MFA_DRIFT_ROLE_REMEDIATION_NAME: ['role.remediationName', 'text'],
  MFA_DRIFT_ROLE_EXTERNAL_ID: ['role.externalId', 'text'],
  MFA_DRIFT_ROLE_DURATION_SECONDS: ['role.durationSeconds', 'number'],
  MFA_DRIFT_ROLE_SESSION_POLICY: ['role.sessionPolicy', 'truth'],
  MFA_DRIFT_REGIONS: ['regions', 'list'],
  MFA_DRIFT_POLICIES: ['policies', 'list'],
  MFA_DRIFT_FAIL_ON: ['failOn', 'text'],
  MFA_DRIFT_REQUIRE_COVERAGE: ['requireCoverage', 'truth'],
  MFA_DRIFT_LIMITS_CONCURRENCY: ['limits.concurrency', 'number'],
  MFA_DRIFT_LIMITS_QUOTA_SHARE: ['limits.quotaShare', 'number'],
  MFA_DRIFT_REMEDIATION_MODE: ['remediation.mode', 'text'],
  MFA_DRIFT_REMEDIATION_ALLOW: ['remediation.allow', 'list'],
  MFA_DRIFT_REMEDIATION_MAX_CHANGES: ['remediation.maxChanges', 'number'],
  MFA_DRIFT_REMEDIATION_MAX_CHANGES_PERCENT: ['remediation.maxChangesPercent', 'number'],
  MFA_DRIFT_REMEDIATION_MAX_USERS: ['remediation.maxUsers', 'number'],
  MFA_DRIFT_REMEDIATION_MAX_FAILURES: ['remediation.maxFailures', 'number'],
  MFA_DRIFT_REMEDIATION_INCLUDE_MANAGED: ['remediation.includeManaged', 'truth'],
  MFA_DRIFT_REMEDIATION_ALLOW_ENDPOINT: ['remediation.allowEndpoint', 'list'],
  MFA_DRIFT_REMEDIATION_MANAGED_TAGS: ['remediation.managedTags', 'list'],
  MFA_DRIFT_EXCEPTIONS_MAX_DAYS: ['exceptions.maxDays', 'number'],
  MFA_DRIFT_REPORTS: ['reports', 'list'],
};

/** Beside those of the table: which file, and the switch that turns all changes off. */
export const fileVariable = 'MFA_DRIFT_CONFIG';
export const offVariable = 'MFA_DRIFT_REMEDIATION';

/** Lists are written with commas; an empty variable counts as not set. */
export function overlaysFromEnvironment(env: Environment): readonly Overlay[] {
  return Object.entries(variables).flatMap(([label, [path, kind]]) => {
    const text = env[label];
    return text === undefined || text === ''
      ? []
      : [{ label, path: path.split('.'), value: valueOf(label, text, kind) }];
  });
}

function valueOf(label: string, text: string, kind: Kind): JsonValue {
  if (label === 'MFA_DRIFT_REGIONS' && text === 'enabled') return text;
  if (kind === 'list') return text.split(',').map((entry) => entry.trim());
  if (kind === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
  if (kind === 'truth' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** `--allow` adds to what is allowed, so it lies over nothing and is not among these. */
export function overlaysFromFlags(flags: SettingFlags): readonly Overlay[] {
  const { maxChanges, maxUsers, includeManaged } = flags;
  const maxChangesPercent = flags.maxChangesPercent ?? (maxChanges === undefined ? undefined : 100);
  const all: readonly (readonly [label: string, path: string, value: JsonValue | undefined])[] = [
    ['--policies', 'policies', flags.policies],
    ['--report', 'reports', flags.report],
    ['--fail-on', 'failOn', flags.failOn],
    ['--max-changes', 'remediation.maxChanges', maxChanges],
    ['--max-changes-percent', 'remediation.maxChangesPercent', maxChangesPercent],
    ['--max-users', 'remediation.maxUsers', maxUsers],
    ['--include-managed', 'remediation.includeManaged', includeManaged === true ? true : undefined],
  ];
  return all.flatMap(([label, path, value]) => (value === undefined ? [] : [{ label, path: path.split('.'), value }]));
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
  const ours = [...Object.keys(variables), fileVariable, offVariable];
  return Object.keys(env)
    .filter((name) => name.startsWith('MFA_DRIF') && !ours.includes(name))
    .map((name) => ({ name, near: closest(name, ours) }))
    .filter(({ name, near }) => distance(name, near) <= 2)
    .map(({ name, near }) => ({
      ...fileComplaint(name, 'is not a variable of mfa-drift'),
      hint: `did you mean ${near}?`,
    }));
}
