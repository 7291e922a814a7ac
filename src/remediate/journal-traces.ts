/** What a journal says became of each pool, event by event. */
import type { JournalEntry } from './journal-format.ts';

/**
 * What a journal knows of a pool. `begun`: a call whose end it does not know. `unverified`: a call that was carried out
 * and left something else than was meant. `written`: one that was verified. `none`: nothing that could have changed it.
 */
export type OwnTrace = 'none' | 'begun' | 'unverified' | 'written';

export interface PoolTrace {
  readonly trace: OwnTrace;
  /** How the last call that may have taken effect was begun or ended. */
  readonly last: JournalEntry | null;
}

export const noTrace: PoolTrace = { trace: 'none', last: null };

/** The state after one more event of the pool. */
export function traced(before: PoolTrace, entry: JournalEntry): PoolTrace {
  switch (entry.event) {
    case 'intent':
      return { trace: 'begun', last: entry };
    case 'done':
      return { trace: 'written', last: entry };
    case 'failed':
      // A failure without what was read back ended before anything was changed.
      return entry.after === null ? noTrace : { trace: 'unverified', last: entry };
    case 'unknown':
    case 'stale':
    case 'unchanged':
    case 'refused':
      return before;
  }
}
