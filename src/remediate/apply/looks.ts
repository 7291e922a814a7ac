/** Many pools, each read once; and what a look says of a pool beside its configuration. */
import { placeKey, type PoolPlace } from '../../domain/model/observation.ts';
import { textAt } from '../../domain/model/api/api-values.ts';
import { settingsOf } from '../../domain/model/mfa/pool-settings.ts';
import { forEachOf } from '../../pacing/work/for-each-of.ts';
import type { Look, PoolReads } from '../../ports/account-writer.ts';

/** Pools that are looked at beside each other; their quotas say how fast. */
const looksAtOnce = 32;

/** By `placeKey`; with less once the signal aborts. `looked` is told of each. */
export async function looksAt(
  places: readonly PoolPlace[],
  pools: Pick<PoolReads, 'look'>,
  signal: AbortSignal,
  looked: () => void,
): Promise<ReadonlyMap<string, Look>> {
  const looks = new Map<string, Look>();
  async function* each(): AsyncGenerator<PoolPlace> {
    for (const place of places) if (!signal.aborted) yield place;
  }
  await forEachOf(each(), looksAtOnce, async (place) => {
    looks.set(placeKey(place), await pools.look(place));
    looked();
  });
  return looks;
}

/** The pool's name, where it could be described. */
export function nameIn(look: Look): string {
  return look.kind === 'seen' && look.userPool.read ? (textAt(look.userPool.value, 'Name') ?? '') : '';
}

/** `EstimatedNumberOfUsers`; `null` where it could not be read. */
export function usersIn(look: Look, region: string): number | null {
  return look.kind === 'seen' && look.userPool.read ? settingsOf(look.userPool.value, region).users : null;
}
