/** What a journal says became of each pool, event by event. */
import { placeKey, type PoolPlace } from '../../domain/model/observation.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import { callExplains } from '../../domain/remediation/plan/verification.ts';
import type { JournalEntry } from './format.ts';

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

/** Of a pool that there is no line about. */
export const noTrace: PoolTrace = { trace: 'none', last: null };

/**
 * Whether an entry can follow. An intent says what its call makes of the pool; what was read back after a call follows an
 * intent of that very call, and `done` only where the call explains it.
 */
export function follows(before: PoolTrace, entry: JournalEntry): boolean {
  const { event, call, after } = entry;
  if (event === 'intent') return after !== null && explains(entry, after);
  if (after === null) return event !== 'done';
  const begun = before.trace === 'begun' || before.trace === 'unverified' ? before.last : null;
  if (begun?.call === undefined || begun.call === null || !isSame(begun.call, call)) return false;
  return event === 'done' ? explains(begun, after) : event === 'failed' || event === 'unknown';
}

function explains({ region, call }: JournalEntry, after: JsonObject): boolean {
  return call !== null && callExplains(call, after, region);
}

function isSame(a: JsonObject, b: JsonObject | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

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

export interface Traces {
  of(place: PoolPlace): PoolTrace;
  /** Of every pool that there is an entry about; those with the newest entries last. */
  all(): readonly PoolTrace[];
  remember(entry: JournalEntry): void;
}

export function newTraces(): Traces {
  const traces = new Map<string, PoolTrace>();
  return {
    of: (place) => traces.get(placeKey(place)) ?? noTrace,
    all: () => [...traces.values()],
    remember(entry) {
      const key = placeKey(entry);
      const trace = traced(traces.get(key) ?? noTrace, entry);
      traces.delete(key);
      traces.set(key, trace);
    },
  };
}
