import type { Change } from '../../domain/remediation/model/plan.ts';
import { eventOf, type JournalNote } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import type { Standing } from './preflight.ts';

type Concluded = Exclude<Standing, { kind: 'ready' }>;

/** Writes down why a pool is left as it is. A write of this journal that is in effect is completed, once. */
export async function recordStanding(change: Change, standing: Concluded, journal: Journal): Promise<void> {
  const { trace, last } = journal.traceOf(change);
  if (standing.kind === 'applied') {
    if (trace !== 'written' && last !== null)
      await journal.record({ ...last, event: 'done', after: standing.config, error: null });
    return;
  }
  const error = 'message' in standing ? standing.message : null;
  // A plain failure says that nothing was changed, which of a pool that was written would not be true.
  const event = standing.kind === 'failed' && trace !== 'none' ? 'unknown' : eventOf[standing.kind];
  await journal.record({ ...entryOf(change), event, error });
}

function entryOf({ accountId, region, poolId, before, because }: Change): Omit<JournalNote, 'event' | 'error'> {
  return { accountId, region, poolId, before, call: null, after: null, policies: policiesOf(because) };
}

/** Names, each once, sorted. */
export function policiesOf(because: Change['because']): readonly string[] {
  return [...new Set(because.map(({ policy }) => policy))].sort();
}
