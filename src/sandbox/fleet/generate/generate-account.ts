/** Made-up accounts: in every state, under nested units, with roles that refuse in each of the ways that IAM has. */
import { fraction, pick, pickFrom } from '../../seeded.ts';
import type { FleetAccount, FleetRole, FleetAccountState } from '../fleet.ts';
import { optStatuses } from '../regions.ts';
import type { UnitPaths } from '../units.ts';
import { needsOptIn } from '../region-list.ts';

export const unitPaths = [
  '/Workloads/Prod',
  '/Workloads/NonProd',
  '/Workloads/Prod/Payments',
  '/Security',
  '/Infrastructure',
  '/Sandbox',
  '/',
] as const;
const environments = ['prod', 'dev', 'test'] as const;
const products = ['shop', 'payments', 'hr', 'search', 'billing', 'games', 'maps', 'mail'] as const;

export function accountOf(seed: number, id: string, index: number, units: UnitPaths) {
  const environment = pickFrom(seed, `environment/${id}`, environments);
  const product = pickFrom(seed, `product/${id}`, products);
  return {
    id,
    name: index === 0 ? 'management' : `${product}-${index}-${environment}`,
    email: `aws-${id}@example.com`,
    state: index === 0 ? 'ACTIVE' : stateOf(fraction(seed, `state/${id}`)),
    parentId: units.idOf(index === 0 ? '/' : pickFrom(seed, `unit/${id}`, unitPaths)),
    tags: { env: environment, product },
  } as const;
}

/** Nine in ten are active; the others share the rest. */
function stateOf(draw: number): FleetAccountState {
  if (draw < 0.9) return 'ACTIVE';
  if (draw < 0.94) return 'SUSPENDED';
  if (draw < 0.96) return 'PENDING_CLOSURE';
  return draw < 0.98 ? 'CLOSED' : 'PENDING_ACTIVATION';
}

/** Most accounts let the auditor do everything; the others refuse it in one of the ways that IAM has. */
export function rolesOf(seed: number, accountId: string, auditor: string): readonly FleetRole[] {
  const draw = fraction(seed, `role/${accountId}`);
  if (draw < 0.03) return [];
  if (draw < 0.06) return [roleWith({ trusts: [] })];
  if (draw < 0.09) return [roleWith({ trusts: [auditor], externalId: 'of-another-tool' })];
  const lacked = [
    'cognito-idp:GetUserPoolMfaConfig',
    'cognito-idp:ListUserPools',
    'cognito-idp:DescribeUserPool',
    'account:ListRegions',
  ][Math.floor((draw - 0.09) / 0.03)];
  return [roleWith({ trusts: [auditor], lacks: lacked })];
}

function roleWith(facts: {
  readonly trusts: readonly string[];
  readonly externalId?: string;
  readonly lacks?: string | undefined;
}): FleetRole {
  const lacks = facts.lacks === undefined ? [] : [{ action: facts.lacks, whereTagged: null }];
  return {
    name: 'MfaDriftAudit',
    externalId: facts.externalId ?? null,
    trusts: facts.trusts,
    maxSessionSeconds: 3600,
    permissions: { allows: ['*'], lacks },
  };
}

/** One account in ten has not opted in to what is not enabled by default. */
export function statusesOf(
  seed: number,
  id: string,
  index: number,
  enabled: FleetAccount['regions'],
  regions: readonly string[],
): FleetAccount['regions'] {
  const optIn = regions.filter((region) => needsOptIn(region));
  if (index === 0 || optIn.length === 0 || fraction(seed, `opt-in/${id}`) >= 0.1) return enabled;
  return optStatuses(enabled, Object.fromEntries(optIn.map((region) => [region, 'DISABLED' as const])));
}

/** Twelve digits, each index its own: the factor and the modulus have no divisor in common. */
export function accountIdOf(seed: number, index: number): string {
  const range = 900_000_000_000;
  return String(100_000_000_000 + ((index * 76_543_217 + pick(seed, 'accounts', range)) % range));
}
