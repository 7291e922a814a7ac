/** How far reading is: counted as it goes, read at any moment. Totals are `null` until they are known. */
export interface ReadingProgress {
  accountsDone: number;
  accountsTotal: number | null;
  unitsDone: number;
  /** Of the accounts that have told their regions. */
  unitsFound: number;
  unitsTotal: number | null;
  pools: number;
}

export function newProgress(): ReadingProgress {
  return { accountsDone: 0, accountsTotal: null, unitsDone: 0, unitsFound: 0, unitsTotal: null, pools: 0 };
}
