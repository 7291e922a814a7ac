/** What a saved result has measured of the users of a live pool. */
import type { ReadinessRecord } from '../../domain/readiness/record.ts';
import { placeKey, type PoolPlace } from '../../domain/model/observation.ts';
import { openSavedResult } from '../../result/saved/open.ts';

/** `null`: it has measured nothing of the pool, or has no such pool. */
export async function earlierReadiness(file: string, place: PoolPlace): Promise<ReadinessRecord | null> {
  const wanted = placeKey(place);
  for await (const pool of (await openSavedResult(file)).pools()) if (placeKey(pool) === wanted) return pool.readiness;
  return null;
}
