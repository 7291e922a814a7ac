/**
 * A lock is a file that names its holder. It outlives a process that is killed, so the next one must be able to take it
 * over, and of many who try at once only one may. Whoever removes or replaces a lock therefore first takes the right to
 * it, a lock named after that one's holder, and looks once more: no name is ever free for a moment, and none is used twice.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describeSystemError, isSystemError } from '../system-error.ts';
import { UserError } from '../errors.ts';
import { claimName, dropClaim, replaceLock, writeClaim, type Claim, type Claimed } from './claim.ts';
import { keepFresh, silenceMs } from './freshness.ts';
import { findLock, nameOf } from './holder.ts';
import { watch, type LockWait } from './watch.ts';

export interface Lock {
  /** False where another took this lock over, since its process stood still for too long. */
  isHeld(): Promise<boolean>;
  /** @throws UserError where it is not held any more. */
  requireHeld(): Promise<void>;
  /** Removes the lock, unless it is another's by now. */
  release(): Promise<void>;
}

export interface LockOptions extends LockWait {
  /** What the user can do instead of waiting, as an imperative. */
  readonly wayOut: string;
}

/**
 * Takes the lock, or says who holds it. One whose process is gone is taken over. Where its process can't be asked, having
 * run on another machine or in another container, it is waited for: until it is heard of, or ten minutes of silence.
 *
 * @throws UserError when it is held, or can't be written.
 */
export async function takeLock(file: string, options: LockOptions): Promise<Lock> {
  try {
    const claim = await writeClaim(file);
    const taken = await take(file, claim, options).catch(async (error: unknown) => {
      await dropClaim(claim);
      throw error;
    });
    if (!taken.isLinked) options.notice(withoutLinks(file));
    await removeRemains(file, claim);
    return kept(file, claim, taken);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UserError(`${file} could not be written: ${describeSystemError(error)}.`, { cause: error });
  }
}

function withoutLinks(file: string): string {
  return `The file system of ${file} has no hard links; the lock is a file that is made exclusively, and one that is cut short there is waited for ten minutes.`;
}

async function take(file: string, claim: Claim, options: LockOptions): Promise<Claimed> {
  for (;;) {
    const claimed = await claimName(claim, file);
    if (claimed !== null) return claimed;
    const other = await findLock(file);
    const liveness = other === null ? 'gone' : await watch(file, other, claim, options);
    if (other === null || liveness === 'gone') continue;
    if (liveness === 'alive') {
      throw new UserError(
        `${file} is held by a run that is still going (${nameOf(other)}). Wait for it, or ${options.wayOut}.`,
      );
    }
    const isOurs = await withRightTo(file, other.id, options, async () => {
      const still = await findLock(file);
      if (still?.id !== other.id || still.touchedMs !== other.touchedMs) return false;
      await replaceLock(claim, file);
      return (await findLock(file))?.id === claim.id;
    });
    if (isOurs === true) return { handle: claim.handle, isLinked: true };
    if (isOurs === null) {
      throw new UserError(`${file} is being taken over by another run. Wait for it, or ${options.wayOut}.`);
    }
  }
}

/** Does the work as the only process that may remove or replace the lock with this id; `null` where another is at it. */
async function withRightTo<T>(
  file: string,
  id: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T | null> {
  const right = `${file}.${id}.end`;
  const claim = await writeClaim(right);
  const taken = await take(right, claim, options).catch(async (error: unknown) => {
    await dropClaim(claim);
    if (error instanceof UserError) return null;
    throw error;
  });
  if (taken === null) return null;
  try {
    return await work();
  } finally {
    await rm(right, { force: true });
    await taken.handle.close();
  }
}

const withoutWaiting: LockOptions = { wayOut: '', notice: () => undefined, signal: AbortSignal.abort() };

function kept(file: string, claim: Claim, { handle }: Claimed): Lock {
  const freshness = keepFresh(file, claim, handle);
  async function removeOwn(): Promise<void> {
    if ((await findLock(file))?.id === claim.id) await rm(file, { force: true });
  }
  return {
    isHeld: () => freshness.isHeld(),
    async requireHeld() {
      if (await freshness.isHeld()) return;
      throw new UserError(
        `${file} was taken over by another run, since this one stood still for more than ten minutes. This one ends here; what it did until then is saved.`,
      );
    },
    async release() {
      freshness.stop();
      try {
        if (freshness.isCertain()) await removeOwn();
        else await withRightTo(file, claim.id, withoutWaiting, removeOwn);
      } catch (error) {
        // A lock that stays is found to be dead by whoever comes next.
        if (!isSystemError(error) && error !== withoutWaiting.signal.reason) throw error;
      } finally {
        await handle.close();
      }
    },
  };
}

/** What processes that were killed on their way to this lock left beside it. */
async function removeRemains(file: string, { writtenMs }: Claim): Promise<void> {
  const ending = /^(?:\.[0-9a-f]+\.(?:new|end))+$/;
  const name = basename(file);
  const beside = await readdir(dirname(file)).catch(() => []);
  for (const entry of beside.filter((one) => one.startsWith(name) && ending.test(one.slice(name.length)))) {
    const path = join(dirname(file), entry);
    const touchedMs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => writtenMs,
    );
    if (writtenMs - touchedMs >= silenceMs) await rm(path, { force: true });
  }
}
