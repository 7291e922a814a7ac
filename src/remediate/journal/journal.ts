import type { PoolPlace } from '../../domain/model/observation.ts';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../atomic-file.ts';
import { describeSystemError, isSystemError } from '../../system-error.ts';
import { UserError } from '../../errors.ts';
import { jsonLine } from '../../escape/json.ts';
import { takeLock, type Lock } from '../../lock/lock.ts';
import type { LockWait } from '../../lock/watch.ts';
import {
  digestOfLine,
  type JournalEntry,
  type JournalIdentity,
  type JournalNote,
  type JournalStart,
} from './format.ts';
import { newTraces, type PoolTrace } from './traces.ts';
import { readJournal, type ReadJournal } from './read.ts';

export interface Journal {
  readonly file: string;
  readonly identity: JournalIdentity;
  /** Of the last line, and by it of all; `null`: there is none yet. */
  digest(): string | null;
  /** What earlier runs with this journal, and this one, have done to a pool. */
  traceOf(place: PoolPlace): PoolTrace;
  /** Of every pool that there is a line about; those with the newest lines last. */
  traces(): readonly PoolTrace[];
  /**
   * Resolves when the line is on the disk. Lines of one pool come in the order of the calls.
   *
   * @throws JournalError where it could not be written; nothing more may be changed then.
   */
  record(note: JournalNote): Promise<void>;
  close(): Promise<void>;
}

/** The journal takes nothing more. What was changed before stays changed. */
export class JournalError extends UserError {}

/** What kept the work from being journaled; `null`: nothing did. Every other error goes on. */
export async function unjournaled(work: () => Promise<void>): Promise<JournalError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof JournalError) return error;
    throw error;
  }
}

/**
 * Opens the journal of a run or plan, and goes on with it where it is there already. It is held by a lock beside it; the
 * file (mode 0600) comes with the first line, and a line that a crash cut off is taken away before that.
 *
 * @throws UserError where it is of another run or plan, can't be written, is held by a run that is still going, or can't be read.
 */
export async function openJournal(
  file: string,
  identity: JournalIdentity,
  now: () => Date,
  waiting: LockWait,
): Promise<Journal> {
  await makeFolderOf(file);
  const lock = await takeLock(`${file}.lock`, { wayOut: 'name another journal with --journal', ...waiting });
  try {
    const earlier = await readJournal(file);
    requireSame(file, identity, earlier?.start ?? null);
    const start: JournalStart = { at: now().toISOString(), event: 'start', ...identity };
    const lines = journalLines(file, earlier, start);
    const traces = newTraces();
    for (const entry of earlier?.entries ?? []) traces.remember(entry);
    return {
      file,
      identity,
      digest: () => lines.digest(),
      traceOf: (place) => traces.of(place),
      traces: () => traces.all(),
      async record({ event, accountId, region, poolId, before, call, after, policies, error, writerArn }) {
        const at = now().toISOString();
        const what = { event, accountId, region, poolId, before, call, after, policies, error };
        const line = { at, ...what, writerArn, callerArn: identity.callerArn };
        await requireHeld(lock);
        traces.remember(await lines.append(line));
      },
      async close() {
        await lines.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface Lines {
  digest(): string | null;
  append(line: Omit<JournalEntry, 'previous'>): Promise<JournalEntry>;
  close(): Promise<void>;
}

/** One line after another, each on the disk before the next, so that no two are ever mixed. */
function journalLines(file: string, earlier: ReadJournal | null, start: JournalStart): Lines {
  let handle: FileHandle | null = null;
  let digest = earlier?.digest ?? null;
  let broken: JournalError | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function begin(): Promise<FileHandle> {
    const opened = await openForAppending(file, earlier?.wholeBytes ?? 0);
    handle = opened;
    if (digest === null) {
      digest = await flushed(file, opened, start);
      await flushFolder(dirname(file));
    }
    return opened;
  }

  /** Behind a line that was cut off nothing may stand. */
  async function write(line: Omit<JournalEntry, 'previous'>): Promise<JournalEntry> {
    if (broken !== null) throw broken;
    try {
      const to = handle ?? (await begin());
      const entry = { ...line, previous: digest ?? '' };
      digest = await flushed(file, to, entry);
      return entry;
    } catch (error) {
      if (error instanceof JournalError) broken = error;
      throw error;
    }
  }

  return {
    digest: () => digest,
    append(line) {
      const written = last.then(() => write(line));
      last = written.catch(() => undefined);
      return written;
    },
    async close() {
      await last;
      await handle?.close();
    },
  };
}

/** Resolves with the line's digest, once it is on the disk. */
async function flushed(file: string, handle: FileHandle, line: JournalStart | JournalEntry): Promise<string> {
  const text = jsonLine(line);
  try {
    await handle.appendFile(`${text}\n`);
    await handle.sync();
  } catch (error) {
    throw unwritable(file, error);
  }
  return digestOfLine(text);
}

async function openForAppending(file: string, wholeBytes: number): Promise<FileHandle> {
  try {
    const handle = await open(file, 'a', 0o600);
    await handle.chmod(0o600);
    await handle.truncate(wholeBytes);
    return handle;
  } catch (error) {
    throw unwritable(file, error);
  }
}

async function makeFolderOf(file: string): Promise<void> {
  try {
    await makeFolder(dirname(file));
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** A new file is on the disk only once its folder says so. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
}

/** Whoever was taken for dead has no journal any more. */
async function requireHeld(lock: Lock): Promise<void> {
  try {
    await lock.requireHeld();
  } catch (error) {
    throw error instanceof UserError ? new JournalError(error.message, { cause: error }) : error;
  }
}

function unwritable(file: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const reason = describeSystemError(error);
  return new JournalError(`The journal ${file} could not be written: ${reason}.`, { cause: error });
}

function requireSame(file: string, identity: JournalIdentity, start: JournalStart | null): void {
  if (start === null) return;
  const difference =
    start.rollback !== identity.rollback
      ? `it is the journal of ${start.rollback ? 'a rollback' : 'changes, not of a rollback'}`
      : start.planDigest !== identity.planDigest
        ? `it is of ${start.planDigest === null ? 'an audit' : `the plan ${start.planDigest}`}`
        : start.runId !== identity.runId
          ? `it is of the run ${start.runId}`
          : start.organizationId !== identity.organizationId
            ? `it is of ${start.organizationId === null ? 'no organization' : `the organization ${start.organizationId}`}`
            : null;
  if (difference === null) return;
  throw new UserError(`${file} can't be continued: ${difference}. Name another journal with --journal.`);
}
