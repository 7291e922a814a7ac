/** What one account has enabled, and so which of its regions are read. */
import { isCognitoRegion } from '../domain/regions.ts';
import type { AccountCalls, Cloud, RegionState } from './cloud.ts';
import type { CallFailure } from './pacing/attempt.ts';
import { allItems, pages } from './pages.ts';
import type { ReadingRun } from './reading-run.ts';
import type { RegionChoice } from './region-choice.ts';

/** ListRegions allows 5 a second, for each calling account (Account Management quotas). */
const listRegionsPerSecond = 5;

/**
 * `sure`: ListRegions says that the account has the region. `changing`: it is being enabled or disabled. `doubtful`:
 * ListRegions could not be asked, or does not know the region.
 */
export type Standing = 'sure' | 'changing' | 'doubtful';

export interface AccountRegions {
  readonly read: readonly { readonly region: string; readonly standing: Standing }[];
  /** Not enabled, as ListRegions says. */
  readonly skipped: readonly string[];
  /** Enabled, served by Cognito, and left out by the configuration; `null` where nothing is, or it could not be asked. */
  readonly notAudited: readonly string[] | null;
  /** The credentials were taken: the listing was answered, or denied by name. */
  readonly areCredentialsAccepted: boolean;
}

/** Never fails: where listing is denied or breaks, every wanted region is tried. */
export async function accountRegions(
  { cloud, calls, regions: choice, regionListings }: ReadingRun,
  account: AccountCalls,
): Promise<AccountRegions> {
  const quota = calls.quota({ perSecond: listRegionsPerSecond, isSerial: true });
  const listing = () => allItems(pages(calls, quota, account.regions, () => account.ready()));
  const listed = await regionListings.ask(listing);
  if (!listed.ok) return everyRegion(choice, listed.failure);
  const states = new Map(listed.value.map(({ region, state }) => [region, state]));
  const standings = choice.wanted.map((region) => ({ region, standing: standingOf(states.get(region)) }));
  const others = await newRegions(listed.value, choice, cloud);
  return {
    read: [
      ...standings.flatMap(({ region, standing }) => (standing === 'disabled' ? [] : [{ region, standing }])),
      ...others.wanted.map((region) => ({ region, standing: 'sure' as const })),
    ],
    skipped: standings.filter(({ standing }) => standing === 'disabled').map(({ region }) => region),
    notAudited: choice.leavesOut ? others.leftOut : null,
    areCredentialsAccepted: true,
  };
}

function everyRegion(choice: RegionChoice, failure: CallFailure): AccountRegions {
  return {
    read: choice.wanted.map((region) => ({ region, standing: 'doubtful' })),
    skipped: [],
    notAudited: null,
    areCredentialsAccepted: failure.code === 'AccessDenied',
  };
}

/** Enabled regions with Cognito beyond those that were wanted. A region newer than the built-in list is looked up. */
async function newRegions(
  listed: readonly RegionState[],
  choice: RegionChoice,
  cloud: Cloud,
): Promise<{ readonly wanted: readonly string[]; readonly leftOut: readonly string[] }> {
  const wanted: string[] = [];
  const leftOut: string[] = [];
  for (const { region, state } of listed) {
    if (choice.wanted.includes(region) || standingOf(state) !== 'sure') continue;
    if (!isCognitoRegion(region) && !(await cloud.servesCognito(region))) continue;
    if (!isCognitoRegion(region) && choice.takesNew(region)) wanted.push(region);
    else if (choice.isLeftOut(region)) leftOut.push(region);
  }
  return { wanted, leftOut: leftOut.sort() };
}

function standingOf(state: string | undefined): Standing | 'disabled' {
  switch (state) {
    case 'ENABLED':
    case 'ENABLED_BY_DEFAULT':
      return 'sure';
    case 'ENABLING':
    case 'DISABLING':
      return 'changing';
    case undefined:
      return 'doubtful';
    default:
      return 'disabled';
  }
}
