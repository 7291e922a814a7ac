/**
 * Request quotas. Sources: Cognito developer guide, "Quotas in Amazon Cognito" (categories, shared by all pools of an
 * account in a region; each operation 5 a second for one pool); Account Management quotas (ListRegions 5 a second, burst 5,
 * for each calling account); CloudTrail's API reference (LookupEvents 2 a second for each account and region). AWS publishes none for Organizations; STS's 600 is commonly quoted and not confirmed.
 */
import { statedReads } from './cognito/stated-reads.ts';
import type { ServiceName } from './service-failure.ts';
import { TokenBuckets } from './token-buckets.ts';

export const quotaNames = [
  'UserPoolRead',
  'UserPoolResourceRead',
  'UserPoolResourceUpdate',
  'UserPoolUpdate',
  'UserList',
  'UserRead',
  'PerUserPool',
  'LookupEvents',
  'Organizations',
  'AccountManagement',
  'SecurityTokens',
] as const;
export type QuotaName = (typeof quotaNames)[number];

/** Requests a second, with one second's worth as burst; `null`: no limit. */
export type QuotaRates = Readonly<Record<QuotaName, number | null>>;

export const awsQuotas: QuotaRates = {
  UserPoolRead: 15,
  UserPoolResourceRead: 20,
  UserPoolResourceUpdate: 15,
  UserPoolUpdate: 15,
  UserList: 30,
  UserRead: 120,
  PerUserPool: 5,
  LookupEvents: 2,
  Organizations: 20,
  AccountManagement: 5,
  SecurityTokens: 600,
};

export const noQuotas: QuotaRates = {
  UserPoolRead: null,
  UserPoolResourceRead: null,
  UserPoolResourceUpdate: null,
  UserPoolUpdate: null,
  UserList: null,
  UserRead: null,
  PerUserPool: null,
  LookupEvents: null,
  Organizations: null,
  AccountManagement: null,
  SecurityTokens: null,
};

export interface QuotaCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string | null;
}

/** The category of each Cognito operation, and which of them are also limited for each pool. */
const cognitoCategories: Readonly<Record<string, { readonly quota: QuotaName; readonly perPool: boolean }>> = {
  ListUserPools: { quota: 'UserPoolRead', perPool: false },
  DescribeUserPool: { quota: 'UserPoolRead', perPool: false },
  GetUserPoolMfaConfig: { quota: 'UserPoolResourceRead', perPool: true },
  ListTagsForResource: { quota: 'UserPoolResourceRead', perPool: true },
  SetUserPoolMfaConfig: { quota: 'UserPoolResourceUpdate', perPool: true },
  TagResource: { quota: 'UserPoolResourceUpdate', perPool: true },
  // Not in the list of quotas; as its counterpart.
  UntagResource: { quota: 'UserPoolResourceUpdate', perPool: true },
  CreateUserPool: { quota: 'UserPoolUpdate', perPool: false },
  UpdateUserPool: { quota: 'UserPoolUpdate', perPool: false },
  DeleteUserPool: { quota: 'UserPoolUpdate', perPool: false },
  ListUsers: { quota: 'UserList', perPool: false },
  AdminGetUser: { quota: 'UserRead', perPool: false },
  AdminGetUserAuthFactors: { quota: 'UserRead', perPool: false },
  ...Object.fromEntries(statedReads.map((operation) => [operation, { quota: 'UserPoolResourceRead', perPool: true }])),
};

/** Every bucket of a sandbox. A refused request takes from none of them. */
export class Quotas {
  private readonly buckets = new TokenBuckets();
  private readonly rates: QuotaRates;

  constructor(rates: QuotaRates) {
    this.rates = rates;
  }

  /** False when a quota that the call falls under is spent. */
  admits(call: QuotaCall, nowMs: number): boolean {
    const claims = claimsOf(call).flatMap(({ quota, key }) => {
      const rate = this.rates[quota];
      return rate === null ? [] : [{ key: `${quota}/${key}`, rate }];
    });
    return this.buckets.takeAll(claims, nowMs);
  }
}

function claimsOf(call: QuotaCall): { readonly quota: QuotaName; readonly key: string }[] {
  const place = `${call.accountId}/${call.region}`;
  switch (call.service) {
    case 'sts':
      return [{ quota: 'SecurityTokens', key: place }];
    case 'organizations':
      return [{ quota: 'Organizations', key: call.accountId }];
    case 'account':
      return [{ quota: 'AccountManagement', key: call.accountId }];
    case 'cloudtrail':
      return [{ quota: 'LookupEvents', key: place }];
    case 'cognito-idp': {
      const category = cognitoCategories[call.operation];
      if (category === undefined) return [];
      const shared = { quota: category.quota, key: place };
      if (!category.perPool || call.poolId === null) return [shared];
      return [shared, { quota: 'PerUserPool', key: `${place}/${call.poolId}/${call.operation}` }];
    }
  }
}
