import {
  isOpen,
  type ExceptionRecord,
  type Finding,
  type Gap,
  type PoolRecord,
  type Result,
} from '../../domain/result/result.ts';
import { clockWarningsIn } from '../../domain/result/clock-warnings.ts';
import { userPoolArn } from '../../domain/model/regions.ts';
import { accountArns, type AccountArns } from '../views/account-arns.ts';
import { poolBlameInWords, principalInWords } from '../text/blame-words.ts';
import { inChunks } from '../text/chunks.ts';
import { controlInWords, newControls, statusOfControl, type ControlSummary } from '../views/controls.ts';
import { csvLines } from '../text/escape/csv.ts';
import { controlsOf, policiesOf } from '../views/policies.ts';
import { foundInWords, wantedInWords } from '../text/value-words.ts';

const columns = [
  'kind',
  'status',
  'severity',
  'policy',
  'controls',
  'account_id',
  'account_name',
  'region',
  'pool_id',
  'pool_name',
  'arn',
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
  'changed_at',
  'changed_by',
  'changed_from',
  'change_event',
  'last_change',
  'fix_status',
  'fix_refused',
  'ready',
  'ready_low',
  'ready_high',
  'ready_lenient',
  'ready_waits_for',
  'ready_users',
  'locked_out_at_most',
  'ready_measured_at',
  'observed_at',
  'request_id',
  'finding_id',
] as const;
type Row = Partial<Record<(typeof columns)[number], string | null>>;

const rowsAtOnce = 200;

/**
 * RFC 4180: one row a gap, one a finding, whatever its status, one a control, and one where a clock is wrong. Formulas are disarmed with an apostrophe.
 * `arn` says what a row is about (the pool, else the account, else the organization) in a form that stays text.
 */
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
  const arns = await accountArns(result);
  const policies = policiesOf(result.head);
  const controls = newControls(result.head);
  for (const { code, message } of clockWarningsIn(result.head.warnings))
    yield { kind: 'warning', arn: arns.organization, code, message };
  for await (const gap of result.gaps()) yield gapRow(gap, arns);
  for await (const pool of result.pools()) {
    controls.pool(pool);
    for (const finding of pool.findings) {
      yield { ...findingRow(pool, finding), controls: controlsOf(policies, finding).join('; ') };
    }
  }
  for (const control of controls.found()) yield { ...controlRow(control), arn: arns.organization };
}

/** A control has no severity and no place of its own: how the pools under it stand is in words. */
function controlRow(control: ControlSummary): Row {
  return {
    kind: 'control',
    status: statusOfControl(control),
    policy: control.policies.join('; '),
    controls: control.id,
    message: [controlInWords(control), control.caveat].filter((words) => words !== null).join('. '),
  };
}

function gapRow(gap: Gap, arns: AccountArns): Row {
  const { accountId, region, poolId } = gap;
  const account = accountId === null ? null : arns.account(accountId, region);
  const isPool = accountId !== null && region !== null && poolId !== null;
  return {
    kind: 'gap',
    status: isOpen(gap) ? 'open' : 'accepted',
    account_id: accountId,
    account_name: account?.name ?? null,
    region,
    pool_id: poolId,
    arn: isPool ? userPoolArn(accountId, region, poolId) : (account?.arn ?? arns.organization),
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
    arn: pool.poolArn,
    path: finding.path,
    expected: finding.policy === null ? 'a policy that matches' : wantedInWords(finding.expected),
    actual: finding.policy === null ? 'none' : foundInWords(finding.actual),
    file: finding.file,
    line: finding.line === null ? null : String(finding.line),
    change: finding.change,
    since: finding.since,
    ...exceptionCells(finding.exception),
    managed_by: pool.managedBy,
    ...blameCells(pool),
    fix_status: finding.fix?.status ?? null,
    fix_refused: finding.fix?.refused ?? null,
    ...readinessCells(pool),
    observed_at: pool.observedAt,
    request_id: pool.requestId,
    finding_id: finding.id,
  };
}

/** Who changed the pool last; `last_change` says all of it in words, and why where nobody can be named. */
function blameCells(pool: PoolRecord): Row {
  const event = pool.blame?.event ?? null;
  const words = { last_change: poolBlameInWords(pool) };
  if (event === null) return words;
  return {
    ...words,
    changed_at: event.at,
    changed_by: principalInWords(event.who),
    changed_from: event.agent,
    change_event: event.id,
  };
}

/** Shares from 0 to 1, of the pool's local users as the guide is written; `ready_lenient` is the share in the other reading. */
function readinessCells({ readiness }: PoolRecord): Row {
  if (readiness === null) return {};
  const { shares, waitsFor, population, lockedOutAtMost, measuredAt } = readiness;
  const { share, low, high } = shares['as-written'];
  return {
    ready: String(share),
    ready_low: String(low),
    ready_high: String(high),
    ready_lenient: String(shares.lenient.share),
    ready_waits_for: String(waitsFor),
    ready_users: String(population),
    locked_out_at_most: String(lockedOutAtMost),
    ready_measured_at: measuredAt,
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
