/** What is said of a pool in the end, whatever was done to it. */
import type { JsonObject } from '../../domain/model/json.ts';
import type { PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import type { Change } from '../../domain/remediation/model/plan.ts';
import type { NotReady } from './preflight.ts';

/** What an outcome says of a pool in any case. */
export type Concerned = Pick<
  PoolOutcome,
  'accountId' | 'region' | 'poolId' | 'poolName' | 'users' | 'risk' | 'before' | 'because'
>;

/** `again`: nothing was changed, and it may be tried again from a fresh look. `not-started`: the call was not made. */
export interface Came {
  readonly outcome: 'applied' | 'failed' | 'unknown' | 'again' | 'not-started';
  readonly message: string;
  /** As it was read back; `null`: nothing was written, or it could not be read. */
  readonly after: JsonObject | null;
}

/** What becomes of a pool that is left as it is. */
export function outcomeOf(pool: Concerned, preflight: NotReady): PoolOutcome {
  return {
    ...base(pool),
    outcome: preflight.kind,
    code: preflight.kind === 'refused' ? preflight.code : null,
    message: 'message' in preflight ? preflight.message : '',
    after: preflight.kind === 'applied' ? preflight.config : null,
  };
}

export function writtenOutcome(change: Change, { outcome, message, after }: Came): PoolOutcome {
  const said = outcome === 'applied' ? [...change.remains, message] : [message];
  return {
    ...base(change),
    outcome: outcome === 'again' ? 'failed' : outcome,
    code: null,
    message: said.filter((each) => each !== '').join(' '),
    after,
  };
}

export function notStarted(change: Change): PoolOutcome {
  return { ...base(change), outcome: 'not-started', code: null, message: '', after: null };
}

function base({ accountId, region, poolId, poolName, users, risk, before, because }: Concerned): Concerned {
  return { accountId, region, poolId, poolName, users, risk, before, because };
}
