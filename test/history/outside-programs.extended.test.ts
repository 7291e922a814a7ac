/**
 * What a history is to others than DuckDB: Polars reads the same and answers what it has words for, and grammars of Hive, Trino
 * and Spark take what docs/history.md has for Athena and Spark, neither of which can be had here.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNight } from '../../src/history/add-night.ts';
import { tableNames, type TableName } from '../../src/history/tables.ts';
import { program, without } from '../programs.ts';
import { historySql } from './history-sql.ts';
import { resultOf } from './nights.ts';

const engines = program('Polars and grammars of SQL (SQL_ENGINES)');
const missing = without('Polars and grammars of SQL (SQL_ENGINES)');
const { files, views, questions, spokenBy } = await historySql();

type Row = Readonly<Record<string, unknown>>;
interface Frame {
  collectSync(): { readonly schema: Readonly<Record<string, object>>; toRecords(): readonly Row[] };
}
interface Context {
  execute(sql: string): Frame;
  register(name: string, frame: Frame): void;
}
interface Polars {
  scanParquet(folder: string, options: { readonly hivePartitioning: boolean }): Frame;
  SQLContext(frames: Readonly<Record<string, Frame>>): Context;
}
type Grammar = new () => { validate(sql: string): readonly { readonly message: string }[] };
type Grammars = Readonly<Record<'HiveSQL' | 'SparkSQL' | 'TrinoSQL', Grammar>>;

let home = '';
let duckDb: DuckDBConnection;
let polars: Polars;
let grammars: Grammars;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'mfa-drift-engines-'));
  for (const night of [0, 1, 2, 3, 4, 5]) await addNight(home, resultOf(night));
  duckDb = await (await DuckDBInstance.create(':memory:')).connect();
  await duckDb.run(files('DuckDB', home) + views);
  if (engines === null) return;
  polars = createRequire(join(engines, 'package.json'))('nodejs-polars');
  grammars = await grammarsOf(engines);
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** npm `dt-sql-parser` imports folders, which Node refuses; bundled to CommonJS it works. */
async function grammarsOf(folder: string): Promise<Grammars> {
  const [input, file] = [join(home, 'entry.mjs'), join(home, 'grammars.cjs')];
  await writeFile(input, `export * from '${join(folder, 'node_modules/dt-sql-parser/dist/index.js')}';`);
  await build({ input, platform: 'node', output: { file, format: 'cjs' }, logLevel: 'silent' });
  return createRequire(file)(file);
}

const scan = (table: TableName): Frame => polars.scanParquet(join(home, table), { hivePartitioning: true });

/** Of DuckDB's types, by their names in Polars. */
const polarsTypes: Readonly<Record<string, string>> = {
  VARCHAR: 'String',
  INTEGER: 'Int32',
  DOUBLE: 'Float64',
  BOOLEAN: 'Bool',
  TIMESTAMP: 'Datetime(ms,)',
  DATE: 'Date',
};

/** Counts are 64 bits wide in DuckDB. */
const plain = (rows: readonly Row[]): readonly (readonly unknown[])[] =>
  rows.map((row) => Object.values(row).map((value) => (typeof value === 'bigint' ? Number(value) : value)));

/** The views as Polars has them: frames by their names, since it makes no views. */
function nightsInPolars(): Context {
  const context = polars.SQLContext(Object.fromEntries(tableNames.map((table) => [`all_${table}`, scan(table)])));
  for (const [, name = '', sql = ''] of views.matchAll(/^CREATE VIEW (\w+) AS (.*?);$/gms)) {
    context.register(name, context.execute(sql));
  }
  return context;
}

function errorsOf(grammar: keyof Grammars, sql: string): readonly string[] {
  return new grammars[grammar]().validate(sql).map(({ message }) => message);
}

describe.skipIf(missing !== '')(`Polars${missing}`, () => {
  it.each(tableNames)('reads the rows and types of %s that DuckDB reads', async (table) => {
    const frame = scan(table).collectSync();
    const reader = await duckDb.runAndReadAll(
      `FROM read_parquet('${home}/${table}/*/*.parquet', hive_partitioning = true)`,
    );
    const types = reader.columnTypes().map((type) => polarsTypes[String(type)]);
    expect(Object.entries(frame.schema).map(([name, type]) => [name, inspect(type)])).toEqual(
      reader.columnNames().map((name, at) => [name, `DataType(${types[at]})`]),
    );
    expect(plain(frame.toRecords())).toEqual(plain(reader.getRowObjectsJS()));
  });

  it.each([1, 2, 5, 6, 9])('answers question %s as it stands, as DuckDB does', async (question) => {
    const sql = questions[question - 1] ?? '';
    const answer = nightsInPolars().execute(sql.trim().replace(/;$/, '')).collectSync().toRecords();
    expect(answer).not.toEqual([]);
    expect(plain(answer)).toEqual(plain((await duckDb.runAndReadAll(sql)).getRowObjectsJS()));
  });
});

describe.skipIf(missing !== '')(`grammars${missing}`, () => {
  it('know what is no SQL of theirs', () => {
    for (const grammar of ['TrinoSQL', 'SparkSQL'] as const)
      expect(errorsOf(grammar, 'SELECT a::INT FROM b GROUP BY ALL')).not.toEqual([]);
    expect(errorsOf('HiveSQL', 'CREATE EXTERNAL TABLE a (b string) STORED LIKE PARQUET')).not.toEqual([]);
  });
  it('of Hive takes the definitions of docs/history-tables.md', async () => {
    const page = await readFile('docs/history-tables.md', 'utf8');
    const definitions = [...page.matchAll(/```sql\n(.*?)```/gs)].map(([, sql = '']) => sql);
    expect(definitions).toHaveLength(tableNames.length);
    expect(definitions.flatMap((sql) => errorsOf('HiveSQL', sql))).toEqual([]);
  });
  it.each([
    { engine: 'Athena', grammar: 'TrinoSQL', create: 'CREATE VIEW' },
    { engine: 'Spark', grammar: 'SparkSQL', create: 'CREATE TEMPORARY VIEW' },
  ] as const)('of $grammar takes the views and questions as $engine is asked', ({ engine, grammar, create }) => {
    expect(
      [views.replaceAll('CREATE VIEW', create), ...questions].flatMap((sql) =>
        errorsOf(grammar, spokenBy(engine, sql)),
      ),
    ).toEqual([]);
  });
  it('of Spark takes its way to the files', () => expect(errorsOf('SparkSQL', files('Spark', 'history'))).toEqual([]));
});
