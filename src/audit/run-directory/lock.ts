import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { describeSystemError, isSystemError } from '../../atomic-file.ts';
import { UserError } from '../../errors.ts';

const heartbeatMs = 10_000;
/** A holder on another machine that has not touched the lock for this long is taken for dead. */
const silenceMs = 6 * heartbeatMs;

export interface Lock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/**
 * Takes the lock file, or says who holds it. A lock outlives a killed process, so one is taken over when its process is
 * gone from this machine, or when a holder on another machine has fallen silent.
 *
 * @param wayOut what the user can do instead of waiting, as an imperative
 * @throws UserError when a living run holds it, or it can't be written.
 */
export async function takeLock(
  file: string,
  wayOut = 'give this run a folder of its own with --run-dir',
): Promise<Lock> {
  const holder: Holder = { pid: process.pid, host: hostname() };
  if (!(await createLockFile(file, holder))) {
    const other = await readHolder(file);
    if (other !== null && (await isAlive(file, other))) {
      throw new UserError(
        `${file} is held by a run that is still going (process ${other.pid} on ${other.host}). ` +
          `Wait for it, or ${wayOut}.`,
      );
    }
    await rm(file, { force: true });
    if (!(await createLockFile(file, holder))) {
      throw new UserError(`${file} was taken by another run just now. Wait for it, or ${wayOut}.`);
    }
  }
  const heartbeat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), heartbeatMs);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      await rm(file, { force: true });
    },
  };
}

async function createLockFile(file: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EEXIST') return false;
    throw new UserError(`${file} could not be written: ${describeSystemError(error)}.`, { cause: error });
  }
}

/** `null` when the lock is gone or was cut short while it was written. */
async function readHolder(file: string): Promise<Holder | null> {
  try {
    const holder: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isHolder(holder) ? holder : null;
  } catch {
    return null;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'host' in value &&
    typeof value.host === 'string'
  );
}

async function isAlive(file: string, holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) {
    const touchedAt = await stat(file).then(
      (found) => found.mtimeMs,
      () => 0,
    );
    return Date.now() - touchedAt < silenceMs;
  }
  return holder.pid !== process.pid && isRunning(holder.pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isSystemError(error) && error.code === 'EPERM';
  }
}
