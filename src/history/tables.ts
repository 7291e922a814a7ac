/**
 * The tables of the history and how each follows from a result. Each row names its run; a table is read whole by one pass
 * over the result, and holds nothing in memory.
 */
import { accountsTold } from '../domain/baseline/accounts-told.ts';
import type { UsableFactors } from '../domain/model/mfa/factors.ts';
import type { JsonValue } from '../domain/model/json.ts';
import type { Account, Place, Tags } from '../domain/model/observation.ts';
import type { ReadinessRecord } from '../domain/readiness/record.ts';
import type { ExceptionRecord, Finding, PoolRecord, Result, ResultHead } from '../domain/result/result.ts';
import { savedFactors } from '../domain/result/saved-pool.ts';
import { instant, listed, type Columns, type Row } from './columns.ts';
import { changes, exceptions, findings, policies, pools, runs, units } from './table-columns.ts';

export interface Table {
  readonly columns: Columns;
  readonly what: string;
  readonly rows: (result: Result) => AsyncIterable<Readonly<Record<string, unknown>>>;
}

function table<C extends Columns>(columns: C, what: string, rows: (result: Result) => AsyncIterable<Row<C>>): Table {
  return { columns, what, rows };
}

/** `runs` is last: a night is in the history once its row is there. */
export const tables = {
  pools: table(pools, 'a row for each user pool that was listed', poolRows),
  findings: table(findings, 'a row for each finding, and for each of the night before that is resolved', findingRows),
  units: table(
    units,
    'a row for each account and region in scope, and for each place that was skipped or is a gap',
    unitRows,
  ),
  exceptions: table(exceptions, 'a row for each finding that is excused and each gap that is accepted', exceptionRows),
  changes: table(changes, 'a row for each pool that was changed, or was to be', changeRows),
  policies: table(policies, 'a row for each policy that the run went by', policyRows),
  runs: table(runs, 'one row: the run itself', runRows),
} as const satisfies Readonly<Record<string, Table>>;
export type TableName = keyof typeof tables;
const columnsOf = { pools, findings, units, exceptions, changes, policies, runs } as const;
/** A row as it is read back. */
export type RowOf<Name extends TableName> = Row<(typeof columnsOf)[Name]>;
export const tableNames = [
  'pools',
  'findings',
  'units',
  'exceptions',
  'changes',
  'policies',
  'runs',
] as const satisfies readonly TableName[];

async function* runRows(result: Result): AsyncGenerator<Row<typeof runs>> {
  const { head } = result;
  const { run: info, summary } = head;
  yield {
    run_id: info.id,
    started_at: instant(info.startedAt),
    finished_at: instant(info.finishedAt),
    tool_version: head.tool.version,
    organization_id: info.organizationId,
    caller_arn: info.callerArn,
    policy_set_sha256: info.policySetSha256,
    exit_code: info.exitCode,
    complete: head.complete,
    interrupted: info.interrupted,
    all_accounts: (await accountsTold(result)).isWhole,
    accounts_listed: summary.accounts.listed,
    accounts_audited: summary.accounts.audited,
    accounts_skipped: summary.accounts.skipped,
    accounts_failed: summary.accounts.failed,
    pools_total: summary.pools.total,
    pools_compliant: summary.pools.compliant,
    pools_drifted: summary.pools.drifted,
    pools_excepted: summary.pools.excepted,
    pools_uncovered: summary.pools.uncovered,
    pools_unreadable: summary.pools.unreadable,
    gaps_open: summary.gaps.open,
    gaps_accepted: summary.gaps.accepted,
    api_calls: summary.api.calls,
  };
}

async function* poolRows(result: Result): AsyncGenerator<Row<typeof pools>> {
  const owners = new Map<string, string | null>();
  for await (const { id, tags } of result.accounts()) owners.set(id, ownerIn(tags));
  for await (const pool of result.pools()) {
    const factors = savedFactors(pool);
    yield {
      run_id: result.head.run.id,
      account_id: pool.accountId,
      region: pool.region,
      pool_id: pool.poolId,
      account_name: pool.accountName,
      pool_name: pool.poolName,
      status: pool.status,
      mfa_configuration: textOf(pool.config?.['MfaConfiguration']),
      factors: listed(factors?.usable ?? null),
      factors_unknown: listed(factors === null ? null : [...factors.unknown.keys()]),
      phishing_resistant: factors === null ? null : hasPasskey(factors),
      policies: listed(pool.policies),
      managed_by: pool.managedBy,
      replica_of: pool.replicaOf,
      owner: ownerIn(pool.tags) ?? owners.get(pool.accountId) ?? null,
      ...readinessCells(pool.readiness),
      observed_at: instant(pool.observedAt),
    };
  }
}

/**
 * Who answers for a pool is written on it, or on its account: an exception's owner answers for the exception, and a policy
 * has none.
 */
function ownerIn(tags: Tags | null): string | null {
  const [, owner = ''] = Object.entries(tags ?? {}).find(([key]) => key.toLowerCase() === 'owner') ?? [];
  return owner === '' ? null : owner;
}

function readinessCells(readiness: ReadinessRecord | null) {
  const share = readiness?.shares['as-written'];
  return {
    ready_share: share?.share ?? null,
    ready_low: share?.low ?? null,
    ready_high: share?.high ?? null,
    ready_waits_for: readiness?.waitsFor ?? null,
    ready_users: readiness?.population ?? null,
    locked_out_at_most: readiness?.lockedOutAtMost ?? null,
  };
}

