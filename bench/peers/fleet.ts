/**
 * The organization that every peer is asked about: each kind of pool in a known number, so that a tool which says the same
 * of everything, or nothing, is wrong somewhere. No pool has a tag, so that an empty answer of the tagging service is the truth.
 */
import type { JsonObject } from '../../src/domain/model/json.ts';
import type { Fleet, FleetAccount, PlacedPool } from '../../src/sandbox/fleet/fleet.ts';
import type { Statement } from '../../src/sandbox/identity/policy.ts';
import { awsQuotas } from '../../src/sandbox/quotas.ts';
import { auditRole, benchFleet, regionsOf } from '../fleet.ts';

/** In the order of the tables; what stands after the kinds that can be read is what a tool can't, or can't fully, read. */
export const kinds = {
  off: 'OFF',
  optional: 'OPTIONAL, TOTP',
  totp: 'ON, TOTP',
  sms: 'ON, SMS only',
  'mfa-denied': 'ON; GetUserPoolMfaConfig denied',
  denied: 'ON; every call on the pool denied',
  unlisted: 'ON; ListUserPools denied in the account',
  unreachable: 'ON; the role of the account denied',
} as const;

export type Kind = keyof typeof kinds;

export interface TruePool {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  readonly kind: Kind;
}

const shape = { accounts: 20, regions: 2, poolsInEachUnit: 10, quotas: awsQuotas };

export const regions = regionsOf(shape);

export function roleArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:role/${auditRole}`;
}

const totp: JsonObject = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };

const configs: Readonly<Record<Kind, JsonObject>> = {
  off: { MfaConfiguration: 'OFF' },
  optional: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
  totp,
  sms: {
    MfaConfiguration: 'ON',
    SmsMfaConfiguration: {
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::100000000000:role/sms', ExternalId: 'sms' },
    },
  },
  'mfa-denied': totp,
  denied: totp,
  unlisted: totp,
  unreachable: totp,
};

/** What is denied stands in the middle, so that what becomes of its neighbours before it and behind it is seen. */
function unitWith(denied: Kind): readonly Kind[] {
  return [...several(2, 'off'), ...several(3, 'optional'), ...several(2, denied), ...several(3, 'totp')];
}

function several(count: number, kind: Kind): readonly Kind[] {
  return Array.from({ length: count }, () => kind);
}

function kindsOfUnit(accountIndex: number): readonly Kind[] {
  switch (accountIndex) {
    case 16:
      return unitWith('mfa-denied');
    case 17:
      return unitWith('denied');
    case 18:
      return several(10, 'unlisted');
    case 19:
      return several(10, 'unreachable');
    default:
      return unitWith('sms');
  }
}

export interface PeerFleet {
  readonly fleet: Fleet;
  readonly pools: readonly TruePool[];
}

export const allAccounts = shape.accounts;

/** @param last besides the management account only so many, from the end, where those are that can't be read whole */
export function peerFleet(last: number = allAccounts): PeerFleet {
  const plain = benchFleet(shape);
  const accounts = plain.accounts
    .map((account, at) => ({ account, pools: poolsOf(account.id, at) }))
    .filter((_, at) => at === 0 || at >= allAccounts - last);
  return {
    pools: accounts.flatMap(({ pools }) => pools),
    fleet: {
      ...plain,
      // Some of the tools still look at the retired `Status` alone.
      organization: plain.organization === null ? null : { ...plain.organization, accountStates: 'both' },
      accounts: accounts.map(({ account, pools }) => withPools(account, pools)),
    },
  };
}

function poolsOf(accountId: string, accountIndex: number): readonly TruePool[] {
  return regions.flatMap((region, regionIndex) =>
    kindsOfUnit(accountIndex).map((kind, at) => {
      const number = (accountIndex * regions.length + regionIndex) * shape.poolsInEachUnit + at;
      return { accountId, region, poolId: `${region}_${String(number).padStart(9, '0')}`, kind };
    }),
  );
}

function withPools(account: FleetAccount, pools: readonly TruePool[]): FleetAccount {
  const refusals = pools.flatMap(refusal);
  const isUnreachable = pools.some(({ kind }) => kind === 'unreachable');
  return {
    ...account,
    pools: pools.map(placed),
    roles: account.roles.map((role) => ({
      ...role,
      trusts: isUnreachable ? [] : role.trusts,
      permissions: { ...role.permissions, policy: refusals },
    })),
  };
}

function refusal({ accountId, region, poolId, kind }: TruePool): readonly Statement[] {
  const arn = `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`;
  if (kind === 'mfa-denied') return [deny('cognito-idp:GetUserPoolMfaConfig', arn)];
  if (kind === 'denied') return [deny('cognito-idp:*', arn)];
  return kind === 'unlisted' ? [deny('cognito-idp:ListUserPools', '*')] : [];
}

function deny(action: string, resource: string): Statement {
  return { effect: 'Deny', actions: [action], resources: [resource], conditions: [] };
}

function placed({ accountId, region, poolId, kind }: TruePool): PlacedPool {
  const name = `customers-${poolId.slice(-3)}`;
  return {
    pool: { accountId, region, id: poolId, name, primaryRegion: region, mfaConfig: configs[kind], userPool: {} },
    vanishes: false,
  };
}
