/** Looks at pools that ask their users too, where a change waits for these. What was measured is kept, and ages. */
import pLimit from 'p-limit';
import { placeKey, type Account, type PoolPlace } from '../../domain/model/observation.ts';
import type { DatedReadiness } from '../../domain/readiness/record.ts';
import type { ReadinessQuestion } from '../../domain/remediation/plan/readiness-gate.ts';
import type { RequestLimits } from '../../domain/settings.ts';
import type { Calls } from '../../pacing/calls.ts';
import type { Look, PoolReads } from '../../ports/account-writer.ts';
import type { UserCalls } from '../../ports/user-reader.ts';
import { unguessable } from '../../reading/readiness/draw.ts';
import { pacedReaders, pagesPerSecond } from '../../reading/readiness/paced-reader.ts';
import { readinessOf } from '../../reading/readiness/pool-readiness.ts';
import { nameIn, usersIn } from '../apply/looks.ts';
import { planFresh, type PlanContext } from './fresh-plan.ts';

/** @param users `EstimatedNumberOfUsers` */
export type MeasureReadiness = (
  place: PoolPlace,
  question: ReadinessQuestion,
  users: number | null,
) => Promise<DatedReadiness>;

export interface MeasuringOptions {
  readonly calls: Calls;
  readonly limits: RequestLimits;
  readonly usersOf: (accountId: string, region: string) => UserCalls;
  /** A measurement that is older is made again. */
  readonly maxAgeMs: number;
}

/** Names of the users of a pool are held while it is measured. */
const poolsAtOnce = 4;

export function measuring({ calls, limits, usersOf, maxAgeMs }: MeasuringOptions): MeasureReadiness {
  const { clock } = calls;
  const readers = pacedReaders(calls, limits, usersOf);
  const limit = pLimit(poolsAtOnce);
  const known = new Map<string, { readonly sinceMs: number; readonly found: DatedReadiness }>();
  return (place, question, users) => {
    const key = `${placeKey(place)} ${JSON.stringify(question)}`;
    return limit(async () => {
      const earlier = known.get(key);
      if (earlier !== undefined && clock.now() - earlier.sinceMs <= maxAgeMs) return earlier.found;
      const [sinceMs, measuredAt] = [clock.now(), clock.date().toISOString()];
      const { pool, enrolment, waitsFor: line } = question;
      const found = await readinessOf(readers(place), {
        pool,
        enrolment,
        line,
        estimatedUsers: users,
        maxReads: null,
        maxTimeMs: null,
        pagesPerSecond: pagesPerSecond(limits),
        random: unguessable,
        now: () => clock.now(),
      });
      if (found.measured) known.set(key, { sinceMs, found: { ...found, measuredAt } });
      return { ...found, measuredAt };
    });
  };
}

/** The same reads, whose looks say of a pool that waits for its users how many of them are ready. */
export function measuredLooks<Pools extends PoolReads>(
  pools: Pools,
  context: PlanContext,
  accountOf: (place: PoolPlace) => Account | null,
  measure: MeasureReadiness,
): Pools {
  return {
    ...pools,
    async look(place: PoolPlace): Promise<Look> {
      const look = await pools.look(place);
      const account = accountOf(place);
      if (look.kind === 'gone' || account === null) return look;
      const { region, poolId } = place;
      const fresh = planFresh(context, { account, region, poolId, poolName: nameIn(look) }, look);
      if ('unplanned' in fresh || fresh.plan.kind !== 'refused' || fresh.plan.asks === null) return look;
      return { ...look, readiness: await measure(place, fresh.plan.asks, usersIn(look, region)) };
    },
  };
}
