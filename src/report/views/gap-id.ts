import { sha256 } from '../../domain/model/sha256.ts';
import type { Gap } from '../../domain/result/result.ts';

/** The same in every run for the same place and code. */
export function gapId({ scope, accountId, region, poolId, code }: Gap): string {
  return sha256(JSON.stringify(['gap', scope, accountId, region, poolId, code])).slice(0, 32);
}
