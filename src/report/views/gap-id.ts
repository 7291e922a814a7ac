import { createHash } from 'node:crypto';
import type { Gap } from '../../domain/result/result.ts';

/** The same in every run for the same place and code. */
export function gapId({ scope, accountId, region, poolId, code }: Gap): string {
  return createHash('sha256')
    .update(JSON.stringify(['gap', scope, accountId, region, poolId, code]))
    .digest('hex')
    .slice(0, 32);
}
