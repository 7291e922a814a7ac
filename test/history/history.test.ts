import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { addNight } from '../../src/history/add-night.ts';
import { tableFile } from '../../src/history/layout.ts';
import { pruneNights } from '../../src/history/prune.ts';
import { tableNames, tables, type TableName } from '../../src/history/tables.ts';
import { verifyNights } from '../../src/history/verify.ts';
import { listOf } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';
import { dayOf, lives, poolIdOf, resultOf } from './nights.ts';

const night = (at: number) => ({ runId: `run-${at}`, date: dayOf(at) });

async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return new Map(
    await Promise.all(files.toSorted().map(async (file) => [file, await readFile(file, 'base64')] as const)),
  );
}

const statesOf = async (folder: string) => (await listOf(verifyNights(folder))).map(({ state }) => state);

describe('a night', () => {
  it('is what the result is, for a reader that is not ours', async () => {
    const folder = await temporaryFolder();
    await addNight(folder, resultOf(4));
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const name of tableNames) {
      const file = tableFile(folder, name, night(4));
      const reader = await connection.runAndReadAll(`FROM read_parquet('${file}', hive_partitioning = false)`);
      expect(reader.columnNames()).toEqual(Object.keys(tables[name].columns));
      const rows = (await listOf(tables[name].rows(resultOf(4)))).map((row) =>
        Object.values(row).map((value) => (value instanceof Date ? value.toISOString() : value)),
      );
      const read = reader.getRowsJson().map((row) => row.map((cell) => asInstant(cell)));
      expect(read).toEqual(rows);
    }
  });

  it('keeps leading zeros, and says null for what is not known', async () => {
    const rows = await listOf(tables.pools.rows(resultOf(0)));
    expect(rows.find(({ pool_id: id }) => id === poolIdOf(3))).toMatchObject({
      account_id: '000011112222',
      managed_by: null,
      factors: 'totp',
      factors_unknown: 'sms,email',
      phishing_resistant: false,
    });
  });

  it('is added once, however often it is', async () => {
    const folder = await temporaryFolder();
    expect(await addNight(folder, resultOf(0))).toEqual({ night: night(0), isNew: true });
    const before = await filesIn(folder);
    expect(before.size).toBe(tableNames.length + 1);
    expect(await addNight(folder, resultOf(0))).toEqual({ night: night(0), isNew: false });
    await addNight(folder, resultOf(1));
    const after = await filesIn(folder);
    expect([...before].filter(([file, bytes]) => after.get(file) !== bytes)).toEqual([]);
  });

  /** Tables are put in their places one after another. */
  it.each([...tableNames.keys()])(
    'that %s of its tables were in place of counts only when it is whole, and is completed',
    async (count) => {
      const whole = await temporaryFolder();
      await addNight(whole, resultOf(0));
      const folder = await temporaryFolder();
      await addNight(folder, resultOf(0));
      for (const name of tableNames.slice(count)) await rm(tableFile(folder, name, night(0)));
      expect(await statesOf(folder)).toEqual(['unfinished']);
      expect((await addNight(folder, resultOf(0))).isNew).toBe(true);
      expect(await statesOf(folder)).toEqual(['whole']);
      expect([...(await filesIn(folder)).values()]).toEqual([...(await filesIn(whole)).values()]);
    },
  );

  it.each<[string, Parameters<typeof addNight>[1], RegExp]>([
    ['a shard', withRun({ shard: { index: 1, count: 4 } }), /shard 1 of 4: merge them first/],
    [
      'what was judged anew',
      withRun({ from: { runId: 'r', startedAt: 's', policySetSha256: 'p' } }),
      /judged anew what run r had read/,
    ],
    ['an id that leads elsewhere', withRun({ id: '../../elsewhere' }), /no run of mfa-drift/],
    ['a date that leads elsewhere', withRun({ startedAt: '../../../../x' }), /no run of mfa-drift/],
  ])('is not %s', async (_what, result, message) => {
    const folder = await temporaryFolder();
    await expect(addNight(folder, result)).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not put among other things', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'letters.txt'), 'mine');
    await expect(addNight(folder, resultOf(0))).rejects.toThrow(/a folder with other things in it/);
  });

  it('says why where the folder can’t be written', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(addNight(join(file, 'history'), resultOf(0))).rejects.toThrow(UserError);
  });
});

