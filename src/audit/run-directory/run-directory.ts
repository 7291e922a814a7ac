import { access, constants, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describeSystemError, isSystemError, writeFileAtomically } from '../../atomic-file.ts';
import { UserError } from '../../errors.ts';
import { takeLock } from './lock.ts';
import { openUnitStore, type UnitStore } from './unit-store.ts';

/** What must be the same for an interrupted run to be gone on with; each is the SHA-256 of its subject. */
export interface RunInputs {
  readonly tool: string;
  readonly policies: string;
  readonly configuration: string;
  /** Flags and variables that decide what is read, the caller's identity and the endpoint among them. */
  readonly scope: string;
}

export interface RunMark {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finished: boolean;
  readonly inputs: RunInputs;
}

export interface RunDirectory {
  readonly folder: string;
  /** Where the judged result is assembled. */
  readonly resultFolder: string;
  readonly runId: string;
  readonly startedAt: string;
  readonly resumed: boolean;
  readonly store: UnitStore;
  /** Ends the run's hold on the folder; `delete` also removes what it holds. */
  close(how: { readonly finished: boolean; readonly delete: boolean }): Promise<void>;
}

export interface OpenRunOptions {
  readonly resume: boolean;
  readonly maxAgeMs: number;
  readonly now: Date;
  readonly newRunId: string;
  readonly inputs: RunInputs;
  /** Taken instead where the folder can't be made for want of permission; `null`: that is an error. */
  readonly fallbackFolder: string | null;
}

const markFile = 'run.json';
const ownEntries = new Set([markFile, 'lock', 'units.ndjson', 'pools.ndjson', 'result']);

/**
 * Opens the run directory (design: "Reading AWS"): mode 0700, locked. With `resume`, an unfinished run made from the same
 * inputs goes on under its own id; without, a finished or old one is replaced and an unfinished one is refused.
 *
 * @throws UserError when it can't be made, is held, is not a run directory, or may not be resumed or replaced.
 */
export async function openRunDirectory(wanted: string, options: OpenRunOptions): Promise<RunDirectory> {
  const folder = await makeFolder(wanted, options.fallbackFolder);
  const lock = await takeLock(join(folder, 'lock'));
  try {
    const earlier = await readMark(folder);
    const goesOn = earlier !== null && decide(folder, earlier, options) === 'resume';
    const mark = goesOn ? earlier : newMark(options);
    if (!goesOn) await clear(folder);
    await rm(join(folder, 'result'), { recursive: true, force: true });
    await writeMark(folder, mark);
    const store = await openUnitStore(folder);
    return {
      folder,
      resultFolder: join(folder, 'result'),
      runId: mark.runId,
      startedAt: mark.startedAt,
      resumed: goesOn,
      store,
      async close({ finished, delete: deletes }) {
        try {
          await store.close();
          if (deletes) await clear(folder);
          else if (finished) await writeMark(folder, { ...mark, finished });
        } finally {
          await lock.release();
        }
        if (deletes) await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Resolves with the folder that was made: the one that is wanted, or the fallback where that may not be written. */
async function makeFolder(wanted: string, fallback: string | null): Promise<string> {
  try {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    await access(wanted, constants.W_OK);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (fallback !== null && isForbidden(error)) return makeFolder(fallback, null);
    throw new UserError(
      `The run directory ${wanted} could not be made: ${describeSystemError(error)}. Name a folder that can be written with --run-dir.`,
      { cause: error },
    );
  }
  const foreign = (await readdir(wanted)).find((entry) => !ownEntries.has(entry) && !entry.startsWith(`${markFile}.`));
  if (foreign === undefined) return wanted;
  throw new UserError(
    `${wanted} is not a run directory: it holds ${foreign}. Name an empty or new folder with --run-dir.`,
  );
}

function isForbidden({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
}

/** `null` when the folder is new, or was left before its run had begun. */
async function readMark(folder: string): Promise<RunMark | null> {
  const text = await readFile(join(folder, markFile), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as RunMark);
}

function decide(folder: string, earlier: RunMark, options: OpenRunOptions): 'resume' | 'replace' {
  const ageMs = options.now.getTime() - Date.parse(earlier.startedAt);
  const isOld = ageMs > options.maxAgeMs;
  if (!options.resume) {
    if (earlier.finished || isOld) return 'replace';
    throw new UserError(
      `${folder} holds a run that did not finish (${earlier.runId}, started ${earlier.startedAt}). ` +
        'Go on with it: --resume. Start anew: delete the folder, or name another with --run-dir.',
    );
  }
  if (earlier.finished) return 'replace';
  const reason = isOld
    ? `it started ${earlier.startedAt}, longer ago than --max-age allows`
    : differing(earlier.inputs, options.inputs);
  if (reason === null) return 'resume';
  throw new UserError(
    `The run in ${folder} (${earlier.runId}) can't be resumed: ${reason}. ` +
      'Start anew without --resume after deleting the folder, or name another with --run-dir.',
  );
}

function differing(earlier: RunInputs, now: RunInputs): string | null {
  if (earlier.tool !== now.tool) return 'it was made by another version of mfa-drift';
  if (earlier.policies !== now.policies) return 'it was made with other policies';
  if (earlier.configuration !== now.configuration) return 'it was made with another configuration';
  if (earlier.scope !== now.scope) return 'it was made for another scope (flags, caller or endpoint)';
  return null;
}

function newMark({ newRunId, now, inputs }: OpenRunOptions): RunMark {
  return { runId: newRunId, startedAt: now.toISOString(), finished: false, inputs };
}

async function writeMark(folder: string, mark: RunMark): Promise<void> {
  await writeFileAtomically(join(folder, markFile), [`${JSON.stringify(mark)}\n`], { mode: 0o600 });
}

async function clear(folder: string): Promise<void> {
  for (const entry of ownEntries) {
    if (entry !== 'lock') await rm(join(folder, entry), { recursive: true, force: true });
  }
}
