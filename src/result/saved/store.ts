import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account, Skip } from '../../domain/model/observation.ts';
import type { Gap, PoolRecord, Result, ResultHead, UnitRecord } from '../../domain/result/result.ts';
import { openLineFile } from '../ndjson-file.ts';
import { saving } from '../../run-directory/append-file.ts';

/** Takes a result's records one by one, each collection in its own order. */
export interface ResultWriter {
  account(account: Account): Promise<void>;
  unit(unit: UnitRecord): Promise<void>;
  gap(gap: Gap): Promise<void>;
  skip(skip: Skip): Promise<void>;
  pool(pool: PoolRecord): Promise<void>;
  /** Ends the writing; the result can be read from then on, as long as the folder is there. */
  result(head: ResultHead): Promise<Result>;
}

/** A result in a folder: one file of JSON lines for each collection. It is not compared with another yet. */
export async function openResultFiles(folder: string): Promise<ResultWriter> {
  await saving(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  const accounts = openLineFile<Account>(join(folder, 'accounts.ndjson'));
  const units = openLineFile<UnitRecord>(join(folder, 'units.ndjson'));
  const gaps = openLineFile<Gap>(join(folder, 'gaps.ndjson'));
  const skipped = openLineFile<Skip>(join(folder, 'skipped.ndjson'));
  const pools = openLineFile<PoolRecord>(join(folder, 'pools.ndjson'));
  return {
    account: (account) => accounts.write(account),
    unit: (unit) => units.write(unit),
    gap: (gap) => gaps.write(gap),
    skip: (skip) => skipped.write(skip),
    pool: (pool) => pools.write(pool),
    async result(head) {
      for (const file of [accounts, units, gaps, skipped, pools]) await file.close();
      return {
        head,
        accounts: () => accounts.records(),
        units: () => units.records(),
        gaps: () => gaps.records(),
        skipped: () => skipped.records(),
        resolved: none,
        unseen: none,
        pools: () => pools.records(),
      };
    },
  };
}

async function* none(): AsyncGenerator<never> {}
