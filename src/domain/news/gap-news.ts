import { isOpen, type Gap, type Result } from '../result/result.ts';
import type { News } from './news.ts';

type GapNews = Extract<News, { readonly kind: 'unreadable' | 'readable' }>;

/** Told of each gap of tonight, accepted ones too. */
export type SeeGap = (gap: Gap) => void;

/** Holds the gaps of last night and the units of tonight in memory, not the pools. */
export async function* gapNews(
  tonight: Result,
  lastNight: Result | null,
  see: SeeGap,
): AsyncGenerator<GapNews, void, void> {
  const earlier = new Map<string, Gap>();
  if (lastNight !== null) {
    for await (const gap of lastNight.gaps()) if (isOpen(gap)) earlier.set(keyOf(gap), gap);
  }
  const open = new Set<string>();
  const isTold = lastNight === null && tonight.head.summary.changes !== null;
  for await (const gap of tonight.gaps()) {
    see(gap);
    if (!isOpen(gap)) continue;
    open.add(keyOf(gap));
    if (!isTold && !isWithin(gap, earlier)) yield { kind: 'unreadable', gap };
  }
  if (earlier.size === 0) return;
  const wasRead = await readPlaces(tonight);
  for (const gap of earlier.values()) {
    if (!isWithin(gap, open) && wasRead(gap)) yield { kind: 'readable', gap };
  }
}

type Place = Pick<Gap, 'scope' | 'accountId' | 'region' | 'poolId'>;

/** Whatever the reason: a place that is denied tonight and was throttled last night was not read in either. */
function keyOf({ scope, accountId, region, poolId }: Place): string {
  return [scope, accountId, region, poolId].join('/');
}

/** Whether it is such a place, or lies in one: a region of an account that was not read. */
function isWithin(place: Place, places: { has(key: string): boolean }): boolean {
  const { accountId, region } = place;
  return (
    places.has(keyOf(place)) ||
    (accountId !== null && places.has(keyOf({ scope: 'account', accountId, region: null, poolId: null }))) ||
    (region !== null && places.has(keyOf({ scope: 'region', accountId, region, poolId: null })))
  );
}

/** Whether this night looked there: what it left out is not readable again. */
async function readPlaces(result: Result): Promise<(place: Place) => boolean> {
  const accounts = new Set<string>();
  const units = new Set<string>();
  for await (const { accountId, region, status } of result.units()) {
    if (status !== 'read') continue;
    accounts.add(accountId);
    units.add(`${accountId}/${region}`);
  }
  const { scope, shard } = result.head.run;
  const isWhole = shard === null && Object.keys(scope.filters).length === 0;
  return ({ scope: kind, accountId, region }) => {
    if (kind === 'organization') return isWhole;
    return kind === 'account' ? accounts.has(accountId ?? '') : units.has(`${accountId}/${region}`);
  };
}
