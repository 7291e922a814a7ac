/**
 * The listing of a unit that is opened. It goes on while its pools are read and while the unit waits for its turn, so
 * that it is soon known how many there are. What is held is names and ids, of as many pools as a unit may have.
 */
import type { FurtherReads } from '../domain/model/api/reads.ts';
import type { ListedPool } from '../ports/cloud.ts';
import type { Attempt } from '../pacing/call-result.ts';
import { countPool, noRequests } from './unit-quotas.ts';

export type Listing = AsyncGenerator<Attempt<readonly ListedPool[]>, void, void>;

export class ListingAhead {
  /** Pools that were listed until now, and the requests that they take. */
  count = 0;
  readonly requests = noRequests();
  /** No page is to come. */
  isEnded = false;
  private readonly waiting: Attempt<readonly ListedPool[]>[];
  private readonly neededFor: (pool: ListedPool) => FurtherReads;
  private readonly drained: Promise<void>;
  private wake = (): void => {};
  private isLeft = false;

  constructor(first: readonly ListedPool[], rest: Listing, neededFor: (pool: ListedPool) => FurtherReads) {
    this.neededFor = neededFor;
    this.waiting = [{ ok: true, value: first }];
    this.note(first);
    this.drained = this.drain(rest);
    // Whoever takes the pages hears of it; nobody may be left to take them after an interruption.
    this.drained.catch(() => {});
  }

  /** Each page once, in order; a failure is the last. Rejects as the listing did. */
  async *pages(): Listing {
    try {
      for (;;) {
        const page = this.waiting.shift();
        if (page !== undefined) yield page;
        else if (this.isEnded) return await this.drained;
        else await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      this.isLeft = true;
    }
  }

  private note(pools: readonly ListedPool[]): void {
    this.count += pools.length;
    for (const pool of pools) countPool(this.requests, this.neededFor(pool));
  }

  private async drain(rest: Listing): Promise<void> {
    try {
      for await (const page of rest) {
        this.waiting.push(page);
        if (page.ok) this.note(page.value);
        this.wake();
        if (this.isLeft) return;
      }
    } finally {
      this.isEnded = true;
      this.wake();
    }
  }
}