describe('verifying', () => {
  const spoiled: readonly [string, (folder: string) => Promise<void>, RegExp][] = [
    ...tableNames
      .filter((name) => name !== 'runs')
      .map((name): [string, (folder: string) => Promise<void>, RegExp] => [
        `${name} is missing`,
        (folder) => rm(tableFile(folder, name, night(1))),
        new RegExp(`${name}/.* is missing$`),
      ]),
    ['a byte was changed', (folder) => flipByte(folder, 'pools'), /pools\/.* was changed$/],
    ['the row of the run was changed', (folder) => flipByte(folder, 'runs'), /runs\/.* was changed$/],
    [
      'the manifest is gone',
      (folder) => rm(join(folder, '_manifests', `date=${dayOf(1)}`, 'run-1.json')),
      /_manifests\/.*does not exist/,
    ],
    [
      'the manifest is another night’s',
      (folder) =>
        rename(
          join(folder, '_manifests', `date=${dayOf(0)}`, 'run-0.json'),
          join(folder, '_manifests', `date=${dayOf(1)}`, 'run-1.json'),
        ),
      /is not the manifest of the run run-1/,
    ],
    [
      'the date of its folder and its manifest is none',
      async (folder) => {
        const manifest = join(folder, '_manifests', `date=${dayOf(1)}`, 'run-1.json');
        await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(dayOf(1), '2026-13-45'));
      },
      /is no manifest of a night: \/date/,
    ],
    [
      'the manifest is no JSON',
      (folder) => writeFile(join(folder, '_manifests', `date=${dayOf(1)}`, 'run-1.json'), '{'),
      /is not JSON/,
    ],
  ];

  it.each(spoiled)('finds that %s', async (_what, spoil, message) => {
    const folder = await temporaryFolder();
    for (const at of [0, 1]) await addNight(folder, resultOf(at));
    expect(await statesOf(folder)).toEqual(['whole', 'whole']);
    await spoil(folder);
    const [, second] = await listOf(verifyNights(folder));
    expect(second).toMatchObject({ night: night(1), state: 'damaged', problems: [expect.stringMatching(message)] });
  });
});

it('passes over what the Finder of macOS leaves in a folder, and names a file where a folder belongs', async () => {
  const folder = await temporaryFolder();
  await addNight(folder, resultOf(0));
  await writeFile(join(folder, 'runs', '.DS_Store'), '');
  await writeFile(join(folder, 'runs', `date=${dayOf(0)}`, '._run-0.parquet'), '');
  expect(await statesOf(folder)).toEqual(['whole']);
  await writeFile(join(folder, 'runs', 'notes.txt'), '');
  await expect(statesOf(folder)).rejects.toThrow(
    `--history ${join(folder, 'runs', 'notes.txt')} is a file, not a folder: a history has none there.`,
  );
});

describe('pruning', () => {
  it('removes the nights before a date, and nothing else', async () => {
    const folder = await temporaryFolder();
    for (const at of [0, 1, 2]) await addNight(folder, resultOf(at));
    const kept = [...(await filesIn(folder)).keys()].filter((file) => file.includes(dayOf(2)));
    expect(await pruneNights(folder, dayOf(2))).toEqual([night(0), night(1)]);
    expect([...(await filesIn(folder)).keys()]).toEqual(kept);
    expect(await readdir(join(folder, 'pools'))).toEqual([`date=${dayOf(2)}`]);
    expect(await statesOf(folder)).toEqual(['whole']);
  });
});

function withRun(members: Partial<ReturnType<typeof resultOf>['head']['run']>): ReturnType<typeof resultOf> {
  const result = resultOf(0);
  return { ...result, head: { ...result.head, run: { ...result.head.run, ...members } } };
}

async function flipByte(folder: string, name: TableName): Promise<void> {
  const file = tableFile(folder, name, night(1));
  const bytes = await readFile(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

/** As DuckDB prints a TIMESTAMP. */
function asInstant(cell: unknown): unknown {
  const isTime = typeof cell === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/.test(cell);
  return isTime ? new Date(`${cell.replace(' ', 'T')}Z`).toISOString() : cell;
}

it('the simulated world has what the tests speak of', () => {
  expect(lives.filter(({ drifts }) => drifts < 99).length).toBeGreaterThan(5);
});
