/** What a setting can be, and what a row of the table of settings must say. */
import type { Risk } from '../model/risk.ts';
import type { Severity } from '../model/severity.ts';
import type { Selector } from '../policy/match/selectors.ts';

export const remediationModes = ['auto', 'manual', 'never'] as const;
export type RemediationMode = (typeof remediationModes)[number];

/** Each kind of setting with the value that it has in the configuration. */
export interface KindValues {
  readonly truth: boolean;
  readonly whole: number;
  readonly number: number;
  readonly severity: Severity;
  readonly mode: RemediationMode;
  readonly risks: readonly Risk[];
  /** A name, `path/name` or whole ARN, whose ACCOUNT and PARTITION are replaced. */
  readonly roleName: string;
  /** A whole ARN. */
  readonly roleArn: string;
  readonly externalId: string;
  /** By account id. */
  readonly rolesByAccount: Readonly<Record<string, { readonly name: string }>>;
  readonly accountIds: readonly string[];
  /** Selector blocks of accounts only: ids, names, units, tags. */
  readonly accountSelectors: readonly Selector[];
  readonly regions: 'enabled' | { readonly exclude: readonly string[] } | readonly string[];
  readonly paths: readonly string[];
  readonly tags: readonly string[];
  /** With their ports where they name one. */
  readonly hosts: readonly string[];
  /** `FORMAT` or `FORMAT=FILE`. */
  readonly reports: readonly string[];
  /** As `--to` of `mfa-drift deliver` takes them. */
  readonly targets: readonly string[];
}

export type KindName = keyof KindValues;

/** Flags that belong together: a command has all of a family or none. */
export type FlagFamily = 'policies' | 'audit' | 'report' | 'limits' | 'endpoint' | 'deliver';

export interface SettingFlag {
  /** As the command line defines it: its long name, and what it takes. */
  readonly flag: string;
  readonly help: string;
  readonly family: FlagFamily;
  /** `adds`: to what the configuration says, which whoever acts on it does; it is no value of the configuration. */
  readonly effect: 'replaces' | 'adds';
  /** Settings that the flag settles too, unless a flag of their own does. */
  readonly implies?: Readonly<Record<string, number>>;
}

interface Row<Name extends KindName> {
  readonly kind: Name;
  /** `null`: there is none. */
  readonly default: KindValues[Name] | null;
  readonly description: string;
  readonly examples?: readonly KindValues[Name][];
  /** `null`: no flag settles it. */
  readonly flag: Name extends WithoutFlag ? null : SettingFlag | null;
}

/** Kinds whose values are too much for a command line. */
type WithoutFlag = 'rolesByAccount' | 'accountSelectors' | 'regions';

/** `over`: more than that; `least` and `most` are themselves allowed. */
export interface Bounds {
  readonly over?: number;
  readonly least?: number;
  readonly most?: number;
}

type RowOf<Name extends KindName> = Name extends 'whole' | 'number' ? Row<Name> & Bounds : Row<Name>;

/** A row of the table: it compiles with a kind, a default of that kind, a description and a flag, and not without. */
export type SettingRow = { [Name in KindName]: RowOf<Name> }[KindName];

/** A row that a flag settles. */
export type FlagRow = {
  [Name in Exclude<KindName, WithoutFlag>]: RowOf<Name> & { readonly flag: SettingFlag };
}[Exclude<KindName, WithoutFlag>];

export interface SectionRow {
  readonly description: string;
  readonly examples?: readonly object[];
}
