/** What docs/reports.md says of account ids and names in pandas, Polars and Gnumeric: by themselves, and by the import that is right. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { coverageCsv } from '../../../src/evidence/coverage.ts';
import { poolsCsv } from '../../../src/evidence/pools.ts';
import { csv } from '../../../src/report/formats/csv.ts';
import { ndjson } from '../../../src/report/formats/ndjson.ts';
import { program, without } from '../../programs.ts';
import { temporaryFolder } from '../../temporary.ts';
import { aFinding, anAccount, aPool, aResult, aUnit, listOf, textOf } from '../a-result.ts';

const python = program('pandas') ?? '';
const spreadsheet = program('Gnumeric') ?? '';
const engines = program('Polars and grammars of SQL (SQL_ENGINES)');
const noPolars = without('Polars and grammars of SQL (SQL_ENGINES)');
const noPandas = without('pandas');
const noGnumeric = without('Gnumeric');

const accountId = '012345678901';
/** As people name them: numbers, and what stands for nothing. */
const names = ['007', '1e5'];
const odd = [...names, 'NA', 'null', '2026-11-18', ''];

function night(poolNames: readonly string[]) {
  const pools = poolNames.map((poolName, index) =>
    aPool({
      accountId,
      poolName,
      poolId: `eu-west-1_1e500000${index}`,
      status: 'drifted',
      findings: [aFinding({ id: `f-${index}` })],
    }),
  );
  return aResult({ accounts: [anAccount({ id: accountId })], units: [aUnit({ accountId })], pools });
}

const files = { csv, 'coverage.csv': coverageCsv, 'pools.csv': poolsCsv };
type File = keyof typeof files;
const fileNames = Object.keys(files) as readonly File[];

type Row = Readonly<Record<string, string>>;

/** The rows of the file, and a copy of it on the disk. */
async function written(file: File, poolNames: readonly string[]) {
  const folder = await temporaryFolder();
  const path = join(folder, 'findings.csv');
  const text = await textOf(files[file](night(poolNames)));
  await writeFile(path, text);
  return { folder, path, rows: parse(text, { columns: true }) as readonly Row[] };
}

/** The line of the page, run where the file lies; what it reads, as JSON. */
async function read(line: string, folder: string): Promise<unknown> {
  const script = `import pandas as pd\nprint((${line}).to_json(orient='records'))`;
  const { stdout } = await promisify(execFile)(python, ['-c', script], { cwd: folder });
  return JSON.parse(stdout);
}

async function documented(call: 'read_csv' | 'read_json'): Promise<string> {
  const page = await readFile('docs/reports.md', 'utf8');
  return new RegExp(`\`(pd\\.${call}\\(.*?\\))\``).exec(page)?.[1] ?? '';
}

describe.skipIf(noPandas !== '')(`pandas${noPandas}`, () => {
  it.each(fileNames)('reads %s by the line of the page as it is, cell for cell', async (file) => {
    const { folder, rows } = await written(file, odd);
    expect(rows.map((row) => row['account_id'])).toContain(accountId);
    expect(await read(await documented('read_csv'), folder)).toEqual(rows);
  });

  it('takes ids and names for numbers by itself', async () => {
    const { folder, rows } = await written('csv', names);
    const all = (await read("pd.read_csv('findings.csv')", folder)) as readonly Readonly<Record<string, unknown>>[];
    const found = all.filter(({ kind }) => kind === 'finding');
    expect(found.map((row) => row['account_id'])).toEqual([12345678901, 12345678901]);
    expect(found.map((row) => row['pool_name'])).toEqual([7, 100000]);
    for (const column of ['pool_id', 'arn'])
      expect(found.map((row) => row[column])).toEqual(
        rows.filter(({ kind }) => kind === 'finding').map((row) => row[column]),
      );
  });

  it('reads ndjson by the line of the page with every text as it is, and by itself as numbers', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'result.ndjson'), await textOf(ndjson(night(odd))));
    const pools = await listOf(night(odd).pools());
    const textsBy = async (line: string) =>
      ((await read(line, folder)) as readonly Readonly<Record<string, unknown>>[])
        .filter(({ record }) => record === 'pool')
        .map((pool) => [pool['accountId'], pool['poolName'], pool['observedAt']]);
    expect(await textsBy(await documented('read_json'))).toEqual(
      pools.map((pool) => [pool.accountId, pool.poolName, pool.observedAt]),
    );
    await writeFile(join(folder, 'result.ndjson'), await textOf(ndjson(night(names))));
    const guessed = await textsBy("pd.read_json('result.ndjson', lines=True)");
    expect(guessed.map(([id, name]) => [id, name])).toEqual([
      [12345678901, 7],
      [12345678901, 100000],
    ]);
  });
});

it.skipIf(noGnumeric !== '').each(fileNames)(
  `Gnumeric guesses numbers and dates in %s, and leaves ARNs and ids of pools${noGnumeric}`,
  async (file) => {
    const { folder, path, rows } = await written(file, names);
    await promisify(execFile)(spreadsheet, [path, join(folder, 'shown.csv')]);
    const shown: readonly Row[] = parse(await readFile(join(folder, 'shown.csv')), { columns: true });
    const [before, after] = [rows, shown].map((all) => all.filter((row) => row['account_id'] !== ''));
    expect(new Set(after?.map((row) => row['account_id']))).toEqual(new Set(['12345678901']));
    const named = after?.flatMap(({ pool_name: name }) => (name === undefined ? [] : [name]));
    expect(named).toEqual(file === 'coverage.csv' ? [] : ['7', '100000']);
    for (const row of after ?? []) expect(row['observed_at'] ?? row['at']).toMatch(/^\d{4}\/\d\d\/\d\d /);
    for (const column of ['arn', 'pool_id'])
      expect(after?.map((row) => row[column])).toEqual(before?.map((row) => row[column]));
  },
);

interface Polars {
  readCSV(path: string, options?: object): { toRecords(): readonly Readonly<Record<string, unknown>>[] };
}

describe.skipIf(noPolars !== '')(`Polars${noPolars}`, () => {
  const loaded = (): Polars => createRequire(join(engines ?? '', 'package.json'))('nodejs-polars');

  it.each(fileNames)('reads %s as the page says as it is, but for empty cells', async (file) => {
    const page = await readFile('docs/reports.md', 'utf8');
    expect(page).toContain("`pl.readCSV('findings.csv', { inferSchemaLength: 0 })`");
    const { path, rows } = await written(file, odd);
    const found = loaded().readCSV(path, { inferSchemaLength: 0 }).toRecords();
    expect(found.map((row) => Object.entries(row).map(([name, cell]) => [name, cell ?? '']))).toEqual(
      rows.map((row) => Object.entries(row)),
    );
  });

  it('takes ids and names for numbers by itself', async () => {
    const { path } = await written('pools.csv', names);
    const found = loaded().readCSV(path).toRecords();
    expect(found.map((row) => [row['account_id'], row['pool_name']])).toEqual([
      [12345678901, 7],
      [12345678901, 100000],
    ]);
  });
});
