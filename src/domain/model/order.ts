/** The order of a result: account, region, pool id; and of the tags in it. */
import type { Place, Tags } from './observation.ts';

export type Placed = { readonly accountId: string | null; readonly region: string | null } & Partial<
  Pick<Place, 'poolId'>
>;

/** Negative where `one` comes first; what belongs to the whole comes before what belongs to a part. */
export function byPlace(one: Placed, other: Placed): number {
  return (
    compareTexts(one.accountId, other.accountId) ||
    compareTexts(one.region, other.region) ||
    compareTexts(one.poolId ?? null, other.poolId ?? null)
  );
}

/** By UTF-16 unit, whatever the locale; `null` first. */
export function compareTexts(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return one < other ? -1 : 1;
}

/** Tags by name: AWS answers with a map, or a list without an order that it vouches for. */
export function tagsByName(entries: Iterable<readonly [string, string]>): Tags {
  return Object.fromEntries([...entries].sort(([one], [other]) => compareTexts(one, other)));
}
