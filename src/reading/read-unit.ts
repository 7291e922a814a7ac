/** One unit, an account in one region: its pools listed, read while they are listed, and handed on as they come. */
import { listingQuota, poolReadNames, type FurtherReads } from '../domain/model/api/reads.ts';
import {
  gapMeanings,
  type Failure,
  type PoolObservation,
  type SkipReason,
  type UnitObservation,
} from '../domain/model/observation.ts';
import type { ListedPool } from '../ports/cloud.ts';
import { forEachOf } from '../pacing/work/for-each-of.ts';
import { settleGone } from './gone-pools.ts';
import { InOrder } from '../pacing/work/in-begun-order.ts';
import { ListingAhead } from './listing-ahead.ts';
import type { CallFailure } from '../pacing/call-result.ts';
import { FailureRow } from '../pacing/failure-row.ts';
import { pages } from './pages.ts';
import type { ObservationSink, UnitSink } from './sink.ts';
import { readPool, type PoolSource } from './read-pool.ts';
import { asFailure } from './accounts/account-registry.ts';

/** Pools that are handed on together, as many as a page holds. */
const batchSize = 60;
/** The most that AWS allows in one region of an account (Cognito developer guide, "Quotas in Amazon Cognito"). */
const mostPools = 10_000;

/** A unit after its first page: done with, failed, or with pools to read; `listing` begins with that page. */
export type OpenedUnit =
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly failure: CallFailure }
  | { readonly kind: 'open'; readonly listing: ListingAhead };

/** Lists up to the first page that holds a pool. */
export async function openUnit(
  { calls, quotas, pools, ready }: PoolSource,
  neededFor: (pool: ListedPool) => FurtherReads,
): Promise<OpenedUnit> {
  const rest = pages(calls, quotas[listingQuota], pools.list, ready, mostPools);
  for (let page = await rest.next(); page.done !== true; page = await rest.next()) {
    if (!page.value.ok) return { kind: 'failed', failure: page.value.failure };
    if (page.value.value.length > 0)
      return { kind: 'open', listing: new ListingAhead(page.value.value, rest, neededFor) };
  }
  return { kind: 'empty' };
}

/** How reading a unit ended. */
export interface UnitEnd {
  readonly pools: number;
  readonly gone: readonly string[];
  readonly failure: Failure | null;
}

interface ReadPool {
  readonly pool: ListedPool;
  /** `null`: it is not there any more. */
  readonly observation: PoolObservation | null;
}

/**
 * Reads the pools of an opened unit. A listing that breaks off leaves the pools that were listed before it. After some
 * failures in a row the rest is not read: in a row as the pools were listed, so that it does not depend on which answer
 * came first.
 *
 * @param atOnce so many pools are begun beside each other; how many requests are really on their way is the quota's to say
 */
export async function readUnit(
  source: PoolSource,
  opened: Extract<OpenedUnit, { kind: 'open' }>,
  neededFor: (pool: ListedPool) => FurtherReads,
  atOnce: number,
  sink: Pick<UnitSink, 'pools'>,
  wasRead: (reads: FurtherReads) => void = () => {},
): Promise<UnitEnd> {
  const listed = new Map<string, string>();
  const gone: ListedPool[] = [];
  const row = new FailureRow();
  let failure: Failure | null = null;
  let batch: PoolObservation[] = [];
  let pools = 0;

  const read = new InOrder<ReadPool>(({ pool, observation }) => {
    if (row.givenUp() !== null) return;
    pools += 1;
    if (observation === null) gone.push(pool);
    else batch.push(observation);
    row.note(observation === null ? [] : failuresIn(observation));
  });

  async function flush(): Promise<void> {
    const full = batch;
    batch = [];
    await sink.pools(full);
  }

  async function* listedPools(): AsyncGenerator<readonly [index: number, pool: ListedPool], void, void> {
    for await (const page of opened.listing.pages()) {
      if (!page.ok) failure = asFailure(page.failure);
      for (const pool of page.ok ? page.value : []) {
        if (row.givenUp() !== null) return;
        const earlier = listed.get(pool.id);
        if (earlier !== undefined && earlier !== pool.name) failure = twoNames(pool.id);
        if (earlier !== undefined) continue;
        listed.set(pool.id, pool.name);
        yield [listed.size - 1, pool];
      }
    }
  }

  await forEachOf(listedPools(), atOnce, async ([index, pool]) => {
    const needed = neededFor(pool);
    const observation = await readPool(source, pool, needed, row);
    wasRead(needed);
    read.ended(index, { pool, observation });
    if (batch.length >= batchSize) await flush();
  });
  const { deleted, unread } = await settleGone(source, gone);
  batch.push(...unread);
  await flush();
  const end = row.givenUp();
  return { pools, gone: deleted, failure: end === null ? failure : asFailure(end) };
}

function failuresIn(pool: PoolObservation): readonly Failure[] {
  return poolReadNames.flatMap((read) => {
    const reading = pool[read];
    return reading?.read === false ? [reading.failure] : [];
  });
}

/** Policies select by name, so that nobody knows which of them speak of the pool. */
function twoNames(poolId: string): Failure {
  const message = `cognito-idp:ListUserPools names the pool ${poolId} in two ways`;
  return { code: 'malformed', message, remedy: gapMeanings.malformed.help };
}

/** The line that ends a unit in the run directory. */
export function unitObservation(
  place: { readonly accountId: string; readonly region: string },
  outcome: { readonly skipReason?: SkipReason; readonly failure?: Failure | null; readonly pools?: number },
  now: Date,
): UnitObservation {
  const { skipReason = null, failure = null, pools = 0 } = outcome;
  const { accountId, region } = place;
  const status = skipReason === null ? (failure === null ? 'read' : 'gap') : 'skipped';
  return { accountId, region, status, skipReason, failure, pools, readAt: now.toISOString() };
}

/** Ends a unit that has no pools to read. */
export async function finishWithout(sink: ObservationSink, unit: UnitObservation): Promise<void> {
  await sink.beginUnit(unit.accountId, unit.region).finish(unit, []);
}
