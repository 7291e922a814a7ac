import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describeSystemError, isSystemError } from '../atomic-file.ts';
import { UserError } from '../errors.ts';
import { jsonLine } from '../escape/json.ts';
import { takeLock } from '../lock/lock.ts';
import type { Waiting } from '../lock/watch.ts';
import type { JournalEntry, JournalIdentity, JournalStart } from './journal-format.ts';
import { noTrace, traced, type PoolTrace } from './journal-traces.ts';
import type { PoolPlace } from './ports.ts';
import { readJournal, type ReadJournal } from './read-journal.ts';

export interface Journal {
  readonly file: string;
  /** What earlier runs with this journal, and this one, have done to a pool. */
  traceOf(place: PoolPlace): PoolTrace;
  /** Of every pool that there is a line about; those with the newest lines last. */
  traces(): readonly PoolTrace[];
  /** Resolves when the line is on the disk. Lines of one pool come in the order of the calls. */
  record(entry: Omit<JournalEntry, 'at'>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the journal of a run or plan, and goes on with it where it is there already. It is held by a lock beside it; the
 * file (mode 0600) comes with the first line, and a line that a crash cut off is taken away before that.
 *
 * @throws UserError where it is of another run or plan, is held by a run that is still going, or can't be read.
 */
export async function openJournal(
  file: string,
  identity: JournalIdentity,
  now: () => Date,
  waiting: Waiting,
): Promise<Journal> {
  const lock = await takeLock(`${file}.lock`, { wayOut: 'name another journal with --journal', ...waiting });
  try {
    const earlier = await readJournal(file);
    requireSame(file, identity, earlier?.start ?? null);
    const start: JournalStart = { at: now().toISOString(), event: 'start', ...identity };
    const lines = journalLines(file, earlier, start);
    const traces = newTraces(earlier?.entries ?? []);
    return {
      file,
      traceOf: (place) => traces.of(place),
      traces: () => traces.all(),
      async record({ event, accountId, region, poolId, before, call, after, policies, error }) {
        const at = now().toISOString();
        const line: JournalEntry = { at, event, accountId, region, poolId, before, call, after, policies, error };
        await lock.requireHeld();
        await lines.append(line);
        traces.remember(line);
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
  append(line: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

/** One line after another, each on the disk before the next, so that no two are ever mixed. */
function journalLines(file: string, earlier: ReadJournal | null, start: JournalStart): Lines {
  let handle: FileHandle | null = null;
  let last: Promise<void> = Promise.resolve();

  async function begin(): Promise<FileHandle> {
    const opened = await openForAppending(file, earlier?.wholeBytes ?? 0);
    handle = opened;
    if (earlier === null || earlier.start === null) {
      await flushed(file, opened, start);
      await flushFolder(dirname(file));
    }
    return opened;
  }

  return {
    append(line) {
      const written = last.then(async () => flushed(file, handle ?? (await begin()), line));
      last = written.catch(() => undefined);
      return written;
    },
    async close() {
      await last;
      await handle?.close();
    },
  };
}

interface Traces {
  of(place: PoolPlace): PoolTrace;
  all(): readonly PoolTrace[];
  remember(entry: JournalEntry): void;
}

function newTraces(entries: readonly JournalEntry[]): Traces {
  const traces = new Map<string, PoolTrace>();
  function remember(entry: JournalEntry): void {
    const key = placeKey(entry);
    const trace = traced(traces.get(key) ?? noTrace, entry);
    traces.delete(key);
    traces.set(key, trace);
  }
  for (const entry of entries) remember(entry);
  return { of: (place) => traces.get(placeKey(place)) ?? noTrace, all: () => [...traces.values()], remember };
}

export function placeKey({ accountId, region, poolId }: PoolPlace): string {
  return `${accountId}/${region}/${poolId}`;
}

async function flushed(file: string, handle: FileHandle, line: JournalStart | JournalEntry): Promise<void> {
  try {
    await handle.appendFile(`${jsonLine(line)}\n`);
    await handle.sync();
  } catch (error) {
    throw unwritable(file, error);
  }
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

/** A new file is on the disk only once its folder says so. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
}

function unwritable(file: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  return new UserError(
    `The journal ${file} could not be written: ${describeSystemError(error)}. Without it nothing is changed; name another file with --journal.`,
    { cause: error },
  );
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
  throw new UserError(`${file} can't be gone on with: ${difference}. Name another journal with --journal.`);
}
