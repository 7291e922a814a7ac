import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLineFile, type LineFile } from '../../src/result/ndjson-file.ts';
import { listOf } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';

async function opened(): Promise<{ readonly path: string; readonly file: LineFile<string> }> {
  const path = join(await temporaryFolder(), 'records.ndjson');
  return { path, file: openLineFile<string>(path) };
}

async function bytesOf(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ size: 0 }))).size;
}

test('gives back in their order, as often as one likes, what was written, and shows it to the owner alone', async () => {
  const { path, file } = await opened();
  const records = ['one', 'x'.repeat(70_000), 'two', 'y'.repeat(70_000), 'three'];
  for (const record of records) await file.write(record);
  await file.close();
  expect(await listOf(file.records())).toEqual(records);
  expect(await listOf(file.records())).toEqual(records);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('is empty where nothing was written', async () => {
  const { file } = await opened();
  await file.close();
  expect(await listOf(file.records())).toEqual([]);
});

// A record of n letters makes a line of n + 3: two quotation marks and the end of the line.
test.each([
  ['waits below 64 KiB', 65_532, 0],
  ['is written from 64 KiB on', 65_533, 65_536],
])('what is written %s', async (_name, letters, bytes) => {
  const { path, file } = await opened();
  await file.write('x'.repeat(letters));
  expect(await bytesOf(path)).toBe(bytes);
  await file.close();
  expect(await bytesOf(path)).toBe(letters + 3);
});
