/** A journal in memory: what it already knows of pools, and what it is told. */
import { placeKey } from '../../../src/domain/model/observation.ts';
import type { JournalEntry, JournalNote } from '../../../src/remediate/journal/format.ts';
import type { Journal } from '../../../src/remediate/journal/journal.ts';
import { noTrace, type PoolTrace } from '../../../src/remediate/journal/traces.ts';

export function anEntry(note: JournalNote): JournalEntry {
  return { ...note, at: '2026-11-22T02:14:00.000Z', callerArn: 'me', previous: 'sha256:00' };
}

export function aJournal(known: readonly PoolTrace[] = []): Journal & { readonly notes: readonly JournalNote[] } {
  const notes: JournalNote[] = [];
  const byPlace = new Map(known.flatMap((trace) => (trace.last === null ? [] : [[placeKey(trace.last), trace]])));
  return {
    notes,
    file: 'journal.ndjson',
    identity: { runId: 'r', planDigest: null, organizationId: null, rollback: false, endpoints: [], callerArn: 'me' },
    digest: () => null,
    traceOf: (place) => byPlace.get(placeKey(place)) ?? noTrace,
    traces: () => known,
    record: (note) => Promise.resolve(void notes.push(note)),
    close: () => Promise.resolve(),
  };
}
