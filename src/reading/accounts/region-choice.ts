/** Which regions a run wants: by configuration, flags and partition, before any account is asked what it has enabled. */
import { compileGlob } from '../../domain/policy/match/globs.ts';
import { cognitoRegions, isCognitoRegion, partitionOf, type Partition } from '../../domain/model/regions.ts';
import { UnknownTextError, UserError } from '../../errors.ts';
import type { Cloud } from '../../ports/cloud.ts';
import type { Calls } from '../../pacing/calls.ts';
import { allItems, pages } from '../pages.ts';
import type { ReadingScope } from './scope.ts';

export interface RegionChoice {
  /** In the order in which they are read. */
  readonly wanted: readonly string[];
  /** Whether a region that only the account itself knows is wanted too: all but a list of regions takes such in. */
  takesNew(region: string): boolean;
  /** Whether the configuration leaves anything out, so that the result must say what. */
  readonly leavesOut: boolean;
  isLeftOut(region: string): boolean;
}

/** Throws UserError for a region that does not exist, lies in another partition, or is left out by the configuration. */
export async function chooseRegions(cloud: Cloud, calls: Calls, scope: ReadingScope): Promise<RegionChoice> {
  const { regions } = scope.settings;
  const flags = scope.filters.regions;
  await requireRegions(cloud, calls, [...(regions.kind === 'list' ? regions.regions : []), ...(flags ?? [])]);
  const isConfigured = configuredBy(regions);
  const strangers = (flags ?? []).filter((region) => !isConfigured(region));
  if (strangers.length > 0)
    throw new UserError(`--region: the configuration leaves out ${strangers.join(', ')} (regions).`);
  const base = regions.kind === 'list' ? regions.regions : cognitoRegions[cloud.partition].filter(isConfigured);
  const wanted = [...new Set(flags ?? base)];
  if (wanted.length === 0)
    throw new UserError('No region in scope: the configuration leaves out all of them (regions).');
  return {
    wanted,
    takesNew: (region) => flags === null && isConfigured(region),
    leavesOut: regions.kind === 'list' || regions.exclude.length > 0,
    isLeftOut: (region) => !isConfigured(region),
  };
}

function configuredBy(regions: ReadingScope['settings']['regions']): (region: string) => boolean {
  if (regions.kind === 'list') return (region) => regions.regions.includes(region);
  const excluded = regions.exclude.map(compileGlob);
  return (region) => !excluded.some((matches) => matches(region));
}

async function requireRegions(cloud: Cloud, calls: Calls, named: readonly string[]): Promise<void> {
  const unlisted = named.filter((region) => !isCognitoRegion(region));
  if (unlisted.length > 0) {
    const known = await regionsOfCaller(cloud, calls);
    const unknown = unlisted.filter((region) => !known.includes(region));
    if (unknown.length > 0) throw unknownRegions(unknown, cloud.partition);
  }
  const foreign = named.filter((region) => partitionOf(region) !== cloud.partition);
  if (foreign.length > 0)
    throw new UserError(`${foreign.join(', ')} is not in the partition of the caller, ${cloud.partition}.`);
}

/** Every region that the caller's account lists, enabled or not; none where it may not ask. */
async function regionsOfCaller(cloud: Cloud, calls: Calls): Promise<readonly string[]> {
  const account = cloud.account(cloud.callerAccountId);
  const quota = calls.quota({ perSecond: 5, name: 'account:ListRegions' });
  const listed = await allItems(pages(calls, quota, account.regions, () => account.ready()));
  return listed.ok ? listed.value.map(({ region }) => region) : [];
}

function unknownRegions(regions: readonly string[], partition: Partition): UnknownTextError {
  return new UnknownTextError(
    regions,
    'is no region that serves Cognito user pools, nor does account:ListRegions know it',
    `Known are: ${cognitoRegions[partition].join(', ')}.`,
  );
}
