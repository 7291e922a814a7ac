import type { PlacedPool } from '../fleet/fleet.ts';
import type { StoredPool } from './stored-pool.ts';

/** The pools of one account in one region, in the order in which they are listed. */
export class PoolShelf {
  private readonly order: (StoredPool | undefined)[] = [];
  private readonly places = new Map<string, number>();
  private readonly vanishing = new Set<string>();

  add({ pool, vanishes }: PlacedPool): void {
    this.places.set(pool.id, this.order.length);
    this.order.push(pool);
    if (vanishes) this.vanishing.add(pool.id);
  }

  /** A deleted pool leaves its place empty, so that page tokens stay where they were. */
  get listing(): readonly (StoredPool | undefined)[] {
    return this.order;
  }

  find(id: string): StoredPool | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : this.order[place];
  }

  replace(pool: StoredPool): void {
    const place = this.places.get(pool.id);
    if (place !== undefined) this.order[place] = pool;
  }

  /** Deletes those of the pools that were to vanish once they were named. */
  named(pools: readonly StoredPool[]): void {
    if (this.vanishing.size === 0) return;
    for (const { id } of pools) if (this.vanishing.delete(id)) this.remove(id);
  }

  remove(id: string): void {
    const place = this.places.get(id);
    if (place === undefined) return;
    this.order[place] = undefined;
    this.places.delete(id);
  }
}
