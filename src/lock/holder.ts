/** Who holds a lock, and whether that process is still there. */
import { readFileSync, readlinkSync } from 'node:fs';
import { constants, open, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isSystemError } from '../system-error.ts';

export interface Holder {
  /** Of this one taking of a lock: never used again. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** Within which a process number means one process: boot and PID namespace; `null` where that can't be told. */
  readonly boot: string | null;
  /** The process's start, in clock ticks since the boot; `null` where that can't be told. */
  readonly started: string | null;
}

/** A lock file as it was found. */
export interface FoundLock {
  /** The holder's; of a text that can't be read, the number of its file, which is no other's while it is there. */
  readonly id: string;
  readonly holder: Holder | null;
  /** When its holder was last heard of, by the file system's clock. */
  readonly touchedMs: number;
}

export function holderHere(id: string): Holder {
  return { id, pid: process.pid, host: hostname(), boot: bootHere(), started: startOf('self') };
}

/** `null` where there is no lock. */
export async function findLock(path: string): Promise<FoundLock | null> {
  try {
    // No link is followed, and a pipe is not waited for.
    await using handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const { ino, mtimeMs } = await handle.stat();
    const holder = parseHolder(await handle.readFile('utf8').catch(() => ''));
    return { id: holder?.id ?? ino.toString(16), holder, touchedMs: mtimeMs };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') return null;
    if (error.code !== 'EACCES') throw error;
    const { ino, mtimeMs } = await stat(path);
    return { id: ino.toString(16), holder: null, touchedMs: mtimeMs };
  }
}

/** `unknown`: it can't be asked from here, since it ran on another machine, in another container, or before a restart. */
export function isRunning({ pid, boot, started }: Holder): 'yes' | 'no' | 'unknown' {
  if (boot === null || boot !== bootHere()) return 'unknown';
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ESRCH') return 'no';
  }
  const now = startOf(String(pid));
  if (now === null || started === null) return 'unknown';
  return now === started ? 'yes' : 'no';
}

/** `process 12 on build-7` */
export function nameOf({ holder }: FoundLock): string {
  return holder === null ? 'it names no process' : `process ${holder.pid} on ${holder.host}`;
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : null;
  } catch {
    return null;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const { id, pid, host, boot, started }: Partial<Record<keyof Holder, unknown>> = value;
  return (
    typeof id === 'string' &&
    /^[0-9a-f]{1,32}$/.test(id) &&
    typeof pid === 'number' &&
    Number.isSafeInteger(pid) &&
    pid > 0 &&
    typeof host === 'string' &&
    isTextOrNull(boot) &&
    isTextOrNull(started)
  );
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

/** Containers of one machine share its boot and count their processes apart; elsewhere than on Linux a host counts them all. */
function bootHere(): string | null {
  if (process.platform !== 'linux') return `${process.platform} ${hostname()}`;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}

/**
 * The 22nd field of `/proc/PID/stat` (proc_pid_stat(5)); the second is the program's name, which may hold anything. Empty
 * for a process that has ended and waits for its parent to notice; `null` where it can't be told.
 */
function startOf(pid: string): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? '' : (fields[18] ?? null);
  } catch {
    return null;
  }
}
