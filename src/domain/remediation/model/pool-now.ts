import type { JsonObject } from '../../model/json.ts';

/** A pool as it was read just now: both of its answers. */
export interface PoolNow {
  readonly poolId: string;
  readonly region: string;
  readonly config: JsonObject;
  readonly userPool: JsonObject;
}
