/** AWS as reading sees it: single requests, in our words. Pacing and trying again are the caller's (`pacing/calls.ts`). */
import type { PoolRead } from '../domain/model/api/reads.ts';
import type { JsonObject } from '../domain/model/json.ts';
import type { OrganizationalUnit } from '../domain/model/observation.ts';
import type { Partition } from '../domain/model/regions.ts';
import type { Attempt } from '../pacing/call-result.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** `null` after the last page. A page may be empty and not the last. */
  readonly next: string | null;
}

export type Paged<T> = (token: string | null) => Promise<Attempt<Page<T>>>;

export interface Cloud {
  readonly callerArn: string;
  readonly callerAccountId: string;
  readonly partition: Partition;
  readonly organization: OrganizationCalls;
  account(accountId: string): AccountCalls;
  /** Whether Cognito has an endpoint in a region that the built-in list does not know. */
  servesCognito(region: string): Promise<boolean>;
}

export interface ListedAccount {
  readonly id: string;
  readonly arn: string | null;
  readonly name: string | null;
  /** `State`, else the retired `Status`; `null` when AWS sent neither. */
  readonly state: string | null;
  /** Ids from the root's first child down; `null` when AWS sent no path. */
  readonly unitIds: readonly string[] | null;
}

export interface Organization {
  readonly id: string;
  /** `null` where AWS does not say. */
  readonly managementAccountId: string | null;
}

export interface OrganizationCalls {
  /** Resolves once there are credentials that last; where a role asks, its first call is the AssumeRole. */
  ready(): Promise<Attempt<void>>;
  /** The organization of the caller's account. */
  describe(): Promise<Attempt<Organization>>;
  readonly accounts: Paged<ListedAccount>;
  readonly roots: Paged<OrganizationalUnit>;
  unitsBelow(parentId: string): Paged<OrganizationalUnit>;
  accountName(accountId: string): Promise<Attempt<string | null>>;
  /** The id of the root or unit that an account is in. */
  parentOf(accountId: string): Promise<Attempt<string | null>>;
  tagsOf(accountId: string): Paged<readonly [key: string, value: string]>;
}

export interface RegionState {
  readonly region: string;
  /** `RegionOptStatus` of the Account Management API; `null` when AWS sent none. */
  readonly state: string | null;
}

export interface AccountCalls {
  /** Resolves once there are credentials for the account that last; for a role its first call is the AssumeRole. */
  ready(): Promise<Attempt<void>>;
  /** GetCallerIdentity with those credentials: a failure of code `credentials` where they are another account's. */
  confirm(): Promise<Attempt<void>>;
  readonly regions: Paged<RegionState>;
  userPools(region: string): UserPoolCalls;
}

export interface ListedPool {
  readonly id: string;
  readonly name: string;
}

export interface UserPoolCalls {
  readonly list: Paged<ListedPool>;
  read(read: PoolRead, poolId: string): Promise<Attempt<RawAnswer>>;
}

export interface RawAnswer {
  /** Parsed from the text of the response, so that members no model knows are there. */
  readonly value: JsonObject;
  readonly requestId: string | null;
}
