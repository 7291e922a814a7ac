/** Gaps that an exception accepts: shown, counted apart, and no reason for exit code 3. */
import { exceptionRecord, strongest } from '../policy/exceptions.ts';
import type { Account, Failure, Place, PoolObservation } from '../model/observation.ts';
import type { PolicyException, PolicySet } from '../policy/policy.ts';
import type { Gap } from '../result/result.ts';
import { select } from '../policy/match/selection.ts';
import type { Candidate } from '../policy/match/selector-keys.ts';

/**
 * The gap with the exception that accepts it. Only a selector that surely matches accepts; a gap of the organization is
 * never accepted, since nobody knows which accounts it hides. `pool` is asked for gaps of scope pool.
 */
export function acceptGap(
  set: Pick<PolicySet, 'exceptions'>,
  gap: Place & Failure,
  account: Account | null,
  now: Date,
  pool: PoolObservation | null = null,
): Gap {
  const { scope, accountId, region, poolId, code, message, remedy } = gap;
  const exception = account === null ? null : strongest(acceptingExceptions(set, gap, account, pool), now);
  const accepted = exception === null ? null : exceptionRecord(exception, now);
  return { scope, accountId, region, poolId, code, message, remedy, accepted };
}

/** Exceptions for gaps of this code whose selector surely matches, expired ones too. */
export function acceptingExceptions(
  set: Pick<PolicySet, 'exceptions'>,
  gap: Place & Failure,
  account: Account,
  pool: PoolObservation | null,
): readonly PolicyException[] {
  if (gap.scope === 'organization') return [];
  const candidate: Candidate = {
    account,
    region: gap.region,
    pool: gap.poolId === null ? null : { id: gap.poolId, name: pool?.poolName ?? '' },
    subject: pool === null || gap.region === null ? null : { account, region: gap.region, pool },
  };
  return set.exceptions.filter(
    ({ gaps, match }) => gaps?.includes(gap.code) === true && select(match, candidate).answer === 'yes',
  );
}
