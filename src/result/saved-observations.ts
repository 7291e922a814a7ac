/** A saved result as observations: what was read then, to be judged by the policies of now. */
import { joinSorted } from '../domain/baseline/join-sorted.ts';
import {
  skipReasons,
  type Account,
  type Failure,
  type GapCode,
  type PoolObservation,
  type Skip,
  type UnitObservation,
} from '../domain/model/observation.ts';
import { byPlace } from '../domain/model/order.ts';
import type { Gap, PoolRecord, Result, UnitRecord } from '../domain/result/result.ts';
import { savedObservation } from '../domain/result/saved-pool.ts';
import { UserError } from '../errors.ts';
import type { Observed } from './assemble.ts';
import type { FinishedUnit } from '../run-directory/stored-unit.ts';
import type { OpenGap } from '../reading/sink.ts';

export interface Replay {
  readonly observed: Observed;
  /** Ends the reading. Throws UserError where the result holds pools that belong to none of its units. */
  close(): Promise<void>;
}

/** Gaps that policies made, not AWS: the policies of now make their own. */
const madeByPolicies: ReadonlySet<GapCode> = new Set(['selector-unreadable', 'expectation-unreadable']);

/**
 * The pools of a unit are handed out once and in the result's order, so memory holds one unit's pools at a time.
 *
 * @param file for messages
 */
export async function replay(saved: Result, file: string): Promise<Replay> {
  const accounts = await listOf(saved.accounts());
  const skipped = await listOf(saved.skipped());
  const { ofRegions, others } = await gapsOf(saved);
  const deleted = deletedPools(skipped);
  const units = (await listOf(saved.units())).map((unit) => finishedUnit(unit, deleted, ofRegions));
  const pools = unitCursor(observations(saved, file), file);
  return {
    observed: {
      accounts,
      skippedAccounts: skipped.filter(({ scope }) => scope === 'account'),
      unfinishedAccounts: saved.head.run.interrupted ? unknownAccounts(accounts, units, [...skipped, ...others]) : [],
      gaps: [...others, ...ofRegions.values()],
      store: { units: () => units, poolsOf: ({ unit }) => pools.take(unit) },
    },
    close: () => pools.close(),
  };
}

/** Accounts of which the interrupted run says nothing at all. */
function unknownAccounts(
  accounts: readonly Account[],
  units: readonly FinishedUnit[],
  others: readonly { readonly accountId: string | null }[],
): readonly string[] {
  const known = new Set([...units.map(({ unit }) => unit), ...others].map(({ accountId }) => accountId));
  return accounts.flatMap(({ id }) => (known.has(id) ? [] : [id]));
}

function deletedPools(skipped: readonly Skip[]): ReadonlyMap<string, readonly string[]> {
  const deleted = new Map<string, string[]>();
  for (const skip of skipped) {
    if (skip.poolId === null) continue;
    deleted.set(unitKey(skip), [...(deleted.get(unitKey(skip)) ?? []), skip.poolId]);
  }
  return deleted;
}

interface SavedGaps {
  readonly ofRegions: Map<string, OpenGap>;
  readonly others: readonly OpenGap[];
}

/** Those of pools come with the pools. Whether an exception accepts a gap is asked anew. */
async function gapsOf(saved: Result): Promise<SavedGaps> {
  const ofRegions = new Map<string, OpenGap>();
  const others: OpenGap[] = [];
  for await (const gap of saved.gaps()) {
    if (gap.scope === 'pool') continue;
    const { accepted: _accepted, ...open } = gap;
    if (gap.scope === 'region' && !ofRegions.has(unitKey(gap))) ofRegions.set(unitKey(gap), open);
    else others.push(open);
  }
  return { ofRegions, others };
}

function unitKey({ accountId, region }: Pick<Gap, 'accountId' | 'region'>): string {
  return `${accountId}/${region}`;
}

/** Takes the unit's gap out of `ofRegions`. */
function finishedUnit(
  record: UnitRecord,
  deleted: ReadonlyMap<string, readonly string[]>,
  ofRegions: Map<string, OpenGap>,
): FinishedUnit {
  const { accountId, region, status, pools, readAt } = record;
  const skipReason = skipReasons.find((each) => each === record.reason) ?? null;
  // A skip that does not say why may hide anything.
  const isGap = status === 'gap' || (status === 'skipped' && skipReason === null);
  const gap = status === 'gap' ? ofRegions.get(unitKey(record)) : undefined;
  if (gap !== undefined) ofRegions.delete(unitKey(record));
  const unit: UnitObservation = {
    accountId,
    region,
    status: isGap ? 'gap' : status,
    skipReason: status === 'skipped' ? skipReason : null,
    failure: isGap ? failureOf(gap) : null,
    pools,
    readAt,
  };
  return { unit, skippedPools: deleted.get(unitKey(record)) ?? [] };
}

function failureOf(gap: OpenGap | undefined): Failure {
  if (gap === undefined)
    return { code: 'malformed', message: 'The saved result does not say why.', remedy: 'Audit again.' };
  const { code, message, remedy } = gap;
  return { code, message, remedy };
}

interface Observation {
  readonly place: PoolRecord;
  readonly pool: PoolObservation;
}

async function* observations(saved: Result, file: string): AsyncGenerator<Observation, void, void> {
  for await (const { left: place, right: gap } of joinSorted(saved.pools(), readingGaps(saved), byPlace)) {
    if (place === null) throw new UserError(`${file} has a gap of pool ${gap?.poolId}, and not the pool.`);
    yield { place, pool: savedObservation(place, gap) };
  }
}

/** Why configurations could not be read, one a pool. */
async function* readingGaps(saved: Result): AsyncGenerator<Gap, void, void> {
  let last: Gap | null = null;
  for await (const gap of saved.gaps()) {
    if (gap.scope !== 'pool' || madeByPolicies.has(gap.code)) continue;
    if (last === null || byPlace(last, gap) !== 0) yield gap;
    last = gap;
  }
}

interface UnitCursor {
  take(unit: UnitObservation): Promise<readonly PoolObservation[]>;
  close(): Promise<void>;
}

function unitCursor(pools: AsyncGenerator<Observation, void, void>, file: string): UnitCursor {
  let next: Promise<IteratorResult<Observation, void>> | null = null;
  return {
    async take({ accountId, region }) {
      const taken: PoolObservation[] = [];
      for (;;) {
        next ??= pools.next();
        const { value } = await next;
        if (value?.place.accountId !== accountId || value.place.region !== region) return taken;
        taken.push(value.pool);
        next = null;
      }
    },
    async close() {
      const rest = await (next ?? pools.next());
      await pools.return();
      if (rest.done === true) return;
      const { poolId, region, accountId } = rest.value.place;
      throw new UserError(
        `${file} is not whole or not in order: pool ${poolId} belongs to no unit ${accountId} ${region} of it.`,
      );
    },
  };
}

async function listOf<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}
