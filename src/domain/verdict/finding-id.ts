/** Names for findings that stay the same from run to run. */
import { sha256 } from '../model/sha256.ts';

/** 32 hexadecimal characters, the same for the same account, region, pool, policy and path; nothing else is in it. */
export function findingId(
  accountId: string,
  region: string,
  poolId: string,
  policy: string | null,
  path: string,
): string {
  const key = JSON.stringify([accountId, region, poolId, policy, path]);
  return sha256(key).slice(0, 32);
}
