/** The ten questions of docs/history.md, asked as they stand there; the answers are worked out from the raw results. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNight } from '../../src/history/add-night.ts';
import { parquetOf } from '../../src/history/parquet.ts';
import { tables } from '../../src/history/tables.ts';
import { historySql, type Engine } from './history-sql.ts';
import { replaceTable } from './replace-table.ts';
import * as world from './nights.ts';

const nights = 12;
const last = nights - 1;
const all = Array.from({ length: nights }, (_, night) => night);

interface Dialect {
  /** What DuckDB has by another name. */
  readonly words: string;
  readonly files: (sql: string) => string;
}

const asTheyLie = (sql: string): string => sql;
const dialects: Readonly<Record<Engine, Dialect>> = {
  DuckDB: { words: '', files: asTheyLie },
  Athena: {
    words: `CREATE MACRO approx_percentile(x, share) AS quantile_cont(x, share);
      CREATE MACRO json_extract_scalar(json, path) AS json_extract_string(json, path);`,
    // There a date is a text.
    files: (sql) => sql.replaceAll('hive_partitioning = true', 'hive_partitioning = true, hive_types_autocast = false'),
  },
  Spark: {
    words: `CREATE MACRO datediff(until, since) AS date_diff('day', since, until);
      CREATE MACRO get_json_object(json, path) AS json_extract_string(json, path);`,
    files: asTheyLie,
  },
};
const page = await historySql();

let folder = '';
let connection: DuckDBConnection;
let questions: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mfa-drift-history-'));
  // One night twice, as where a run was repeated by hand: the last of a day is that day's.
  await addNight(folder, restarted(world.resultOf(3)));
  for (const night of all) await addNight(folder, world.resultOf(night));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Earlier on its day, with other pools. */
function restarted(result: ReturnType<typeof world.resultOf>): typeof result {
  const run = { ...result.head.run, id: 'earlier', startedAt: `${world.dayOf(3)}T01:00:00.000Z` };
  return { ...result, head: { ...result.head, run }, async *pools() {} };
}

async function asking(history: string, { words, files: spoken }: Dialect = dialects.DuckDB): Promise<DuckDBConnection> {
  const made = await (await DuckDBInstance.create(':memory:')).connect();
  await made.run(words + spoken(page.files('DuckDB', history)) + page.views);
  return made;
}

async function answer(question: number): Promise<readonly (readonly unknown[])[]> {
  const { columnNames, rows } = await asked(question);
  return rows.map((row) => columnNames.map((name) => plain(row[name])));
}

async function asked(question: number) {
  const reader = await connection.runAndReadAll(questions[question - 1] ?? '');
  return { columnNames: reader.columnNames(), rows: reader.getRowObjectsJson() };
}

/** 64-bit numbers come as texts. */
function plain(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
}

const there = (night: number) => world.lives.filter((life) => world.isThere(life, night));
const drifting = (night: number) => there(night).filter((life) => world.isDrifting(life, night));
const byPool = (at: number) => `${world.accountOf(at)}${world.poolIdOf(at)}`;

