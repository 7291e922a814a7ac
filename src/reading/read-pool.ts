import { byFurtherRead, furtherReads, poolReads, type FurtherReads, type PoolRead } from '../domain/model/api/reads.ts';
import type { Failure, PoolObservation, Reading } from '../domain/model/observation.ts';
import type { ListedPool, RawAnswer, UserPoolCalls } from '../ports/cloud.ts';
import { isGone, type Attempt } from '../pacing/call-result.ts';
import type { Calls } from '../pacing/calls.ts';
import type { FailureRow } from '../pacing/failure-row.ts';
import { asFailure } from './accounts/account-registry.ts';
import type { UnitQuotas } from './unit-quotas.ts';

/** One unit's way to its pools: the requests, who must be ready for them, and the quotas that they fall under. */
export interface PoolSource {
  readonly calls: Calls;
  readonly pools: UserPoolCalls;
  readonly ready: () => Promise<Attempt<void>>;
  readonly quotas: UnitQuotas;
}

/**
 * Reads a pool, with all further reads that are needed at once; `null` for a pool that is not there any more.
 *
 * @param row what the pool stands in, given up or not; it is noted by whoever knows the order
 */
export async function readPool(
  source: PoolSource,
  pool: ListedPool,
  needed: FurtherReads,
  row?: FailureRow,
): Promise<PoolObservation | null> {
  const { calls, pools, ready, quotas } = source;
  const ask = (read: PoolRead) => calls.run(quotas[poolReads[read].quota], () => pools.read(read, pool.id), ready, row);
  const wanted = furtherReads.filter((read) => needed.has(read));
  const [config, ...further] = await Promise.all([ask('mfaConfig'), ...wanted.map(ask)]);
  if (isGone(config) || further.some(isGone)) return null;
  return {
    poolId: pool.id,
    poolName: pool.name,
    observedAt: calls.clock.date().toISOString(),
    requestId: config.ok ? config.value.requestId : config.failure.requestId,
    mfaConfig: readingOf(config),
    ...byFurtherRead((read) => furtherReading(further[wanted.indexOf(read)])),
  };
}

function furtherReading(answer: Attempt<RawAnswer> | undefined): Reading | null {
  return answer === undefined ? null : readingOf(answer);
}

function readingOf(answer: Attempt<RawAnswer>): Reading {
  if (answer.ok) return { read: true, value: answer.value.value };
  const failure: Failure = asFailure(answer.failure);
  return { read: false, failure };
}
