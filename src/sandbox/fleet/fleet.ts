/** An organization as the sandbox plays it: everything resolved, plain data, the same whether read from a file or generated. */
import type { Statement } from '../identity/policy.ts';
import type { QuotaRates } from '../quotas.ts';
import type { StoredPool } from '../world/stored-pool.ts';

/** Organizations' `State` of an account. */
export type FleetAccountState = 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'PENDING_ACTIVATION' | 'CLOSED';

export type RegionOptStatus = 'ENABLED' | 'ENABLING' | 'DISABLING' | 'DISABLED' | 'ENABLED_BY_DEFAULT';

/** Actions as IAM writes them, such as `cognito-idp:Get*`; with `whereTagged`, only on pools that carry these tags. */
export interface ActionRule {
  readonly action: string;
  readonly whereTagged: Readonly<Record<string, string>> | null;
}

export interface Permissions {
  /** Actions as IAM writes them, on every resource. */
  readonly allows: readonly string[];
  /** Beside `allows`, in IAM's own words; none where it is not said. */
  readonly policy?: readonly Statement[];
  /** Taken out of both; the answer says that no identity-based policy allows the action. */
  readonly lacks: readonly ActionRule[];
}

export interface FleetRole {
  /** With its path, without a leading slash: `MfaDriftAudit`, `audit/MfaDriftAudit`. */
  readonly name: string;
  readonly externalId: string | null;
  /** Account ids or principal ARNs that the trust policy names. */
  readonly trusts: readonly string[];
  /** 3600 to 43200. */
  readonly maxSessionSeconds: number;
  readonly permissions: Permissions;
}

export interface PlacedPool {
  readonly pool: StoredPool;
  /** Deleted as soon as a page of ListUserPools has named it. */
  readonly vanishes: boolean;
}

export interface FleetAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: FleetAccountState;
  /** Id of the root or of an organizational unit. */
  readonly parentId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly roles: readonly FleetRole[];
  /** Every region that `account:ListRegions` names. */
  readonly regions: Readonly<Record<string, RegionOptStatus>>;
  readonly pools: readonly PlacedPool[];
}

export interface FleetUnit {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A service control policy that denies actions in regions, below the roots, units and accounts that it is attached to. */
export interface ServiceControlPolicy {
  readonly id: string;
  readonly actions: readonly string[];
  readonly regions: readonly string[];
  /** Ids of roots, units and accounts. */
  readonly targets: readonly string[];
}

export interface FleetOrganization {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly delegatedAdministrators: readonly string[];
  readonly units: readonly FleetUnit[];
  readonly serviceControlPolicies: readonly ServiceControlPolicy[];
  /** Which members accounts carry: the present `State`, the retired `Status`, both or neither. */
  readonly accountStates: 'State' | 'Status' | 'both' | 'neither';
  /** Whether accounts carry `Paths`. */
  readonly paths: boolean;
}

/** Whose credentials the sandbox prints: a user with long-lived keys, or a role's session (then assuming a role is chaining). */
export interface FleetCaller {
  readonly accountId: string;
  readonly kind: 'user' | 'role';
  readonly name: string;
  readonly permissions: Permissions;
}

export interface Fleet {
  readonly seed: number;
  /** `null`: the caller's account is in no organization. */
  readonly organization: FleetOrganization | null;
  readonly caller: FleetCaller;
  /** Where the printed environment points a client: its `AWS_REGION`. */
  readonly homeRegion: string;
  readonly accounts: readonly FleetAccount[];
  readonly quotas: QuotaRates;
  /** Share of pages that come empty but with a token, 0 to 1. */
  readonly emptyPages: number;
  /** Answers for what is UNVERIFIED, by the switch's id. */
  readonly switches: Readonly<Record<string, string>>;
}
