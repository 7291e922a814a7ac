import type { ListingAhead } from '../listing-ahead.ts';
import { readQuotas, type FurtherReads, type ReadQuota } from '../../domain/model/api/reads.ts';
import { countPool, noRequests, type UnitQuotas } from '../unit-quotas.ts';

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
  private readonly made = noRequests();
  private readonly listed: Pick<ListingAhead, 'requests' | 'isEnded'>;
  private readonly quotas: UnitQuotas;

  constructor(listed: UnitLeft['listed'], quotas: UnitQuotas) {
    this.listed = listed;
    this.quotas = quotas;
  }

  wasRead(needed: FurtherReads): void {
    countPool(this.made, needed);
  }

  callsLeft(): number {
    return readQuotas.reduce((sum, quota) => sum + this.left(quota), 0);
  }

  /** At the pace of its quotas; `null` where more pools may be listed, or a quota is slowed down. */
  timeLeftMs(): number | null {
    if (!this.listed.isEnded || readQuotas.some((quota) => this.quotas[quota].isSlowed())) return null;
    return 1000 * Math.max(...readQuotas.map((quota) => this.left(quota) / this.quotas[quota].perSecond()));
  }

  private left(quota: ReadQuota): number {
    return this.listed.requests[quota] - this.made[quota];
  }
}