describe.each(['DuckDB', 'Athena', 'Spark'] as const)('docs/history.md, in the words of %s', (engine) => {
  beforeAll(async () => {
    connection = await asking(folder, dialects[engine]);
    questions = page.questions.map((sql) => page.spokenBy(engine, sql));
  });

  it('has ten questions', () => expect(questions).toHaveLength(10));

  it('1: pools by verdict', async () => {
    const rows = all.map((night) => {
      const total = there(night).length;
      const drifted = drifting(night).length;
      const excepted = there(night).filter(({ at }) => at === 1).length;
      return [world.dayOf(night), total, total - drifted - excepted, drifted, excepted, 0, !world.isUnread(night)];
    });
    expect(await answer(1)).toEqual(rows);
  });

  it('2: the share with a passkey', async () => {
    const shares = all.map(
      (night) => there(night).filter((life) => world.hasPasskey(life, night)).length / there(night).length,
    );
    const found = await answer(2);
    expect(found.map(([date]) => date)).toEqual(all.map(world.dayOf));
    for (const [night, share] of shares.entries()) expect(found[night]?.[1]).toBeCloseTo(share, 10);
  });

  it('3: what drifts longest', async () => {
    const rows = drifting(last)
      .toSorted((a, b) => a.drifts - b.drifts || (byPool(a.at) < byPool(b.at) ? -1 : 1))
      .map(({ at, drifts }) => [
        world.accountOf(at),
        'eu-west-1',
        world.poolIdOf(at),
        'MfaConfiguration',
        world.severityOf(at),
        world.dayOf(drifts),
      ]);
    expect(rows.length).toBeGreaterThan(2);
    expect(await answer(3)).toEqual(rows);
  });

  it('4: the days to a fix', async () => {
    const fixed = new Map<string, number[]>();
    for (const life of world.lives) {
      const until = Math.min(life.mended, life.gone);
      if (life.drifts > last || until > last) continue;
      const severity = world.severityOf(life.at);
      fixed.set(severity, [...(fixed.get(severity) ?? []), until - life.drifts]);
    }
    const median = (numbers: readonly number[]) => {
      const [low, high] = [Math.floor, Math.ceil].map(
        (round) => numbers.toSorted((a, b) => a - b)[round((numbers.length - 1) / 2)],
      );
      return ((low ?? 0) + (high ?? 0)) / 2;
    };
    const rows = [...fixed]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([severity, days]) => [severity, days.length, median(days)]);
    expect(rows.length).toBeGreaterThan(0);
    expect(await answer(4)).toEqual(rows);
  });

  it('5: one pool over some nights', async () => {
    const life = world.lives[3];
    const rows = [2, 3, 4, 5, 6, 7].map((night) => {
      const isDrift = life !== undefined && world.isDrifting(life, night);
      return [
        world.dayOf(night),
        isDrift ? 'drifted' : 'compliant',
        isDrift ? 'OFF' : 'ON',
        `${world.dayOf(night)} 02:13:07`,
      ];
    });
    expect(await answer(5)).toEqual(rows);
  });

  it('6: places that were not read', async () => {
    const count = all.filter(world.isUnread).length;
    expect(await answer(6)).toEqual([['444455556666', 'us-east-1', 'AccessDenied', count]]);
  });

  it('7: exceptions that end soon', async () => {
    const { owner, ticket, expires } = world.exception;
    expect(await answer(7)).toEqual([[owner, ticket, expires, 1]]);
  });

  it('8: what was changed', async () => {
    const row = [world.dayOf(4), world.accountOf(3), world.poolIdOf(3), 'applied', 'tightening', 'OFF', 'ON'];
    expect(await answer(8)).toEqual([row]);
  });

  it('9: where most drift is, with account ids as they are', async () => {
    const { rows } = await asked(9);
    const expected = world.accounts
      .map((id) => ({
        account_id: id,
        name: `account ${id}`,
        drifted: drifting(last).filter(({ at }) => world.accountOf(at) === id).length,
        pools: there(last).filter(({ at }) => world.accountOf(at) === id).length,
      }))
      .toSorted((a, b) => b.drifted - a.drifted || (a.account_id < b.account_id ? -1 : 1));
    expect(rows.map((row) => ({ ...row, drifted: Number(row['drifted']), pools: Number(row['pools']) }))).toEqual(
      expected,
    );
  });

  it('10: pools that came and went', async () => {
    // Nothing came or went in the last nights, and on the tenth one of each did.
    expect(await answer(10)).toEqual([]);
    const tenth = (questions[9] ?? '').replace('FROM nights)', `FROM nights WHERE date <= '${world.dayOf(9)}')`);
    const rows = (await connection.runAndReadAll(tenth)).getRowsJson();
    expect(rows).toEqual([
      [world.poolIdOf(20), 'came'],
      [world.poolIdOf(21), 'went'],
    ]);
  });
});

it('nights that were written before columns were made are asked like the others, with null there', async () => {
  const { all_accounts: _all, ...ofRuns } = tables.runs.columns;
  const { owner: _owner, ready_share: _share, ...ofPools } = tables.pools.columns;
  const old = await mkdtemp(join(tmpdir(), 'mfa-drift-old-'));
  const result = world.resultOf(0);
  for (const night of [0, 1]) await addNight(old, world.resultOf(night));
  const name = { date: world.dayOf(0), runId: 'run-0' };
  await replaceTable(old, name, 'runs', (await parquetOf({ ...tables.runs, columns: ofRuns }, result)).bytes);
  await replaceTable(old, name, 'pools', (await parquetOf({ ...tables.pools, columns: ofPools }, result)).bytes);
  const other = await asking(old);
  const rows = async (sql: string) => (await other.runAndReadAll(sql)).getRowsJson();
  expect(await rows('SELECT date, all_accounts FROM nights ORDER BY date')).toEqual([
    [world.dayOf(0), null],
    [world.dayOf(1), true],
  ]);
  const pools = await rows('SELECT count(*)::INT, count(owner)::INT, count(pool_name)::INT FROM pools GROUP BY date');
  expect(pools).toEqual([
    [23, 0, 23],
    [23, 0, 23],
  ]);
  await rm(old, { recursive: true, force: true });
});
