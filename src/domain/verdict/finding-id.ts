/** Names for findings that stay the same from run to run. */
import { createHash } from 'node:crypto';

/** 32 hexadecimal characters, the same for the same account, region, pool, policy and path; nothing else is in it. */
export function findingId(
  accountId: string,
  region: string,
  poolId: string,
  policy: string | null,
  path: string,
): string {
  const key = JSON.stringify([accountId, region, poolId, policy, path]);
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
