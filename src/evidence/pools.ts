/** Every pool that was listed, for the question of an auditor: was it checked, against what, and did it pass? */
import type { JsonValue } from '../domain/model/json.ts';
import type { Finding, PoolRecord, Result, PolicyRecord } from '../domain/result/result.ts';
import { csvLines } from '../report/text/escape/csv.ts';
import { controlsOf, policiesOf } from '../report/views/policies.ts';

const columns = [
  'arn',
  'account_id',
  'account_name',
  'region',
  'pool_id',
  'pool_name',
  'status',
  'policies',
  'controls',
  'drift',
  'excepted',
  'fixed',
  'new',
  'since',
  'earlier_status',
  'mfa_configuration',
  'managed_by',
  'replica_of',
  'observed_at',
  'request_id',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string | null>>;

const rowsAtOnce = 200;

/** In the result's order. */
export async function* poolsCsv(result: Result): AsyncGenerator<string, void, void> {
  const policies = policiesOf(result.head);
  yield csvLines([columns]);
  let waiting: Row[] = [];
  for await (const pool of result.pools()) {
    waiting.push(rowOf(pool, policies));
    if (waiting.length < rowsAtOnce) continue;
    yield lines(waiting);
    waiting = [];
  }
  yield lines(waiting);
}

function lines(rows: readonly Row[]): string {
  return csvLines(rows.map((row) => columns.map((column) => row[column])));
}

function rowOf(pool: PoolRecord, policies: ReadonlyMap<string, PolicyRecord>): Row {
  const { findings } = pool;
  const inStatus = (status: Finding['status']): Finding[] => findings.filter((finding) => finding.status === status);
  const drift = inStatus('drift');
  const controls = pool.policies.flatMap((policy) => controlsOf(policies, { policy }));
  return {
    arn: pool.poolArn,
    account_id: pool.accountId,
    account_name: pool.accountName,
    region: pool.region,
    pool_id: pool.poolId,
    pool_name: pool.poolName,
    status: pool.status,
    policies: pool.policies.join('; '),
    controls: [...new Set(controls)].join('; '),
    drift: String(drift.length),
    excepted: String(inStatus('excepted').length),
    fixed: String(inStatus('fixed').length),
    new: drift.some(({ change }) => change !== null) ? String(drift.filter(isNew).length) : null,
    since: drift.map(({ since }) => since).reduce(earlier, null),
    earlier_status: pool.earlierStatus,
    mfa_configuration: textOf(pool.config?.['MfaConfiguration']),
    managed_by: pool.managedBy,
    replica_of: pool.replicaOf,
    observed_at: pool.observedAt,
    request_id: pool.requestId,
  };
}

function isNew({ change }: Finding): boolean {
  return change === 'new';
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return other < one ? other : one;
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
