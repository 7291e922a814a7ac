import type { PoolPlace } from '../../domain/model/observation.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import { eventOf, type JournalNote } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import type { PoolTrace } from '../journal/traces.ts';
import type { NotReady } from './preflight.ts';

/** What a line says of a pool beside what was found. */
export interface Noted extends PoolPlace {
  readonly before: JsonObject | null;
}

/** Writes down why a pool is left as it is. A write of this journal that is in effect is completed, once. */
export async function recordPreflight(
  pool: Noted,
  policies: readonly string[],
  preflight: NotReady,
  journal: Journal,
): Promise<void> {
  const note = preflightNote(pool, policies, preflight, journal.traceOf(pool));
  if (note !== null) await journal.record(note);
}

/** `null`: the journal has it already. */
export function preflightNote(
  { accountId, region, poolId, before }: Noted,
  policies: readonly string[],
  preflight: NotReady,
  { trace, last }: PoolTrace,
): JournalNote | null {
  if (trace === 'written' && (preflight.kind === 'applied' || preflight.kind === 'unchanged')) return null;
  if (preflight.kind === 'applied')
    return last === null ? null : { ...last, event: 'done', after: preflight.config, error: null };
  const error = 'message' in preflight ? preflight.message : null;
  // A plain failure says that nothing was changed, which of a pool that was written would not be true.
  const event = preflight.kind === 'failed' && trace !== 'none' ? 'unknown' : eventOf[preflight.kind];
  const nothing = { before, call: null, after: null, writerArn: null };
  return { event, accountId, region, poolId, ...nothing, policies, error };
}
