/** Organizations made up from a seed and sizes: accounts in every state, nested units, tags, every mixture of factors, denials. */
import { UserError } from '../../../errors.ts';
import { fullAccess } from '../../identity/credentials.ts';
import { awsQuotas } from '../../quotas.ts';
import { fraction, lowerAlphanumeric, word } from '../../seeded.ts';
import type { Fleet, FleetOrganization, PlacedPool } from '../fleet.ts';
import { accountIdOf, accountOf, rolesOf, statusesOf, unitPaths } from './generate-account.ts';
import { generatePool } from './generate-pool.ts';
import { optStatuses } from '../regions.ts';
import { UnitPaths } from '../units.ts';
import { needsOptIn } from '../region-list.ts';

export interface FleetSizes {
  /** The same seed and sizes make the same fleet. */
  readonly seed: number;
  /** At least 1: the management account is one of them. */
  readonly accounts: number;
  /** In all, spread unevenly: some units have none, a few have many. */
  readonly pools: number;
  /** Where pools lie; default four, one of them opt-in. */
  readonly regions?: readonly string[];
}

const defaultRegions = ['eu-west-1', 'eu-central-1', 'us-east-1', 'me-central-1'];

/** Every account but the management account trusts it through the role `MfaDriftAudit`. */
export function generateFleet({ seed, accounts, pools, regions = defaultRegions }: FleetSizes): Fleet {
  if (accounts < 1 || pools < 0) throw new UserError('A fleet has at least one account, and no fewer than 0 pools.');
  if (regions.length === 0 && pools > 0) throw new UserError('Pools need a region to lie in.');
  const units = new UnitPaths(seed, Object.fromEntries(unitPaths.slice(0, -1).map((path) => [path, {}])));
  const ids = Array.from({ length: accounts }, (_, index) => accountIdOf(seed, index));
  const [managementAccountId = ''] = ids;
  const statuses = optStatuses(Object.fromEntries(regions.map((region) => [region, enabledStatus(region)])));
  const shares = spread(seed, ids.length, regions.length, pools);
  const organization = organizationOf(seed, units, managementAccountId, ids, regions);
  return {
    seed,
    organization,
    caller: { accountId: managementAccountId, kind: 'user', name: 'auditor', permissions: fullAccess },
    homeRegion: regions[0] ?? 'us-east-1',
    accounts: ids.map((id, index) => ({
      ...accountOf(seed, id, index, units),
      roles: index === 0 ? [] : rolesOf(seed, id, managementAccountId),
      regions: statusesOf(seed, id, index, statuses, regions),
      pools: regions.flatMap((region, at) => poolsOf(seed, id, region, shares[index * regions.length + at] ?? 0)),
    })),
    quotas: awsQuotas,
    emptyPages: 0.1,
    switches: {},
  };
}

function organizationOf(
  seed: number,
  units: UnitPaths,
  managementAccountId: string,
  accountIds: readonly string[],
  regions: readonly string[],
): FleetOrganization {
  const denied = {
    id: 'p-denyregion',
    actions: ['cognito-idp:*'],
    regions: regions.slice(-1),
    targets: [units.idOf('/Sandbox')],
  };
  return {
    id: `o-${word(seed, 'organization', 10, lowerAlphanumeric)}`,
    rootId: units.rootId,
    managementAccountId,
    delegatedAdministrators: accountIds.slice(1, 2),
    units: units.units,
    serviceControlPolicies: [denied],
    accountStates: 'State',
    paths: true,
  };
}

function enabledStatus(region: string) {
  return needsOptIn(region) ? 'ENABLED' : 'ENABLED_BY_DEFAULT';
}

/** How many pools each unit has: two in five have none, and few have most. Sums up to `pools`. */
function spread(seed: number, accounts: number, regions: number, pools: number): readonly number[] {
  const weights = Array.from(
    { length: accounts * regions },
    (_, at) => Math.max(0, fraction(seed, `share/${at}`) - 0.4) ** 3,
  );
  const [first = 0] = weights;
  // A single unit, or a handful that all drew nothing, still takes its pools.
  weights[0] = first + 1e-9;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let weighed = 0;
  let given = 0;
  return weights.map((weight) => {
    weighed += weight;
    const upTo = Math.round((pools * weighed) / total);
    const share = upTo - given;
    given = upTo;
    return share;
  });
}

function poolsOf(seed: number, accountId: string, region: string, count: number): readonly PlacedPool[] {
  return Array.from({ length: count }, (_, index) => generatePool(seed, accountId, region, index));
}
