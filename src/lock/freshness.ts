/** How a lock's holder shows that it is alive, and learns that it was taken for dead. */
import type { FileHandle } from 'node:fs/promises';
import { touchClaim } from './claim.ts';
import { findLock } from './holder.ts';

/** A holder that can't be asked is dead when it has not been heard of for this long. */
export const silenceMs = 10 * 60_000;
const heartbeatMs = 10_000;
/** Nobody can have taken a lock over within this of its last heartbeat. */
const certainMs = silenceMs / 10;

export interface Freshness {
  /** Whether nobody can have taken the lock over since it was last looked at. */
  isCertain(): boolean;
  /** False where another has taken the lock over. */
  isHeld(): Promise<boolean>;
  stop(): void;
}

/**
 * Writes the holder's text again and again, into its own file whatever bears the lock's name: the time of that write is the
 * file system's, so machines whose clocks differ agree about it.
 */
export function keepFresh(
  file: string,
  { id, text }: { readonly id: string; readonly text: string },
  handle: FileHandle,
): Freshness {
  let seen = moment();
  async function look(): Promise<boolean> {
    const now = moment();
    const isOurs = (await findLock(file))?.id === id;
    if (isOurs) seen = now;
    return isOurs;
  }
  async function beat(): Promise<void> {
    await touchClaim({ handle, text });
    await look();
  }
  const heartbeat = setInterval(() => void beat().catch(() => undefined), heartbeatMs);
  heartbeat.unref();
  return {
    isCertain: () => since(seen) < certainMs,
    isHeld: async () => since(seen) < certainMs || look(),
    stop: () => clearInterval(heartbeat),
  };
}

interface Moment {
  readonly wall: number;
  readonly steady: number;
}

function moment(): Moment {
  return { wall: Date.now(), steady: performance.now() };
}

/** By the clock that went further: one may be set back, and the other stands still while a machine sleeps. */
function since({ wall, steady }: Moment): number {
  return Math.max(Date.now() - wall, performance.now() - steady);
}
