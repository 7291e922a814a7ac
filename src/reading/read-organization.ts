/**
 * Reading an organization, whole. Accounts flow in as they are listed; each brings its units to the sweep, which asks
 * every unit for its first page with all the concurrency there is; units with pools go on from there, each at the pace
 * of its own quotas. What is held at any moment is bounded, however many accounts, units and pools there are.
 */
import { boundedWork } from '../pacing/work/bounded-work.ts';
import type { Cloud } from '../ports/cloud.ts';
import { accountsToRead } from './accounts/discover-accounts.ts';
import { forEachOf } from '../pacing/work/for-each-of.ts';
import { withManagementAdvice } from './accounts/management-account.ts';
import type { Calls } from '../pacing/calls.ts';
import { FailureRow } from '../pacing/failure-row.ts';
import { loggedSink } from './progress/logged-sink.ts';
import type { Discovery, ObservationSink, OpenGap } from './sink.ts';
import { readAccount } from './read-account.ts';
import type { ReadingProgress } from './progress/reading-progress.ts';
import type { ReadingRun } from './reading-run.ts';
import { paceOf } from './unit-quotas.ts';
import { chooseRegions, type RegionChoice } from './accounts/region-choice.ts';
import { AccountRegistry } from './accounts/account-registry.ts';
import type { ReadingScope } from './accounts/scope.ts';

/** Nobody publishes STS's quota, and this is one call for each account. */
const identityPerSecond = 20;
/** A shorter answer would need more units side by side to fill the slots; AWS's take longer. */
const shortLatencySeconds = 0.02;

export interface ReadingOptions {
  readonly cloud: Cloud;
  readonly calls: Calls;
  readonly scope: ReadingScope;
  readonly sink: ObservationSink;
  readonly progress: ReadingProgress;
}

export interface OrganizationReading {
  readonly discovery: Discovery;
  /** Of scope organization and account; those of regions and pools are in the observations. */
  readonly gaps: readonly OpenGap[];
  /** Ids of accounts that were not read to their end; none unless interrupted. */
  readonly unfinished: readonly string[];
  /** Ended by the signal: what is known is whole, and there is less of it. */
  readonly interrupted: boolean;
}

/**
 * Hands every observation to the sink and resolves with the rest. Throws UserError where the run can't begin: accounts
 * can't be listed, nothing is in scope, a region or unit does not exist.
 */
export async function readOrganization(options: ReadingOptions): Promise<OrganizationReading> {
  const { cloud, calls, scope, progress } = options;
  const registry = new AccountRegistry(calls.log);
  let failure: { readonly error: unknown } | null = null;
  const fail = (error: unknown): void => {
    if (!calls.signal.aborted) failure = { error };
    calls.halt(error);
  };
  try {
    const run = readingRun(options, registry, await chooseRegions(cloud, calls, scope), fail);
    const accounts = accountsToRead(cloud, calls, scope, registry);
    try {
      await forEachOf(accounts, scope.settings.limits.concurrency, async (account) => {
        await readAccount(run, account);
        progress.accountsTotal = registry.total;
      });
      progress.accountsTotal = registry.total;
      progress.unitsTotal = progress.unitsFound;
    } catch (error) {
      fail(error);
    }
    for (const line of [run.sweep, run.small, run.large]) await line.idle();
  } catch (error) {
    fail(error);
  }
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
  return {
    discovery: discoveryOf(cloud, registry),
    gaps: registry.gaps.map((gap) => withManagementAdvice(gap, registry.organization?.managementAccountId ?? null)),
    unfinished: registry.unfinished(),
    interrupted: calls.signal.aborted,
  };
}

function readingRun(
  { cloud, calls, scope, sink, progress }: ReadingOptions,
  registry: AccountRegistry,
  regions: RegionChoice,
  fail: (error: unknown) => void,
): ReadingRun {
  const { concurrency } = scope.settings.limits;
  const pace = paceOf(scope.settings.limits);
  const atOnce = unitsAtOnce(concurrency, pace.UserPoolResourceRead);
  return {
    cloud,
    calls,
    needs: scope.needs,
    sink: loggedSink(sink, calls.log),
    registry,
    regions,
    regionListings: new FailureRow(),
    confirming: scope.confirmsOwners === true ? calls.quota({ perSecond: identityPerSecond }) : null,
    pace,
    progress,
    concurrency,
    // A unit that waits, for a retry or behind its quota, holds no slot: more are under way than there are slots.
    sweep: boundedWork(4 * concurrency, 4 * concurrency, fail),
    small: boundedWork(atOnce, 4 * concurrency, fail),
    large: boundedWork(atOnce, concurrency, fail),
  };
}

/**
 * How many units are read side by side: enough for their quotas together to fill every slot, and no more, since each
 * holds a client and some pools.
 */
function unitsAtOnce(concurrency: number, perSecond: number): number {
  const enough = Math.ceil(concurrency / (perSecond * shortLatencySeconds));
  return Math.min(Math.max(enough, 2 * concurrency), 8 * concurrency);
}

function discoveryOf(cloud: Cloud, registry: AccountRegistry): Discovery {
  return {
    callerArn: cloud.callerArn,
    organizationId: registry.organization?.id ?? null,
    managementAccountId: registry.organization?.managementAccountId ?? null,
    accounts: registry.accounts(),
    skipped: registry.skipped,
    unreadFacts: registry.unreadFacts.all(),
  };
}
