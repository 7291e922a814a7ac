/** What a journal says of a pool, one a line. */
export const journalEvents = ['intent', 'done', 'failed', 'stale', 'unchanged', 'unknown', 'refused'] as const;
export type JournalEvent = (typeof journalEvents)[number];
