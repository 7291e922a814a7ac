/** The lines of a journal: what a run is about to do and what came of it, enough to go on after a crash and to undo. */
import { sha256 } from '../../domain/model/sha256.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import { builtSchema } from '../../yaml/built-schemas.ts';
import type { JournalEvent } from './events.ts';
import { validate } from './line-checks.ts?compiled';

/** Which run or plan the journal is of; its first line. */
export interface JournalIdentity {
  readonly runId: string;
  /** `null` for the changes of `audit --remediate`, which have no plan. */
  readonly planDigest: string | null;
  readonly organizationId: string | null;
  /** A rollback's journal is not one of what it undoes. */
  readonly rollback: boolean;
  /** Hosts of endpoints that are not AWS's own. */
  readonly endpoints: readonly string[];
  /** Who ran the program, as `GetCallerIdentity` says it: the user, or the role with its session. */
  readonly callerArn: string;
}

export interface JournalStart extends JournalIdentity {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly event: 'start';
}

export interface JournalEntry {
  readonly at: string;
  readonly event: JournalEvent;
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  /** `GetUserPoolMfaConfig`'s answer before the call; `null` where it was not read. */
  readonly before: JsonObject | null;
  /** The input of `SetUserPoolMfaConfig`; `null` where none was made. */
  readonly call: JsonObject | null;
  /** With `intent`: what is expected. Else what was read back; `null`: nothing was written, or it could not be read. */
  readonly after: JsonObject | null;
  /** Names of the policies that asked. */
  readonly policies: readonly string[];
  readonly error: string | null;
  /** Who ran the program then: another may go on with a journal. */
  readonly callerArn: string;
  /** Whose credentials signed the call, or were to; `null` where none was made. */
  readonly writerArn: string | null;
  /** Digest of the line before. */
  readonly previous: string;
}

/** As whoever records it says it. */
export type JournalNote = Omit<JournalEntry, 'at' | 'callerArn' | 'previous'>;

/** `sha256:` and hex. Lines name the one before them by it, which finds damage; the last one's is the journal's own. */
export function digestOfLine(line: string): string {
  return `sha256:${sha256(line)}`;
}

export const startLine = builtSchema<JournalStart>(validate, 'start');
export const entryLine = builtSchema<JournalEntry>(validate, 'entry');

/** What the journal says of a pool that is left as it is, by how it was found. */
export const eventOf = {
  applied: 'done',
  unchanged: 'unchanged',
  stale: 'stale',
  failed: 'failed',
  unknown: 'unknown',
  refused: 'refused',
} as const satisfies Readonly<Record<string, JournalEvent>>;
