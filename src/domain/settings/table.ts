/**
 * Every setting, one row each, under its path in `mfa-drift.yaml`. The schema of the configuration, the defaults, the
 * types, the variables (named after the path), the flags and docs/configuration.md are made from it, in this order.
 */
import type { SectionRow, SettingRow } from './kinds.ts';
import { changes } from './rows/changes.ts';
import { limits } from './rows/limits.ts';
import { scope } from './rows/scope.ts';

export const settingTable = {
  ...scope,
  ...limits,
  ...changes,
  reports: {
    kind: 'reports',
    default: ['table'],
    description: 'FORMAT or FORMAT=FILE; without a file, standard output.',
    examples: [['table', 'html=reports/drift.html']],
    flag: {
      flag: '--report <format[=file]>',
      help: 'a report; without a file, or with -, on standard output; asff=FOLDER/ writes a file a batch (repeatable; default: table)',
      family: 'report',
      effect: 'replaces',
    },
  },
  deliver: {
    kind: 'targets',
    default: [],
    description:
      'Where an audit is told when it has ended, and `mfa-drift deliver` without `--to`. Secrets stand in the environment, never here.',
    examples: [['slack']],
    flag: {
      flag: '--deliver <target>',
      help: 'tell it there when all is saved, as mfa-drift deliver does (repeatable)',
      family: 'deliver',
      effect: 'replaces',
    },
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

/** Where a setting stands in the configuration: keys with dots between them. */
export type SettingPath = keyof typeof settingTable;

type SectionOf<Path> = Path extends `${infer Head}.${infer Rest}` ? Head | Below<Head, SectionOf<Rest>> : never;
type Below<Head extends string, Rest> = Rest extends string ? `${Head}.${Rest}` : never;
export type SectionPath = SectionOf<SettingPath>;

/** The maps that settings stand in. */
export const settingSections = {
  accounts: {
    description: "Which accounts are audited. Without it: the caller's own.",
    examples: [{ organization: true, exclude: [{ accounts: ['444455556666'] }] }],
  },
  role: { description: 'The role that is assumed in each account.' },
  limits: { description: 'How much the run may ask of AWS.' },
  'limits.quotas': {
    description: 'Requests a second in each account and region, where AWS grants other than the usual quotas.',
  },
  remediation: { description: 'What may be changed.' },
  exceptions: { description: 'Rules for exceptions.' },
} as const satisfies Readonly<Record<SectionPath, SectionRow>>;

/** The rows as they all are, in order. */
export const settings: readonly (readonly [SettingPath, SettingRow])[] = (
  Object.keys(settingTable) as readonly SettingPath[]
).map((path) => [path, settingTable[path]]);
