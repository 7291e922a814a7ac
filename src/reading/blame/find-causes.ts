/** Who changed the pools that drift: unit by unit, at the pace of CloudTrail's own quota. */
import { codeEventsIn, lastChange, type LookUps } from '../../domain/blame/last-change.ts';
import { changeTimeOf, isBeyondEvents, type DriftingPool } from '../../domain/blame/drifting-pool.ts';
import type { Blame, CodeEvent } from '../../domain/model/blame.ts';
import { placeKey } from '../../domain/model/observation.ts';
import type { RequestLimits } from '../../domain/settings.ts';
import { forEachOf } from '../../pacing/work/for-each-of.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { Cloud } from '../../ports/cloud.ts';
import type { EventReaders } from '../../ports/event-reader.ts';
import { paceOf, unitQuotas } from '../unit-quotas.ts';
import { lookUpChanges } from './look-up.ts';

/** The pools of one account and region that drift. */
export interface DriftingUnit {
  readonly accountId: string;
  readonly region: string;
  readonly pools: readonly DriftingPool[];
}

export type PoolBlame = Omit<Blame, 'nights'>;

export interface Causes {
  /** Of the pools that drift, by `placeKey`. */
  readonly blames: ReadonlyMap<string, PoolBlame>;
  /** Of every pool that the events name, by `placeKey`. */
  readonly codeEvents: ReadonlyMap<string, CodeEvent>;
}

export interface CauseReading {
  readonly cloud: Pick<Cloud, 'account'> & EventReaders;
  readonly calls: Calls;
  readonly limits: RequestLimits;
}

/** Rejects with the reason of the interruption where the run is interrupted. */
export async function findCauses(units: AsyncGenerator<DriftingUnit>, reading: CauseReading): Promise<Causes> {
  const blames = new Map<string, PoolBlame>();
  const codeEvents = new Map<string, CodeEvent>();
  await forEachOf(units, reading.limits.concurrency, async (unit) => {
    const lookUps = await lookUpUnit(unit, reading);
    for (const [poolId, event] of codeEventsIn(lookUps)) codeEvents.set(placeKey({ ...unit, poolId }), event);
    for (const pool of unit.pools)
      blames.set(placeKey({ ...unit, poolId: pool.poolId }), await blameOf(pool, unit, lookUps, reading));
  });
  return { blames, codeEvents };
}

function lookUpUnit(
  { accountId, region, pools }: DriftingUnit,
  { cloud, calls, limits }: CauseReading,
): Promise<LookUps> {
  const perSecond = limits.quotas.LookupEvents * limits.quotaShare;
  const quota = calls.quota({ perSecond, name: `${accountId}/${region}/LookupEvents` });
  const events = cloud.events(accountId, region);
  return lookUpChanges(pools, { calls, quota, events, maxPages: limits.lookupPages });
}

/** Where there is no event, the pool itself may tell that its last change is older than events go back. */
async function blameOf(
  pool: DriftingPool,
  unit: DriftingUnit,
  lookUps: LookUps,
  reading: CauseReading,
): Promise<PoolBlame> {
  const blame = lastChange(pool, lookUps);
  if (blame.outcome !== 'not-found') return blame;
  const changedAt = pool.changedAt ?? (await changeOf(pool, unit, reading));
  return isBeyondEvents(changedAt, pool.observedAt) ? { ...blame, outcome: 'older' } : blame;
}

/** `LastModifiedDate`, in milliseconds since 1970; `null`: it could not be read. */
async function changeOf(
  { poolId }: DriftingPool,
  { accountId, region }: DriftingUnit,
  { cloud, calls, limits }: CauseReading,
): Promise<number | null> {
  const account = cloud.account(accountId);
  const quotas = unitQuotas(calls, paceOf(limits), { accountId, region });
  const described = await calls.run(
    quotas.UserPoolRead,
    () => account.userPools(region).read('userPool', poolId),
    () => account.ready(),
  );
  return described.ok ? changeTimeOf(described.value.value) : null;
}
