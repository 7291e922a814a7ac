/** Tables that another program wrote, or that damage made of ours: a sentence with the file, never a stack. */
import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { addNight } from '../../src/history/add-night.ts';
import { tableFile } from '../../src/history/layout.ts';
import { readNights } from '../../src/history/read-nights.ts';
import { readTable } from '../../src/history/read-table.ts';
import { trendOf } from '../../src/history/trend.ts';
import { tables, type TableName } from '../../src/history/tables.ts';
import { temporaryFolder } from '../temporary.ts';
import * as world from './nights.ts';
import { replaceTable } from './replace-table.ts';

/** A history of one night, of which one column of a table holds what it never holds. */
async function withColumn(table: TableName, column: string, type: 'STRING' | 'INT32', data: readonly unknown[]) {
  const history = join(await temporaryFolder(), 'history');
  const { night } = await addNight(history, world.resultOf(1));
  const columns = Object.entries(tables[table].columns).map(([name, [wanted]]) =>
    name === column
      ? { name, type, data: [...data] }
      : { name, type: wanted, data: data.map(() => null), nullable: true },
  );
  await replaceTable(history, night, table, new Uint8Array(parquetWriteBuffer({ columnData: columns })));
  const file = tableFile(history, table, night);
  return { file, trend: trendOf(readNights(history, { from: null, to: null })) };
}

test.each<readonly [TableName, string, 'STRING' | 'INT32', unknown]>([
  ['runs', 'started_at', 'STRING', 'yesterday'],
  ['runs', 'pools_drifted', 'STRING', 'many'],
  ['findings', 'since', 'INT32', 7],
  ['pools', 'pool_name', 'INT32', 7],
])('a history whose %s have another %s is refused', async (table, column, type, value) => {
  const { file, trend } = await withColumn(table, column, type, [value]);
  await expect(trend).rejects.toMatchObject({ name: 'UserError' });
  await expect(trend).rejects.toThrow(`${file} could not be read as Parquet`);
  await expect(trend).rejects.toThrow(column);
});

test('a table that was damaged is refused before anything is made of it', async () => {
  const history = join(await temporaryFolder(), 'history');
  const { night } = await addNight(history, world.resultOf(1));
  for (const table of ['pools', 'exceptions'] as const) {
    const file = tableFile(history, table, night);
    const bytes = await readFile(file);
    await writeFile(file, Buffer.concat([bytes, Buffer.of(0)]));
    const trend = trendOf(readNights(history, { from: null, to: null }));
    await expect(trend).rejects.toThrow(`${file} was changed after it was written`);
    await expect(trend).rejects.toMatchObject({ name: 'UserError' });
    await writeFile(file, bytes);
  }
});

test('a table that is a link to what has no end is refused, and not read for ever', async () => {
  const history = join(await temporaryFolder(), 'history');
  const { night } = await addNight(history, world.resultOf(1));
  const file = tableFile(history, 'pools', night);
  await rm(file);
  await symlink('/dev/zero', file);
  const trend = trendOf(readNights(history, { from: null, to: null }));
  await expect(trend).rejects.toThrow(`${file} is a device, not a file`);
});

test('what hyparquet stumbles over is damage, not a word of its code', async () => {
  const history = join(await temporaryFolder(), 'history');
  const { night } = await addNight(history, world.resultOf(1));
  await replaceTable(history, night, 'pools', Buffer.from(`PAR1${'\0'.repeat(20)}PAR1`));
  const trend = trendOf(readNights(history, { from: null, to: null }));
  await expect(trend).rejects.toThrow(/could not be read as Parquet \(.*\): it is damaged$/);
});

const manyRows = new Uint8Array(
  parquetWriteBuffer({
    columnData: [{ name: 'a', type: 'STRING', data: Array.from({ length: 100_000 }, () => 'x') }],
  }),
);

test('a table that takes more of the processor than it may is given up, and the next one is read', async () => {
  let used = 0;
  const processorMs = () => (used += 4_001);
  const read = readTable(manyRows, ['a'], { tickMs: 1, processorMs });
  await expect(read).rejects.toThrow('reading it took too long');
  const { rows } = await readTable(manyRows, ['a']);
  expect(rows).toHaveLength(100_000);
});

test('a table that waits for the processor, as long as that takes, is read', async () => {
  // Ticks so short that no machine reads as many rows in a hundred of them.
  const { rows } = await readTable(manyRows, ['a'], { tickMs: 1, processorMs: () => 0 });
  expect(rows).toHaveLength(100_000);
});
