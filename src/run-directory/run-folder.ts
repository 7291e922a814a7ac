/** The folder of a run: made for this user alone, or another one where that can't be. */
import { access, chmod, constants, lstat, mkdir, mkdtemp, readdir, stat } from 'node:fs/promises';
import { makeFolder } from '../atomic-file.ts';
import { describeSystemError, isSystemError } from '../system-error.ts';
import { UserError } from '../errors.ts';

export interface FolderChoice {
  readonly wanted: string;
  /** Taken instead where the wanted one may not be written; `null`: that is an error. */
  readonly fallback: string | null;
  /** Whether something of this name belongs in it. */
  readonly isOwn: (entry: string) => boolean;
  readonly notice: (text: string) => void;
}

/**
 * Resolves with the folder, mode 0700.
 *
 * @throws UserError when it can't be made, or holds something else.
 */
export async function makeRunFolder({ wanted, fallback, isOwn, notice }: FolderChoice): Promise<string> {
  try {
    await makeFolder(wanted, 0o700);
    await access(wanted, constants.W_OK);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (fallback === null || !isForbidden(error)) throw cannotMake(wanted, error);
    const { folder, remark } = await makeFallback(fallback);
    notice(`${wanted} can't be written (${describeSystemError(error)}): the run is kept in ${folder}${remark}.`);
    return makeRunFolder({ wanted: folder, fallback: null, isOwn, notice });
  }
  const foreign = (await readdir(wanted)).find((entry) => !isOwn(entry));
  if (foreign !== undefined) {
    throw new UserError(
      `${wanted} is not a run directory: it holds ${foreign}. Name an empty or new folder with --run-dir.`,
    );
  }
  await makePrivate(wanted);
  return wanted;
}

/** A folder that was there already may be open to others. */
async function makePrivate(folder: string): Promise<void> {
  const { uid, mode } = await stat(folder);
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) await chmod(folder, 0o700);
}

/** In a folder that everybody may write to, a name that everybody can guess may be taken by somebody else. */
async function makeFallback(folder: string): Promise<{ readonly folder: string; readonly remark: string }> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return { folder, remark: '' };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code !== 'EEXIST') throw cannotMake(folder, error);
  }
  const found = await lstat(folder);
  const isOurs = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  if (isOurs) return { folder, remark: '' };
  return {
    folder: await mkdtemp(`${folder}-`),
    remark: `, since ${folder} is not this user's alone; --resume will not find it, so name a folder with --run-dir`,
  };
}

function isForbidden({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
}

function cannotMake(folder: string, error: NodeJS.ErrnoException): UserError {
  return new UserError(
    `The run directory ${folder} could not be made: ${describeSystemError(error)}. Name a folder that can be written with --run-dir.`,
    { cause: error },
  );
}
