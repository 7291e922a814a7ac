/** Whether the holder of a lock is still there; one that can't be asked is waited for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { duration } from '../number-format.ts';
import { touchClaim, type Claim } from './claim.ts';
import { silenceMs } from './freshness.ts';
import { findLock, isRunning, nameOf, type FoundLock } from './holder.ts';

export interface LockWait {
  /** Told what is waited for, and where the file system can't do all that a lock wants. */
  readonly notice: (text: string) => void;
  /** Ends the waiting; its reason is thrown. */
  readonly signal: AbortSignal;
}

const lookMs = 1_000;

/** `gone`: the lock that was found is not there any more. */
export async function watch(
  file: string,
  found: FoundLock,
  claim: Claim,
  { notice, signal }: LockWait,
): Promise<'alive' | 'dead' | 'gone'> {
  const began = performance.now();
  for (let nowMs = claim.writtenMs, looks = 0; ; nowMs = await touchClaim(claim), looks += 1) {
    const running = found.holder === null ? 'unknown' : isRunning(found.holder);
    if (running !== 'unknown') return running === 'yes' ? 'alive' : 'dead';
    // By the file system's clock, or by ours where that one was set back.
    const silentMs = Math.max(nowMs - found.touchedMs, performance.now() - began);
    if (silentMs >= silenceMs) return 'dead';
    if (looks === 0) notice(waitingFor(file, found, silentMs));
    signal.throwIfAborted();
    await sleep(Math.min(lookMs, silenceMs - silentMs));
    const still = await findLock(file);
    if (still?.id !== found.id) return 'gone';
    if (still.touchedMs !== found.touchedMs) return 'alive';
  }
}

function waitingFor(file: string, found: FoundLock, silentMs: number): string {
  return `${file} is held by another run (${nameOf(found)}) that can't be asked from here. Waiting until it is heard of, or has been silent for ten minutes; it was last heard of ${duration(silentMs)} ago.`;
}
