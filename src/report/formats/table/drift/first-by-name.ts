/** Keeps the first pools by name, however many come in whatever order. */
import { byPlace } from '../../../../domain/model/order.ts';
import type { PoolName } from '../../../views/overview.ts';

export interface FirstByName<T> {
  add(item: T): void;
  first(): readonly T[];
  /** How many there were, kept or not. */
  count(): number;
}

/** `customers-2` before `customers-10`; the same everywhere, whatever the locale. */
const naturally = new Intl.Collator('en', { numeric: true });

/** By the names that a reader sees: the account's, the pool's; what has the same names by account, region and id. */
export function byName(one: PoolName, other: PoolName): number {
  return (
    naturally.compare(one.accountName ?? one.accountId, other.accountName ?? other.accountId) ||
    naturally.compare(one.poolName, other.poolName) ||
    byPlace(one, other)
  );
}

export function firstByName<T>(limit: number, nameOf: (item: T) => PoolName): FirstByName<T> {
  const kept: T[] = [];
  let count = 0;
  return {
    add(item) {
      count += 1;
      const before = kept.findIndex((other) => byName(nameOf(item), nameOf(other)) < 0);
      kept.splice(before === -1 ? kept.length : before, 0, item);
      kept.splice(limit);
    },
    first: () => kept,
    count: () => count,
  };
}
