import type { ListingAhead } from '../listing-ahead.ts';
import type { Quota } from '../../pacing/quota.ts';

/** How far reading is: counted as it goes, read at any moment. Totals are `null` until they are known. */
export interface ReadingProgress {
  accountsDone: number;
  accountsTotal: number | null;
  unitsDone: number;
  /** Of the accounts that have told their regions. */
  unitsFound: number;
  unitsTotal: number | null;
  pools: number;
  /** Units that are opened and not read to their end. */
  readonly underWay: Set<UnitLeft>;
}

export function newProgress(): ReadingProgress {
  return {
    accountsDone: 0,
    accountsTotal: null,
    unitsDone: 0,
    unitsFound: 0,
    unitsTotal: null,
    pools: 0,
    underWay: new Set(),
  };
}

/** What is left of one unit. */
export class UnitLeft {
  private read = 0;
  private described = 0;
  private readonly listed: Pick<ListingAhead, 'count' | 'toDescribe' | 'isEnded'>;
  private readonly quotas: { readonly listing: Quota; readonly reading: Quota };

  constructor(listed: UnitLeft['listed'], quotas: UnitLeft['quotas']) {
    this.listed = listed;
    this.quotas = quotas;
  }

  wasRead(isDescribed: boolean): void {
    this.read += 1;
    if (isDescribed) this.described += 1;
  }

  callsLeft(): number {
    return this.readsLeft() + this.descriptionsLeft();
  }

  /** At the pace of its quotas; `null` where more pools may be listed, or a quota is slowed down. */
  timeLeftMs(): number | null {
    const { listing, reading } = this.quotas;
    if (!this.listed.isEnded || listing.isSlowed() || reading.isSlowed()) return null;
    const seconds = Math.max(this.readsLeft() / reading.perSecond(), this.descriptionsLeft() / listing.perSecond());
    return 1000 * seconds;
  }

  private readsLeft(): number {
    return this.listed.count - this.read;
  }

  private descriptionsLeft(): number {
    return this.listed.toDescribe - this.described;
  }
}
