/** One of several machines that share a run: it reads the accounts whose ids fall to it. */
import { createHash } from 'node:crypto';

export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/** Bytes of the hash that make the number: enough to fall evenly, and exact in a double. */
const numberBytes = 6;

/** By SHA-256 of the account's id: the same on every machine and every night, whatever order accounts are listed in. */
export function isInShard(accountId: string, { index, count }: Shard): boolean {
  const digest = createHash('sha256').update(accountId).digest();
  return digest.readUIntBE(0, numberBytes) % count === index - 1;
}
