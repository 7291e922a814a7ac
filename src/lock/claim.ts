/** The one step of taking a lock that must be the system's: of many who claim a name, one gets it. */
import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { isSystemError } from '../system-error.ts';
import { holderHere } from './holder.ts';

/** A lock's text on its way to the lock's name: written whole, under a name that nobody else uses. */
export interface Claim {
  readonly id: string;
  readonly text: string;
  readonly path: string;
  /** By the file system's clock, which need not be this machine's. */
  readonly writtenMs: number;
  readonly handle: FileHandle;
}

/** A lock's name that was given to a claim. */
export interface Claimed {
  /** Of the file that bears the name now. */
  readonly handle: FileHandle;
  /** False where the file system has no hard links: the text was then written into a file made under that name. */
  readonly isLinked: boolean;
}

const privateEnding = '.new';

export async function writeClaim(lock: string): Promise<Claim> {
  const id = randomBytes(8).toString('hex');
  const path = `${lock}.${id}${privateEnding}`;
  const text = `${JSON.stringify(holderHere(id))}\n`;
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    // Else a crash of the machine could leave a lock that names nobody.
    await handle.sync();
    return { id, text, path, writtenMs: (await handle.stat()).mtimeMs, handle };
  } catch (error) {
    await dropClaim({ path, handle });
    throw error;
  }
}

/** Resolves with what the file system's clock says now. */
export async function touchClaim({ handle, text }: Pick<Claim, 'handle' | 'text'>): Promise<number> {
  await handle.write(text, 0);
  return (await handle.stat()).mtimeMs;
}

/** Gives the claim the lock's name; `null` where somebody has it. */
export async function claimName(claim: Claim, lock: string): Promise<Claimed | null> {
  try {
    await link(claim.path, lock);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // Over a network an answer can be lost: the link may have been made all the same.
    if ((await claim.handle.stat()).nlink < 2) {
      if (error.code === 'EEXIST') return null;
      if (!isRefusal(error)) throw error;
      return makeExclusively(claim, lock);
    }
  }
  await rm(claim.path, { force: true });
  return { handle: claim.handle, isLinked: true };
}

/** Puts the text in the place of the lock that is there, at once. Only who alone may remove that lock does this. */
export async function replaceLock(claim: Claim, lock: string): Promise<void> {
  await rename(claim.path, lock);
}

export async function dropClaim({ path, handle }: Pick<Claim, 'path' | 'handle'>): Promise<void> {
  await rm(path, { force: true });
  await handle.close();
}

/** What link(2) says where a file system knows no hard links; EISDIR is what Windows says of FAT. */
function isRefusal({ code = '' }: NodeJS.ErrnoException): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EISDIR', 'EMLINK'].includes(code);
}

async function makeExclusively(claim: Claim, lock: string): Promise<Claimed | null> {
  let handle: FileHandle;
  try {
    handle = await open(lock, 'wx', 0o600);
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return null;
    throw error;
  }
  try {
    await handle.writeFile(claim.text);
    await handle.sync();
  } catch (error) {
    await dropClaim({ path: lock, handle });
    throw error;
  }
  await dropClaim(claim);
  return { handle, isLinked: false };
}
