/** Organizations for measuring: plain, of an exact shape, everything readable. */
import { cognitoRegions } from '../src/domain/model/regions.ts';
import type { Fleet, FleetAccount, PlacedPool } from '../src/sandbox/fleet/fleet.ts';
import { noQuotas, type QuotaRates } from '../src/sandbox/quotas.ts';

export interface FleetShape {
  readonly accounts: number;
  /** How many of the regions that serve Cognito the accounts have enabled. */
  readonly regions: number;
  readonly poolsInEachUnit: number;
  /** In the last region of the last account, beside the others'. */
  readonly poolsInLargestUnit?: number;
  /** Spread one by one over that many units, from the first. */
  readonly scatteredPools?: number;
  readonly quotas?: Partial<QuotaRates>;
}

export const auditRole = 'MfaDriftAudit';
const everything = { allows: ['*'], lacks: [] };

const homeRegion = 'us-east-1';

export function regionsOf({ regions }: Pick<FleetShape, 'regions'>): readonly string[] {
  return [homeRegion, ...cognitoRegions.aws.filter((region) => region !== homeRegion)].slice(0, regions);
}

export function benchFleet(shape: FleetShape): Fleet {
  const managementAccountId = accountId(0);
  return {
    seed: 1,
    organization: {
      id: 'o-benchorg01',
      rootId: 'r-ab12',
      managementAccountId,
      delegatedAdministrators: [],
      units: [],
      serviceControlPolicies: [],
      accountStates: 'State',
      paths: true,
    },
    caller: { accountId: managementAccountId, kind: 'user', name: 'Nightly', permissions: everything },
    homeRegion,
    accounts: Array.from({ length: shape.accounts }, (_, index) => account(index, managementAccountId, shape)),
    quotas: { ...noQuotas, ...shape.quotas },
    emptyPages: 0,
    switches: {},
  };
}

function account(index: number, managementAccountId: string, shape: FleetShape): FleetAccount {
  const id = accountId(index);
  const regions = regionsOf(shape);
  return {
    id,
    name: `account-${index}`,
    email: `${id}@example.com`,
    state: 'ACTIVE',
    parentId: 'r-ab12',
    tags: {},
    roles: [
      {
        name: auditRole,
        externalId: null,
        trusts: [managementAccountId],
        maxSessionSeconds: 3600,
        permissions: everything,
      },
    ],
    regions: Object.fromEntries(
      cognitoRegions.aws.map((region) => [region, regions.includes(region) ? 'ENABLED' : 'DISABLED']),
    ),
    pools: regions.flatMap((region, at) => pools(id, region, poolCount(index, at, shape))),
  };
}

function poolCount(accountIndex: number, regionIndex: number, shape: FleetShape): number {
  const isLast = accountIndex === shape.accounts - 1 && regionIndex === shape.regions - 1;
  const unit = accountIndex * shape.regions + regionIndex;
  const scattered = unit < (shape.scatteredPools ?? 0) ? 1 : 0;
  return (isLast ? shape.poolsInLargestUnit : undefined) ?? shape.poolsInEachUnit + scattered;
}

const mfaConfig = {
  MfaConfiguration: 'OPTIONAL',
  SoftwareTokenMfaConfiguration: { Enabled: true },
  WebAuthnConfiguration: { RelyingPartyId: 'auth.example.com', UserVerification: 'required' },
};

function pools(id: string, region: string, count: number): readonly PlacedPool[] {
  return Array.from({ length: count }, (_, index) => ({
    pool: {
      accountId: id,
      region,
      id: `${region}_${String(index).padStart(9, '0')}`,
      name: `customers-${index}`,
      primaryRegion: region,
      mfaConfig,
      userPool: {},
    },
    vanishes: false,
  }));
}

function accountId(index: number): string {
  return String(100_000_000_000 + index);
}
