/** The configuration once every flag, environment variable, file and default is settled (design: "Configuration"). */
import type { Selector } from './policy/match/selectors.ts';
import type { Severity } from './model/severity.ts';
import type { Risk } from './model/risk.ts';

export type RequestCategory = 'UserPoolRead' | 'UserPoolResourceRead' | 'UserPoolResourceUpdate';

export type RemediationMode = 'auto' | 'manual' | 'never';

export interface RoleSettings {
  /** A name, `path/name` or whole ARN, whose ACCOUNT and PARTITION are replaced. */
  readonly name: string;
  /** Assumed only to write; `null`: the same as `name`. */
  readonly remediationName: string | null;
  readonly externalId: string | null;
  readonly durationSeconds: number;
  /** Sessions that read are assumed with a policy that denies writing. */
  readonly sessionPolicy: boolean;
  /** By account id. */
  readonly overrides: Readonly<Record<string, { readonly name: string }>>;
}

export type AccountSource =
  | { readonly kind: 'organization' }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'caller' };

export type RegionSettings =
  | { readonly kind: 'enabled'; readonly exclude: readonly string[] }
  | { readonly kind: 'list'; readonly regions: readonly string[] };

export interface Limits {
  /** Requests in flight in the whole run. */
  readonly concurrency: number;
  /** Over 0, up to 1. */
  readonly quotaShare: number;
  /** Requests a second for each account and region. */
  readonly quotas: Readonly<Record<RequestCategory, number>>;
}

export interface RemediationSettings {
  readonly mode: RemediationMode;
  /** A policy's own `allow` replaces it. */
  readonly allow: readonly Risk[];
  /** From `--allow`: added to what the configuration or a policy allows. */
  readonly allowedByFlag: readonly Risk[];
  /** `MFA_DRIFT_REMEDIATION=off`: nothing is changed, whatever any flag says. */
  readonly off: boolean;
  readonly maxChanges: number;
  readonly maxChangesPercent: number;
  readonly maxUsers: number;
  readonly maxFailures: number;
  readonly includeManaged: boolean;
  /** Hosts that changes may be sent to although they are not AWS's own. */
  readonly allowEndpoint: readonly string[];
  readonly managedTags: readonly string[];
}

export interface Settings {
  /** The file as the user named it; `null` without one. */
  readonly file: string | null;
  readonly accounts: AccountSource;
  /** Selector blocks of accounts only (ids, names, units, tags); no `include` means all. */
  readonly include: readonly Selector[];
  readonly exclude: readonly Selector[];
  readonly role: RoleSettings;
  readonly regions: RegionSettings;
  readonly policies: readonly string[];
  readonly failOn: Severity;
  readonly requireCoverage: boolean;
  readonly limits: Limits;
  readonly remediation: RemediationSettings;
  readonly exceptions: { readonly maxDays: number };
  /** `FORMAT` or `FORMAT=FILE`, unparsed. */
  readonly reports: readonly string[];
}
