/** Equal gaps together: what a person mends is one cause, however many places it shut. */
import type { GapScope } from '../../domain/model/observation.ts';
import type { Gap } from '../../domain/result/result.ts';
import { counted } from '../../number-format.ts';

export interface GapGroup {
  readonly scope: GapScope;
  readonly code: Gap['code'];
  /** What happened, as one sentence; a place in which the gaps differ stands as ACCOUNT, REGION or POOL. */
  readonly reason: string;
  readonly remedy: string;
  readonly count: number;
  readonly accountIds: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
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

/** Equal gaps as they are collected. */
interface Collected {
  readonly first: Gap;
  readonly isRest: boolean;
  count: number;
  readonly accountIds: Set<string>;
  readonly regions: Set<string>;
}

export function newGapGroups(): GapGroups {
  const groups = new Map<string, Collected>();
  return {
    add(gap) {
      const exact = JSON.stringify([
        gap.scope,
        gap.code,
        reasonOf(gap, everywhere),
        general(gap.remedy, gap, everywhere),
      ]);
      const isRest = !groups.has(exact) && groups.size >= distinctGroups;
      const key = isRest ? JSON.stringify([gap.scope, gap.code]) : exact;
      const group = groups.get(key) ?? { first: gap, isRest, count: 0, accountIds: new Set(), regions: new Set() };
      groups.set(key, group);
      group.count += 1;
      if (gap.accountId !== null) group.accountIds.add(gap.accountId);
      if (gap.region !== null) group.regions.add(gap.region);
    },
    groups: () =>
      [...groups.values()]
        .map(groupOf)
        .sort((one, other) => scopeOrder[one.scope] - scopeOrder[other.scope] || other.count - one.count),
  };
}

function groupOf({ first, isRest, count, accountIds, regions }: Collected): GapGroup {
  const { scope, code, poolId } = first;
  const differing: Differing = { account: accountIds.size > 1, region: regions.size > 1, pool: count > 1 };
  const reason = isRest ? 'several reasons' : reasonOf(first, differing);
  return { scope, code, reason, remedy: general(first.remedy, first, differing), poolId, count, accountIds, regions };
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

/** In which places the gaps of a group differ; what is the same for all stays as it is. */
interface Differing {
  readonly account: boolean;
  readonly region: boolean;
  readonly pool: boolean;
}

const everywhere: Differing = { account: true, region: true, pool: true };

function reasonOf(gap: Gap, differing: Differing): string {
  const action = /not authorized to perform:? (\w[\w-]*:\w+)/.exec(gap.message)?.[1];
  const denial = denials.find((kind) => gap.message.includes(kind));
  if (action === undefined || denial === undefined) return general(gap.message, gap, differing);
  return gap.message.includes('explicit deny')
    ? `${action} is denied by a ${denial}`.replace('a identity', 'an identity')
    : `no ${denial} allows ${action}`;
}

/** The same text for equal gaps in different places. */
function general(text: string, { accountId, region, poolId }: Gap, differing: Differing): string {
  let same = text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, '(id)');
  if (differing.pool && poolId !== null) same = same.replaceAll(poolId, 'POOL');
  if (differing.account && accountId !== null) same = same.replaceAll(accountId, 'ACCOUNT');
  if (differing.region && region !== null) same = same.replaceAll(region, 'REGION');
  return same;
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
