/** Equal gaps together: what a person mends is one cause, however many places it shut. */
import type { GapScope } from '../domain/observation.ts';
import type { Gap } from '../domain/result.ts';
import { counted } from '../words.ts';

export interface GapGroup {
  readonly scope: GapScope;
  readonly code: Gap['code'];
  /** What happened, as one sentence without the names of places. */
  readonly reason: string;
  readonly remedy: string;
  count: number;
  readonly accountIds: Set<string>;
  readonly regions: Set<string>;
  /** The only pool, or the first of several. */
  readonly poolId: string | null;
}

/** Beyond this many groups the rest are told apart by code alone, so that memory stays bounded. */
const distinctGroups = 200;

const scopeOrder: Readonly<Record<GapScope, number>> = { organization: 0, account: 1, region: 2, pool: 3 };

export interface GapGroups {
  add(gap: Gap): void;
  /** The widest scope first, then the most places. */
  groups(): readonly GapGroup[];
}

export function newGapGroups(): GapGroups {
  const groups = new Map<string, GapGroup>();
  return {
    add(gap) {
      const reason = reasonOf(gap);
      const exact = JSON.stringify([gap.scope, gap.code, reason, withoutPlaces(gap.remedy, gap)]);
      const isNew = !groups.has(exact);
      const rest = isNew && groups.size >= distinctGroups;
      const key = rest ? JSON.stringify([gap.scope, gap.code]) : exact;
      const group = groups.get(key) ?? newGroup(gap, rest ? 'several reasons' : reason);
      groups.set(key, group);
      group.count += 1;
      if (gap.accountId !== null) group.accountIds.add(gap.accountId);
      if (gap.region !== null) group.regions.add(gap.region);
    },
    groups: () =>
      [...groups.values()].sort(
        (one, other) => scopeOrder[one.scope] - scopeOrder[other.scope] || other.count - one.count,
      ),
  };
}

function newGroup(gap: Gap, reason: string): GapGroup {
  const { scope, code, remedy, poolId } = gap;
  return { scope, code, reason, remedy, poolId, count: 0, accountIds: new Set(), regions: new Set() };
}

/** AWS ends a denial by saying which kind of policy denied (IAM user guide, "Troubleshoot access denied error messages"). */
const denials = [
  'service control policy',
  'resource control policy',
  'permissions boundary',
  'session policy',
  'VPC endpoint policy',
  'identity-based policy',
  'resource-based policy',
] as const;

function reasonOf(gap: Gap): string {
  const action = /not authorized to perform:? (\w[\w-]*:\w+)/.exec(gap.message)?.[1];
  const denial = denials.find((kind) => gap.message.includes(kind));
  if (action === undefined || denial === undefined) return withoutPlaces(gap.message, gap);
  return gap.message.includes('explicit deny')
    ? `${action} is denied by a ${denial}`.replace('a identity', 'an identity')
    : `no ${denial} allows ${action}`;
}

/** The same text for equal gaps in different places. */
function withoutPlaces(text: string, { region, poolId }: Gap): string {
  let general = text
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, '(id)')
    .replaceAll(/(?<!\d)\d{12}(?!\d)/g, '(account)');
  if (poolId !== null) general = general.replaceAll(poolId, '(pool)');
  if (region !== null) general = general.replaceAll(region, '(region)');
  return general;
}

/** `13 regions × 40 accounts`, `pool eu-west-1_Ab in 111122223333`; without the accounts' names. */
export function placesInWords(group: GapGroup): string {
  const { scope, count, regions, accountIds } = group;
  const [region = ''] = regions;
  const accounts = counted(accountIds.size, 'account');
  switch (scope) {
    case 'organization':
      return count === 1 ? 'the organization' : `the organization (${count} times)`;
    case 'account':
      return count === 1 ? 'account' : accounts;
    case 'region':
      if (count === 1) return `${region} of account`;
      if (regions.size === 1) return `${region} of ${accounts}`;
      if (count === regions.size * accountIds.size) return `${counted(regions.size, 'region')} × ${accounts}`;
      return `${counted(count, 'region')} of ${accounts}`;
    case 'pool':
      if (count === 1) return `pool ${group.poolId ?? ''} of account`;
      return `${counted(count, 'pool')} of ${accounts}`;
  }
}
