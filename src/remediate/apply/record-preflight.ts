import type { Change } from '../../domain/remediation/model/plan.ts';
import { eventOf, type JournalNote } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import type { Preflight } from './preflight.ts';

type NotReady = Exclude<Preflight, { kind: 'ready' }>;

/** Writes down why a pool is left as it is. A write of this journal that is in effect is completed, once. */
export async function recordPreflight(change: Change, preflight: NotReady, journal: Journal): Promise<void> {
  const { trace, last } = journal.traceOf(change);
  if (preflight.kind === 'applied') {
    if (trace !== 'written' && last !== null)
      await journal.record({ ...last, event: 'done', after: preflight.config, error: null });
    return;
  }
  const error = 'message' in preflight ? preflight.message : null;
  // A plain failure says that nothing was changed, which of a pool that was written would not be true.
  const event = preflight.kind === 'failed' && trace !== 'none' ? 'unknown' : eventOf[preflight.kind];
  await journal.record({ ...entryOf(change), event, error });
}

function entryOf({ accountId, region, poolId, before, because }: Change): Omit<JournalNote, 'event' | 'error'> {
  return { accountId, region, poolId, before, call: null, after: null, policies: policiesOf(because) };
}

/** Names, each once, sorted. */
export function policiesOf(because: Change['because']): readonly string[] {
  return [...new Set(because.map(({ policy }) => policy))].sort();
}
