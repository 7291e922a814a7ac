import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account, Skip } from '../domain/observation.ts';
import type { Gap, PoolRecord, Result, ResultHead, UnitRecord } from '../domain/result.ts';
import { readNdjson } from '../ndjson.ts';
import { openAppendFile } from './run-directory/append-file.ts';

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

/** Records wait in memory until there are this many characters of them. */
const batchCharacters = 64 * 1024;

/** A result in a folder: one file of JSON lines for each collection. */
export async function openResultFiles(folder: string): Promise<ResultWriter> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(folder, `${name}.ndjson`);
  const accounts = lineWriter(file('accounts'));
  const units = lineWriter(file('units'));
  const gaps = lineWriter(file('gaps'));
  const skipped = lineWriter(file('skipped'));
  const pools = lineWriter(file('pools'));
  return {
    account: (account) => accounts.write(account),
    unit: (unit) => units.write(unit),
    gap: (gap) => gaps.write(gap),
    skip: (skip) => skipped.write(skip),
    pool: (pool) => pools.write(pool),
    async result(head) {
      for (const writer of [accounts, units, gaps, skipped, pools]) await writer.close();
      return {
        head,
        accounts: () => readNdjson<Account>(file('accounts')),
        units: () => readNdjson<UnitRecord>(file('units')),
        gaps: () => readNdjson<Gap>(file('gaps')),
        skipped: () => readNdjson<Skip>(file('skipped')),
        resolved: none,
        unseen: none,
        pools: () => readNdjson<PoolRecord>(file('pools')),
      };
    },
  };
}

/** Nothing has been compared yet. */
async function* none(): AsyncGenerator<never> {}

interface LineWriter {
  write(record: Account | UnitRecord | Gap | Skip | PoolRecord): Promise<void>;
  close(): Promise<void>;
}

function lineWriter(path: string): LineWriter {
  const file = openAppendFile(path);
  let waiting = '';
  async function flush(): Promise<void> {
    const lines = waiting;
    waiting = '';
    if (lines !== '') await file.append(lines);
  }
  return {
    async write(record) {
      waiting += `${JSON.stringify(record)}\n`;
      if (waiting.length >= batchCharacters) await flush();
    },
    async close() {
      await flush();
      await file.close();
    },
  };
}
