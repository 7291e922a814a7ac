import type { Account } from '../domain/observation.ts';
import type { ExceptionRecord, Finding, Gap, PoolRecord, Result } from '../domain/result.ts';
import { inChunks } from './chunks.ts';
import { csvLines } from './escape/csv.ts';
import { isOpen } from './gap-places.ts';
import { foundInWords, wantedInWords } from './value-words.ts';

const columns = [
  'kind',
  'status',
  'severity',
  'policy',
  'account_id',
  'account_name',
  'region',
  'pool_id',
  'pool_name',
  'pool_arn',
  'path',
  'expected',
  'actual',
  'code',
  'message',
  'remedy',
  'file',
  'line',
  'change',
  'since',
  'exception_reason',
  'exception_owner',
  'exception_ticket',
  'exception_expires',
  'managed_by',
  'fix_refused',
  'observed_at',
  'request_id',
  'finding_id',
] as const;
type Row = Partial<Record<(typeof columns)[number], string | null>>;

const rowsAtOnce = 200;

/** RFC 4180: one row a finding, whatever its status, and one a gap. Formulas are disarmed with an apostrophe. */
export function csv(result: Result): AsyncIterable<string> {
  return inChunks(rows(result));
}

async function* rows(result: Result): AsyncGenerator<string> {
  yield csvLines([columns]);
  let waiting: (string | null | undefined)[][] = [];
  for await (const row of records(result)) {
    waiting.push(columns.map((column) => row[column]));
    if (waiting.length < rowsAtOnce) continue;
    yield csvLines(waiting);
    waiting = [];
  }
  yield csvLines(waiting);
}

async function* records(result: Result): AsyncGenerator<Row> {
  const names = await accountNames(result);
  for await (const gap of result.gaps()) yield gapRow(gap, gap.accountId === null ? null : names.get(gap.accountId));
  for await (const pool of result.pools()) {
    for (const finding of pool.findings) yield findingRow(pool, finding);
  }
}

async function accountNames(result: Result): Promise<ReadonlyMap<Account['id'], Account['name']>> {
  const names = new Map<Account['id'], Account['name']>();
  for await (const { id, name } of result.accounts()) names.set(id, name);
  return names;
}

function gapRow(gap: Gap, accountName: string | null | undefined): Row {
  return {
    kind: 'gap',
    status: isOpen(gap) ? 'open' : 'accepted',
    account_id: gap.accountId,
    account_name: accountName ?? null,
    region: gap.region,
    pool_id: gap.poolId,
    code: gap.code,
    message: gap.message,
    remedy: gap.remedy,
    ...exceptionCells(gap.accepted),
  };
}

function findingRow(pool: PoolRecord, finding: Finding): Row {
  return {
    kind: 'finding',
    status: finding.status,
    severity: finding.severity,
    policy: finding.policy,
    account_id: pool.accountId,
    account_name: pool.accountName,
    region: pool.region,
    pool_id: pool.poolId,
    pool_name: pool.poolName,
    pool_arn: pool.poolArn,
    path: finding.path,
    expected: finding.policy === null ? 'a policy that matches' : wantedInWords(finding.expected),
    actual: finding.policy === null ? 'none' : foundInWords(finding.actual),
    file: finding.file,
    line: finding.line === null ? null : String(finding.line),
    change: finding.change,
    since: finding.since,
    ...exceptionCells(finding.exception),
    managed_by: pool.managedBy,
    fix_refused: finding.fix?.refused ?? null,
    observed_at: pool.observedAt,
    request_id: pool.requestId,
    finding_id: finding.id,
  };
}

function exceptionCells(exception: ExceptionRecord | null): Row {
  if (exception === null) return {};
  return {
    exception_reason: exception.reason,
    exception_owner: exception.owner,
    exception_ticket: exception.ticket,
    exception_expires: exception.expires,
  };
}
