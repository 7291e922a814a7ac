/** The configuration once every flag, environment variable, file and default is settled. */
import type { Risk } from './model/risk.ts';
import type { Selector } from './policy/match/selectors.ts';
import type { SettingValues } from './settings/values.ts';

export type { RemediationMode } from './settings/kinds.ts';

export type AccountSource =
  | { readonly kind: 'organization' }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'caller' };

export type RegionSettings =
  | { readonly kind: 'enabled'; readonly exclude: readonly string[] }
  | { readonly kind: 'list'; readonly regions: readonly string[] };

/** What each member says stands in the table of settings, under the same path. */
export type RoleSettings = SettingValues['role'];
export type RequestLimits = SettingValues['limits'];

export type RemediationSettings = SettingValues['remediation'] & {
  /** From `--allow`: added to what the configuration or a policy allows. A policy's own `allow` replaces the configuration's. */
  readonly allowedByFlag: readonly Risk[];
  /** `MFA_DRIFT_REMEDIATION=off`: nothing is changed, whatever any flag says. */
  readonly off: boolean;
};

/** As the table has them, but for accounts and regions, whose several ways of saying one thing are one here. */
export interface Settings extends Omit<SettingValues, 'accounts' | 'regions' | 'remediation'> {
  /** The file as the user named it; `null` without one. */
  readonly file: string | null;
  readonly accounts: AccountSource;
  /** The ARN of the role that asks Organizations; `null`: the caller does. */
  readonly organizationRole: string | null;
  /** Selector blocks of accounts only (ids, names, units, tags); no `include` means all. */
  readonly include: readonly Selector[];
  readonly exclude: readonly Selector[];
  readonly regions: RegionSettings;
  readonly remediation: RemediationSettings;
}