/** `null`: not known. */
function hasPasskey({ usable, unknown }: UsableFactors): boolean | null {
  if (usable.includes('passkey')) return true;
  return unknown.has('passkey') ? null : false;
}

async function* findingRows(result: Result): AsyncGenerator<Row<typeof findings>> {
  const runId = result.head.run.id;
  for await (const pool of result.pools()) for (const finding of pool.findings) yield findingRow(runId, pool, finding);
  for await (const { reason, ...earlier } of result.resolved()) {
    const gone = { change: null, fix: null, status: 'resolved', resolved_reason: reason } as const;
    yield findingRow(runId, earlier, { ...earlier, ...gone });
  }
}

type AnyFinding = Pick<
  Finding,
  'id' | 'policy' | 'severity' | 'path' | 'expected' | 'actual' | 'change' | 'since' | 'fix'
> & {
  readonly status: Finding['status'] | 'resolved';
  readonly resolved_reason?: string;
};

function findingRow(
  runId: string,
  { accountId, region, poolId }: Pick<PoolRecord, 'accountId' | 'region' | 'poolId'>,
  { id, policy, severity, path, expected, actual, status, change, since, fix, resolved_reason }: AnyFinding,
): Row<typeof findings> {
  return {
    run_id: runId,
    account_id: accountId,
    region,
    pool_id: poolId,
    finding_id: id,
    policy,
    severity,
    path,
    expected: JSON.stringify(expected),
    actual: JSON.stringify(actual),
    status,
    resolved_reason: resolved_reason ?? null,
    change,
    since: instant(since),
    risk: fix?.risk ?? null,
    refused: fix?.refused ?? null,
  };
}

/** Gaps and skips of accounts, pools and the organization have no unit, and stand beside the units. */
async function* unitRows(result: Result): AsyncGenerator<Row<typeof units>> {
  const { id: run_id, startedAt } = result.head.run;
  const accounts = new Map<string, Account>();
  for await (const account of result.accounts()) accounts.set(account.id, account);
  const accepted = await acceptedRegions(result);
  const about = (accountId: string | null) => accountCells(accountId, accounts.get(accountId ?? ''));
  const beside = { run_id, pools: null, read_at: instant(startedAt) };
  for await (const { accountId, region, status, reason, pools: count, readAt } of result.units()) {
    const isAccepted = status === 'gap' ? accepted.has(`${accountId}/${region}`) : null;
    const cells = { region, pool_id: null, status, reason, accepted: isAccepted, pools: count };
    yield { run_id, ...about(accountId), ...cells, read_at: instant(readAt) };
  }
  for await (const { scope, accountId, region, poolId, code, accepted: by } of result.gaps())
    if (scope !== 'region')
      yield {
        ...beside,
        ...about(accountId),
        region,
        pool_id: poolId,
        status: 'gap',
        reason: code,
        accepted: by?.expired === false,
      };
  for await (const { scope, accountId, region, poolId, reason } of result.skipped())
    if (scope !== 'region')
      yield { ...beside, ...about(accountId), region, pool_id: poolId, status: 'skipped', reason, accepted: null };
}

async function acceptedRegions(result: Result): Promise<ReadonlySet<string>> {
  const places = new Set<string>();
  for await (const { scope, accountId, region, accepted } of result.gaps())
    if (scope === 'region' && accepted?.expired === false) places.add(`${accountId}/${region}`);
  return places;
}

function accountCells(accountId: string | null, account: Account | undefined) {
  const path = account?.inOrganization === false ? null : account?.path?.map(({ id, name }) => name ?? id);
  return {
    account_id: accountId,
    account_name: account?.name ?? null,
    account_path: path === null || path === undefined ? null : `/${path.join('/')}`,
  };
}

async function* exceptionRows(result: Result): AsyncGenerator<Row<typeof exceptions>> {
  const { id } = result.head.run;
  for await (const pool of result.pools())
    for (const { id: finding, exception } of pool.findings)
      if (exception !== null) yield exceptionRow(id, pool, exception, { finding_id: finding, gap: null });
  for await (const gap of result.gaps())
    if (gap.accepted !== null) yield exceptionRow(id, gap, gap.accepted, { finding_id: null, gap: gap.code });
}

function exceptionRow(
  run_id: string,
  { accountId, region, poolId }: Pick<Place, 'accountId' | 'region' | 'poolId'>,
  { owner, reason, ticket, expires, expired, hold, file, line }: ExceptionRecord,
  excused: { readonly finding_id: string | null; readonly gap: string | null },
): Row<typeof exceptions> {
  const at = { run_id, account_id: accountId, region, pool_id: poolId };
  return { ...at, ...excused, owner, reason, ticket, expires, expired, hold, file, line };
}

async function* changeRows(result: Result): AsyncGenerator<Row<typeof changes>> {
  for await (const { accountId, region, poolId, remediation } of result.pools()) {
    if (remediation === null) continue;
    const { outcome, risk, code, message, before, after, journal } = remediation;
    yield {
      run_id: result.head.run.id,
      account_id: accountId,
      region,
      pool_id: poolId,
      outcome,
      risk,
      code,
      message,
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
      journal,
    };
  }
}

async function* policyRows({ head }: Result): AsyncGenerator<Row<typeof policies>> {
  for (const { name, severity, controls, description } of head.run.policySet)
    yield { run_id: head.run.id, policy: name, severity, controls: controls.join(';'), description };
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** The partition of a run: the date on which it began, in UTC. */
export function dateOf({ run: { startedAt } }: Pick<ResultHead, 'run'>): string {
  return startedAt.slice(0, 10);
}
