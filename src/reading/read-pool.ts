import type { Failure, PoolObservation, Reading } from '../domain/model/observation.ts';
import type { ListedPool, RawAnswer, UserPoolCalls } from '../ports/cloud.ts';
import { isGone, type Attempt } from '../pacing/call-result.ts';
import type { Calls } from '../pacing/calls.ts';
import type { FailureRow } from '../pacing/failure-row.ts';
import type { Quota } from '../pacing/quota.ts';
import { asFailure } from './accounts/account-registry.ts';

/** One unit's way to its pools: the requests, who must be ready for them, and the two quotas that they fall under. */
export interface PoolSource {
  readonly calls: Calls;
  readonly pools: UserPoolCalls;
  readonly ready: () => Promise<Attempt<void>>;
  /** `UserPoolRead`: ListUserPools and DescribeUserPool share it. */
  readonly listing: Quota;
  /** `UserPoolResourceRead`. */
  readonly reading: Quota;
}

/**
 * Reads a pool, and describes it beside that where that is needed; `null` for a pool that is not there any more.
 *
 * @param row what the pool stands in, given up or not; it is noted by whoever knows the order
 */
export async function readPool(
  source: PoolSource,
  pool: ListedPool,
  needsDescription: boolean,
  row?: FailureRow,
): Promise<PoolObservation | null> {
  const { calls, pools, ready } = source;
  const [config, description] = await Promise.all([
    calls.run(source.reading, () => pools.mfaConfig(pool.id), ready, row),
    needsDescription ? calls.run(source.listing, () => pools.describe(pool.id), ready, row) : null,
  ]);
  if (isGone(config) || (description !== null && isGone(description))) return null;
  return {
    poolId: pool.id,
    poolName: pool.name,
    observedAt: calls.clock.date().toISOString(),
    requestId: config.ok ? config.value.requestId : config.failure.requestId,
    mfaConfig: readingOf(config),
    userPool: description === null ? null : readingOf(description),
  };
}

function readingOf(answer: Attempt<RawAnswer>): Reading {
  if (answer.ok) return { read: true, value: answer.value.value };
  const failure: Failure = asFailure(answer.failure);
  return { read: false, failure };
}
