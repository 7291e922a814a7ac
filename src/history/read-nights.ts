/** The nights of a history, read from Parquet one after another: of each what a span of nights is told by, and no more. */
import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';
import { readRegularFile } from '../regular-file.ts';
import { exists, nightsIn, tableFile, type NightName } from './layout.ts';
import type { Columns, ColumnType } from './columns.ts';
import { tables, type RowOf, type TableName } from './tables.ts';
import { readTable } from './read-table.ts';
import { readManifest } from './verify.ts';

/** The columns that a span of nights is told by: most of a history is never read. */
const needed = {
  runs: [
    'run_id',
    'started_at',
    'complete',
    'all_accounts',
    'pools_compliant',
    'pools_excepted',
    'pools_uncovered',
    'pools_unreadable',
    'pools_drifted',
    'gaps_open',
    'pools_total',
    'caller_arn',
    'policy_set_sha256',
    'exit_code',
  ],
  pools: [
    'account_id',
    'region',
    'pool_id',
    'pool_name',
    'status',
    'phishing_resistant',
    'policies',
    'owner',
    'ready_share',
    'ready_low',
    'ready_waits_for',
    'ready_users',
    'locked_out_at_most',
  ],
  findings: ['account_id', 'region', 'pool_id', 'finding_id', 'policy', 'severity', 'path', 'status', 'since'],
  units: ['account_id', 'region', 'pool_id', 'status', 'reason', 'accepted'],
  exceptions: [
    'account_id',
    'region',
    'pool_id',
    'finding_id',
    'gap',
    'owner',
    'reason',
    'ticket',
    'expires',
    'expired',
    'file',
    'line',
  ],
  changes: ['account_id', 'region', 'pool_id', 'outcome', 'risk', 'code', 'before', 'after', 'journal'],
  policies: ['policy', 'severity', 'controls', 'description'],
} as const;
type Needed = typeof needed;

/** A row of a table, as far as it is read. */
export type ReadRow<Name extends keyof Needed> = Pick<RowOf<Name>, Needed[Name][number] & keyof RowOf<Name>>;

export interface ReadNight {
  readonly date: string;
  readonly run: ReadRow<'runs'>;
  readonly pools: readonly ReadRow<'pools'>[];
  readonly findings: readonly ReadRow<'findings'>[];
  readonly units: readonly ReadRow<'units'>[];
  readonly exceptions: readonly ReadRow<'exceptions'>[];
  readonly changes: readonly ReadRow<'changes'>[];
  readonly policies: readonly ReadRow<'policies'>[];
}

export interface Span {
  /** YYYY-MM-DD, both included; `null`: from the first, to the last. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * By date; of several runs on a date the last that began. Memory holds one night.
 *
 * @throws UserError for a file that can't be read as what the history writes.
 */
export async function* readNights(folder: string, { from, to }: Span): AsyncGenerator<ReadNight, void, void> {
  const names = (await nightsIn(folder)).filter(
    ({ date }) => (from === null || date >= from) && (to === null || date <= to),
  );
  for (const date of new Set(names.map((name) => name.date))) {
    const night = await lastOf(
      folder,
      names.filter((name) => name.date === date),
    );
    if (night === null) continue;
    const { name, run } = night;
    const [pools, findings, units, exceptions, changes, policies] = [
      await rowsOf(folder, name, 'pools'),
      await rowsOf(folder, name, 'findings'),
      await rowsOf(folder, name, 'units'),
      await rowsOf(folder, name, 'exceptions'),
      await rowsOf(folder, name, 'changes'),
      await rowsOf(folder, name, 'policies'),
    ];
    yield { date, run, pools, findings, units, exceptions, changes, policies };
  }
}

async function lastOf(folder: string, names: readonly NightName[]) {
  let last: { readonly name: NightName; readonly run: ReadRow<'runs'> } | null = null;
  for (const name of names) {
    if (!(await exists(tableFile(folder, 'runs', name)))) continue;
    const [run] = await rowsOf(folder, name, 'runs');
    if (run === undefined) continue;
    if (last === null || startOf(run) > startOf(last.run)) last = { name, run };
  }
  return last;
}

function startOf({ started_at: at }: ReadRow<'runs'>): number {
  return at?.getTime() ?? 0;
}

async function rowsOf<Name extends keyof Needed>(
  folder: string,
  night: NightName,
  name: Name,
): Promise<ReadRow<Name>[]> {
  const path = tableFile(folder, name, night);
  const bytes = bytesAsWritten(folder, night, name, path);
  try {
    const { columns, rows } = await readTable(bytes, needed[name]);
    // A night that was written before a column was made does not have it, and is never rewritten.
    const missing = Object.fromEntries(
      needed[name].filter((column) => !columns.has(column)).map((column) => [column, null]),
    );
    for (const row of rows) requireTypes(row, name);
    return rows.map((row) => Object.assign(row, missing)) as ReadRow<Name>[];
  } catch (error) {
    const why = error instanceof Error && error.name === 'Error' ? error.message : 'it is damaged';
    throw new UserError(`${path} could not be read as Parquet (mfa-drift history verify --history ${folder}): ${why}`, {
      cause: error,
    });
  }
}

/** Far more than a table takes. */
const mostTableBytes = 1_000_000_000;

/** Damage never reaches the reader of Parquet, which may go round in circles over it or make rows of it that nobody wrote. */
function bytesAsWritten(folder: string, night: NightName, name: TableName, file: string): Buffer {
  const { files } = readManifest(folder, night);
  const read = readRegularFile(file, mostTableBytes);
  if ('reason' in read) throw new UserError(`${file} ${read.reason}.`);
  const digest = createHash('sha256').update(read.bytes).digest('hex');
  if (files.some((each) => each.table === name && each.sha256 === digest)) return read.bytes;
  throw new UserError(`${file} was changed after it was written: mfa-drift history verify --history ${folder}`);
}

/** As every file of the history has them; what another program wrote, or damage made, may be anything. */
function requireTypes(row: Readonly<Record<string, unknown>>, name: keyof Needed): void {
  const columns: Columns = tables[name].columns;
  for (const column of needed[name]) {
    const [type] = columns[column] ?? ['STRING'];
    const value = row[column] ?? null;
    if (value !== null && !isOfType[type](value)) throw new Error(`${column} is no ${type}`);
  }
}

const isOfType: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  STRING: (value) => typeof value === 'string',
  INT32: Number.isSafeInteger,
  DOUBLE: (value) => typeof value === 'number',
  BOOLEAN: (value) => typeof value === 'boolean',
  TIMESTAMP: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
};
