import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../system-error.ts';
import { UserError } from '../errors.ts';
import { takeLock, type Lock } from '../lock/lock.ts';
import type { LockWait } from '../lock/watch.ts';
import { duration } from '../number-format.ts';
import { makeRunFolder } from './run-folder.ts';
import { differing, markFile, readMark, writeMark, type InputDigests, type RunMark } from './run-mark.ts';
import { openUnitStore, type UnitStore } from './unit-store.ts';

export interface RunDirectory {
  readonly folder: string;
  /** Where the judged result is assembled. */
  readonly resultFolder: string;
  readonly runId: string;
  readonly startedAt: string;
  readonly store: UnitStore;
  /** Ends the run's hold on the folder; `delete` also removes what it holds. */
  close(how: { readonly finished: boolean; readonly delete: boolean }): Promise<void>;
}

export interface OpenRunOptions extends LockWait {
  readonly resume: boolean;
  /** How old a reading may be to be taken over. */
  readonly maxAgeMs: number;
  /** The latest that it may be: readings age by it. */
  readonly now: Date;
  /** When the run begins, for the record. */
  readonly startedAt: Date;
  readonly newRunId: string;
  readonly inputs: InputDigests;
  /** Taken instead where the folder can't be made for want of permission; `null`: that is an error. */
  readonly fallbackFolder: string | null;
  /** Told what the user does not expect: a run that is replaced or waited for, another folder, lost readings. */
  readonly notice: (text: string) => void;
}

const lockFile = 'lock';
const ownEntries = [markFile, 'units.ndjson', 'pools.ndjson', 'result'];

/**
 * Opens the run directory: mode 0700, locked. With `resume`, an unfinished run made from the same
 * inputs goes on under its own id; without, it is replaced. What of it can't be read any more does not count.
 *
 * @throws UserError when it can't be made, is held, is not a run directory, or may not be resumed.
 */
export async function openRunDirectory(wanted: string, options: OpenRunOptions): Promise<RunDirectory> {
  const { folder, lock } = await lockFolder(wanted, options);
  try {
    const earlier = readMark(folder);
    const resumable = earlierRun(folder, earlier, options);
    const store =
      resumable === null ? await newStore(folder, lock) : await resumedStore(folder, lock, resumable, options);
    const mark = resumable ?? newMark(options);
    await writeMark(folder, mark);
    const { runId, startedAt } = mark;
    const resultFolder = join(folder, 'result');
    const close: RunDirectory['close'] = (how) => closeRun({ folder, lock, store, mark }, how);
    return { folder, resultFolder, runId, startedAt, store, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface LockedFolder {
  readonly folder: string;
  readonly lock: Lock;
}

/** A run that ends takes its folder away, which may be between our making sure of it and our lock. */
async function lockFolder(wanted: string, options: OpenRunOptions, attempts = 3): Promise<LockedFolder> {
  const { fallbackFolder: fallback, notice, signal } = options;
  const folder = await makeRunFolder({ wanted, fallback, isOwn, notice });
  try {
    const wayOut = 'give this run a folder of its own with --run-dir';
    return { folder, lock: await takeLock(join(folder, lockFile), { wayOut, notice, signal }) };
  } catch (error) {
    const isGone = error instanceof UserError && isSystemError(error.cause) && error.cause.code === 'ENOENT';
    if (!isGone || attempts === 1) throw error;
    return lockFolder(folder, options, attempts - 1);
  }
}

function isOwn(entry: string): boolean {
  return [lockFile, ...ownEntries].some((own) => entry === own || entry.startsWith(`${own}.`));
}

/** The run that is resumed; `null`: a new one begins. */
function earlierRun(folder: string, earlier: RunMark | 'damaged' | null, options: OpenRunOptions): RunMark | null {
  if (earlier === null) return null;
  if (earlier === 'damaged') {
    options.notice(
      `${join(folder, markFile)} can't be read, so nothing counts of the run that was there; everything is read anew.`,
    );
    return null;
  }
  if (earlier.finished) return null;
  if (!options.resume) {
    options.notice(
      `The run in ${folder} that did not finish (${earlier.runId}, started ${earlier.startedAt}) is replaced by a new one. To go on with such a run: --resume.`,
    );
    return null;
  }
  const reason = differing(earlier.inputs, options.inputs);
  if (reason !== null) throw notResumable(folder, earlier, reason);
  return earlier;
}

async function newStore(folder: string, lock: Lock): Promise<UnitStore> {
  await clear(folder);
  return openUnitStore(folder, lock);
}

async function resumedStore(folder: string, lock: Lock, mark: RunMark, options: OpenRunOptions): Promise<UnitStore> {
  await rm(join(folder, 'result'), { recursive: true, force: true });
  const store = await openUnitStore(folder, lock);
  try {
    requireRecent(folder, mark, store, options);
  } catch (error) {
    await store.close();
    throw error;
  }
  if (store.damage !== null) options.notice(store.damage);
  return store;
}

function requireRecent(folder: string, mark: RunMark, store: UnitStore, { now, maxAgeMs }: OpenRunOptions): void {
  for (const { unit } of store.units()) {
    const ageMs = now.getTime() - Date.parse(unit.readAt);
    if (ageMs <= maxAgeMs) continue;
    const reading = `${unit.accountId} was read in ${unit.region} ${duration(ageMs)} ago (${unit.readAt})`;
    throw notResumable(folder, mark, `${reading}, and --max-age allows ${duration(maxAgeMs)}`);
  }
}

function notResumable(folder: string, { runId }: RunMark, reason: string): UserError {
  return new UserError(
    `The run in ${folder} (${runId}) can't be resumed: ${reason}. To start anew, leave out --resume.`,
  );
}

function newMark({ newRunId, startedAt, inputs }: OpenRunOptions): RunMark {
  return { runId: newRunId, startedAt: startedAt.toISOString(), finished: false, inputs };
}

interface OpenedRun extends LockedFolder {
  readonly store: UnitStore;
  readonly mark: RunMark;
}

/** A folder that another run has taken over by now is its own. */
async function closeRun(
  { folder, lock, store, mark }: OpenedRun,
  { finished, delete: deletes }: { readonly finished: boolean; readonly delete: boolean },
): Promise<void> {
  try {
    await store.close();
    if (!(await lock.isHeld())) return;
    if (deletes) await clear(folder);
    else if (finished) await writeMark(folder, { ...mark, finished });
  } finally {
    await lock.release();
  }
  // Not empty where a next run has begun already.
  if (deletes) await rmdir(folder).catch(() => undefined);
}

async function clear(folder: string): Promise<void> {
  for (const entry of ownEntries) await rm(join(folder, entry), { recursive: true, force: true });
}
