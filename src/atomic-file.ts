import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from './errors.ts';

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
  chunks: AsyncIterable<string> | Iterable<string>,
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
    await mkdir(folder, { mode });
  } catch (error) {
    if (await isFolder(folder)) return;
    const parent = dirname(folder);
    if (!isSystemError(error) || error.code !== 'ENOENT' || (await isFolder(parent))) throw error;
    await makeFolder(parent, mode);
    await makeFolder(folder, mode);
  }
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

async function writeAll(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
  flags: 'w' | 'wx',
  mode: number,
): Promise<void> {
  const handle = await open(file, flags, mode);
  try {
    for await (const chunk of chunks) await handle.writeFile(chunk);
    if (flags === 'wx') await handle.sync();
  } finally {
    await handle.close();
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** The system's reason in words, for the codes that people meet; else its own text. */
export function describeSystemError(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ENOSPC':
      return 'no space is left on the disk';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the file system is read-only';
    case 'EISDIR':
      return 'it is a folder';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a part of its path is a file, not a folder';
    case 'ENOENT':
      return 'there is no such file or folder';
    default:
      return error.message;
  }
}
