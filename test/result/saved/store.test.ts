import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openResultFiles } from '../../../src/result/saved/store.ts';
import { aGap, anAccount, aPool, aResult, aSkip, aUnit, listOf } from '../../report/a-result.ts';
import { temporaryFolder } from '../../temporary.ts';

test('gives back every collection as it was written, as often as one likes, and nothing of a comparison', async () => {
  const folder = join(await temporaryFolder(), 'not', 'there yet');
  const writer = await openResultFiles(folder);
  const [accounts, units, gaps, skipped, pools] = [
    ['1', '2'].map((id) => anAccount({ id })),
    ['eu-west-1', 'us-east-1'].map((region) => aUnit({ region })),
    ['throttled', 'network'].map((message) => aGap({ message })),
    ['ap-east-1', 'me-south-1'].map((region) => aSkip({ region })),
    ['one', 'other'].map((poolName) => aPool({ poolName })),
  ];
  for (const account of accounts) await writer.account(account);
  for (const unit of units) await writer.unit(unit);
  for (const gap of gaps) await writer.gap(gap);
  for (const skip of skipped) await writer.skip(skip);
  for (const pool of pools) await writer.pool(pool);
  const { head } = aResult();
  const result = await writer.result(head);
  expect(result.head).toBe(head);
  for (const _time of ['once', 'again']) {
    expect(await listOf(result.accounts())).toEqual(accounts);
    expect(await listOf(result.units())).toEqual(units);
    expect(await listOf(result.gaps())).toEqual(gaps);
    expect(await listOf(result.skipped())).toEqual(skipped);
    expect(await listOf(result.pools())).toEqual(pools);
    expect(await listOf(result.resolved())).toEqual([]);
    expect(await listOf(result.unseen())).toEqual([]);
  }
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await readdir(folder)).sort()).toEqual([
    'accounts.ndjson',
    'gaps.ndjson',
    'pools.ndjson',
    'skipped.ndjson',
    'units.ndjson',
  ]);
});

test('says which folder could not be made', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  await expect(openResultFiles(join(file, 'result'))).rejects.toThrow(`${join(file, 'result')} could not be written`);
});
