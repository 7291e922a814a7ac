/** The members of a json result: lists of records, and those that are its head. */
import type { RecordKind } from './record-types.ts';

export const collections: ReadonlyMap<string, RecordKind> = new Map([
  ['warnings', 'warning'],
  ['accounts', 'account'],
  ['units', 'unit'],
  ['gaps', 'gap'],
  ['skipped', 'skip'],
  ['resolved', 'resolved'],
  ['unseen', 'unseen'],
  ['pools', 'pool'],
]);

export const headMembers: ReadonlySet<string> = new Set([
  'schemaVersion',
  'tool',
  'run',
  'complete',
  'redacted',
  'summary',
]);
