import { cognitoRegions, regionsEnabledByDefault } from '../../domain/model/regions.ts';
import type { FleetAccount, RegionOptStatus } from './fleet.ts';

type OptStatuses = Readonly<Record<string, RegionOptStatus>>;

/** The regions that the sandbox knows without being told. */
export const knownRegions: readonly string[] = cognitoRegions.aws;

const byDefault: OptStatuses = Object.fromEntries(
  knownRegions.map((region) => [region, regionsEnabledByDefault.has(region) ? 'ENABLED_BY_DEFAULT' : 'DISABLED']),
);

/** Every region with its status, by name; the later statuses go over the earlier ones. */
export function optStatuses(...over: readonly OptStatuses[]): FleetAccount['regions'] {
  const all: OptStatuses = Object.assign({}, byDefault, ...over);
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}
