import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, open, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from './errors.ts';
import { describeSystemError, isSystemError } from './system-error.ts';

type Chunks = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

export interface WriteOptions {
  /** Permission bits of a new file; a file that is replaced gets them too. */
  readonly mode?: number;
}

/**
 * Writes a file whole or not at all: the text goes beside the target, is flushed to disk and then takes its name. A
 * symbolic link keeps pointing where it did; what is no regular file (a pipe, a terminal) is written in place. Missing
 * folders are made.
 *
 * @throws UserError naming the file, when it can't be written.
 */
export async function writeFileAtomically(
  file: string,
  chunks: Chunks,
  { mode = 0o644 }: WriteOptions = {},
): Promise<void> {
  try {
    await makeFolder(dirname(file));
    const target = await realpath(file).catch(() => file);
    if (await isWrittenInPlace(target)) {
      await writeAll(target, chunks, 'w', mode);
      return;
    }
    const beside = `${target}.${randomBytes(6).toString('hex')}.part`;
    try {
      await writeAll(beside, chunks, 'wx', mode);
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`${file} could not be written: ${describeSystemError(error)}`, { cause: error });
  }
}

/**
 * Makes a folder and those above it that are missing, which nobody else may write to, whatever the umask. Not by Node's own
 * `recursive`: it never comes back where a folder is there and nothing can be made in it, such as /proc.
 */
export async function makeFolder(folder: string, mode = 0o755): Promise<void> {
  try {
    await makeLastFolder(folder, mode);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
    await makeFolder(dirname(folder), mode);
    await makeLastFolder(folder, mode);
  }
}

/** Somebody else may have made it. */
async function makeLastFolder(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if (!(await isFolder(folder))) throw error;
  }
}

/** What a trial writes, so that a disk without room for a small report fails it. */
const trialBytes = 64 * 1024;

/**
 * Tries whether a file could be written, and leaves it, and the folders that it would need, as they are. Whoever can't do
 * without its report tries this before the work that the report is about.
 *
 * @param asked what the user named, where the file only stands for it
 * @throws UserError naming that, when it can't be written.
 */
export async function requireWritableFile(file: string, asked = file): Promise<void> {
  const folder = resolve(dirname(file));
  try {
    const stays = await nearestFolder(folder);
    await makeFolder(folder);
    try {
      await tryWriting(file);
    } finally {
      await removeEmpty(folder, stays);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw unwritable(asked, error);
  }
}

async function tryWriting(file: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  if (await isWrittenInPlace(target)) return await access(target, constants.W_OK);
  if (await isFolder(target)) throw Object.assign(new Error(), { code: 'EISDIR', syscall: 'open' });
  const beside = `${target}.${randomBytes(6).toString('hex')}.part`;
  try {
    await writeAll(beside, [' '.repeat(trialBytes)], 'wx', 0o600);
  } finally {
    await rm(beside, { force: true });
  }
}

/** The folder itself, or that above it which is there already. */
async function nearestFolder(folder: string): Promise<string> {
  const above = dirname(folder);
  return above === folder || (await isFolder(folder)) ? folder : nearestFolder(above);
}

/** The folder and those above it, up to the one that stays; one that somebody uses by now stays too. */
async function removeEmpty(folder: string, stays: string): Promise<void> {
  for (let each = folder; each.length > stays.length; each = dirname(each)) await rmdir(each).catch(() => undefined);
}

/** The same for a file that is added to; it is made where it is not there. */
export async function requireAppendableFile(file: string): Promise<void> {
  try {
    await (await open(file, 'a')).close();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw unwritable(file, error);
  }
}

function unwritable(file: string, cause: NodeJS.ErrnoException): UserError {
  return new UserError(`${file} could not be written: ${describeSystemError(cause)}`, { cause });
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function isWrittenInPlace(target: string): Promise<boolean> {
  try {
    const found = await stat(target);
    return !found.isFile() && !found.isDirectory();
  } catch {
    return false;
  }
}

async function writeAll(file: string, chunks: Chunks, flags: 'w' | 'wx', mode: number): Promise<void> {
  const handle = await open(file, flags, mode);
  try {
    for await (const chunk of chunks) await handle.writeFile(chunk);
    if (flags === 'wx') await handle.sync();
  } finally {
    await handle.close();
  }
}
