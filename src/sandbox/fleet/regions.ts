import type { FleetAccount, RegionOptStatus } from './fleet.ts';
import { knownRegions, needsOptIn } from './region-list.ts';

type OptStatuses = Readonly<Record<string, RegionOptStatus>>;

const byDefault: OptStatuses = Object.fromEntries(
  knownRegions.map((region) => [region, needsOptIn(region) ? 'DISABLED' : 'ENABLED_BY_DEFAULT']),
);

/** Every region with its status, by name; the later statuses go over the earlier ones. */
export function optStatuses(...over: readonly OptStatuses[]): FleetAccount['regions'] {
  const all: OptStatuses = Object.assign({}, byDefault, ...over);
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}
