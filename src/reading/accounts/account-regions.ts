/** What one account has enabled, and so which of its regions are read. */
import { isCognitoRegion } from '../../domain/model/regions.ts';
import type { AccountCalls, Cloud, RegionState } from '../../ports/cloud.ts';
import { isOwnDenial, type CallFailure } from '../../pacing/call-result.ts';
import { allItems, pages } from '../pages.ts';
import type { ReadingRun } from '../reading-run.ts';
import type { RegionChoice } from './region-choice.ts';

/** ListRegions allows 5 a second, for each calling account (Account Management quotas). */
const listRegionsPerSecond = 5;

/** From the strongest down: of a region that is listed twice, the first of these counts. */
const optIns = ['sure', 'changing', 'doubtful', 'disabled'] as const;

/**
 * `sure`: ListRegions says that the account has the region. `changing`: it is being enabled or disabled. `doubtful`:
 * ListRegions could not be asked, does not know the region, or says a state that this program does not know.
 */
export type RegionOptIn = Exclude<(typeof optIns)[number], 'disabled'>;

type Run = Pick<ReadingRun, 'cloud' | 'calls' | 'regions' | 'regionListings' | 'registry'>;
type Listed = ReadonlyMap<string, RegionOptIn | 'disabled'>;

export interface AccountRegions {
  readonly read: readonly { readonly region: string; readonly optIn: RegionOptIn }[];
  /** Not enabled, as ListRegions says. */
  readonly skipped: readonly string[];
  /** Not disabled, served by Cognito, and left out by the configuration; `null` where nothing is, or it could not be asked. */
  readonly notAudited: readonly string[] | null;
  /** The credentials were taken: the listing was answered, or denied by name. */
  readonly areCredentialsAccepted: boolean;
}

/** Never fails: where listing is denied or breaks, every wanted region is tried. */
export async function accountRegions(
  { cloud, calls, regions: choice, regionListings, registry }: Run,
  accountId: string,
  account: AccountCalls,
): Promise<AccountRegions> {
  const quota = calls.quota({ perSecond: listRegionsPerSecond, name: 'account:ListRegions' });
  const listing = () => allItems(pages(calls, quota, account.regions, () => account.ready()));
  const listed = await regionListings.ask(listing);
  if (!listed.ok) {
    registry.unreadFacts.add('regions', accountId, listed.failure);
    return everyRegion(choice, listed.failure);
  }
  const known = optInsOf(listed.value);
  const wanted = choice.wanted.map((region) => ({ region, optIn: known.get(region) ?? 'doubtful' }));
  const others = await newRegions(known, choice, cloud);
  return {
    read: [...wanted, ...others.wanted].flatMap(({ region, optIn }) =>
      optIn === 'disabled' ? [] : [{ region, optIn }],
    ),
    skipped: wanted.filter(({ optIn }) => optIn === 'disabled').map(({ region }) => region),
    notAudited: choice.leavesOut ? others.leftOut : null,
    areCredentialsAccepted: true,
  };
}

function everyRegion(choice: RegionChoice, failure: CallFailure): AccountRegions {
  return {
    read: choice.wanted.map((region) => ({ region, optIn: 'doubtful' })),
    skipped: [],
    notAudited: null,
    areCredentialsAccepted: isOwnDenial(failure),
  };
}

/** Regions with Cognito beyond those that were wanted. A region newer than the built-in list is looked up. */
async function newRegions(
  known: Listed,
  choice: RegionChoice,
  cloud: Cloud,
): Promise<{ readonly wanted: AccountRegions['read']; readonly leftOut: readonly string[] }> {
  const wanted: AccountRegions['read'][number][] = [];
  const leftOut: string[] = [];
  for (const [region, optIn] of known) {
    if (choice.wanted.includes(region) || optIn === 'disabled') continue;
    if (!isCognitoRegion(region) && !(await cloud.servesCognito(region))) continue;
    if (!isCognitoRegion(region) && choice.takesNew(region)) wanted.push({ region, optIn });
    else if (choice.isLeftOut(region)) leftOut.push(region);
  }
  return { wanted, leftOut: leftOut.sort() };
}

function optInsOf(listed: readonly RegionState[]): Listed {
  const known = new Map<string, RegionOptIn | 'disabled'>();
  for (const { region, state } of listed) {
    const [optIn, earlier] = [optInOf(state), known.get(region) ?? 'disabled'];
    known.set(region, optIns.indexOf(optIn) < optIns.indexOf(earlier) ? optIn : earlier);
  }
  return known;
}

/** Only the one word that says so leaves a region out: what another may mean, trying it tells. */
function optInOf(state: string | null): RegionOptIn | 'disabled' {
  switch (state) {
    case 'ENABLED':
    case 'ENABLED_BY_DEFAULT':
      return 'sure';
    case 'ENABLING':
    case 'DISABLING':
      return 'changing';
    case 'DISABLED':
      return 'disabled';
    default:
      return 'doubtful';
  }
}
