import type { PoolPlace } from '../../domain/model/observation.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import { eventOf } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import type { NotReady } from './preflight.ts';

/** What a line says of a pool beside what was found. */
export interface Noted extends PoolPlace {
  readonly before: JsonObject | null;
}

/** Writes down why a pool is left as it is. A write of this journal that is in effect is completed, once. */
export async function recordPreflight(
  { accountId, region, poolId, before }: Noted,
  policies: readonly string[],
  preflight: NotReady,
  journal: Journal,
): Promise<void> {
  const { trace, last } = journal.traceOf({ accountId, region, poolId });
  if (trace === 'written' && (preflight.kind === 'applied' || preflight.kind === 'unchanged')) return;
  if (preflight.kind === 'applied') {
    if (last !== null) await journal.record({ ...last, event: 'done', after: preflight.config, error: null });
    return;
  }
  const error = 'message' in preflight ? preflight.message : null;
  // A plain failure says that nothing was changed, which of a pool that was written would not be true.
  const event = preflight.kind === 'failed' && trace !== 'none' ? 'unknown' : eventOf[preflight.kind];
  await journal.record({
    event,
    accountId,
    region,
    poolId,
    before,
    call: null,
    after: null,
    policies,
    error,
    writerArn: null,
  });
}
