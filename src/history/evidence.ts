/**
 * What an auditor asks of a period: of every pool and every policy that selected it, on which nights it was checked, on which it
 * held, and what stood in the way.
 */
import { sha256 } from '../domain/model/sha256.ts';
import { dayMs } from '../domain/model/day.ts';
import { userPoolArn } from '../domain/model/regions.ts';
import { csvLines } from '../report/text/escape/csv.ts';
import { jsonPage } from '../escape/json.ts';
import type { ReadNight } from './read-nights.ts';

type Cell = string | null;

/** A pool under a policy, over the period; dates are YYYY-MM-DD. */
interface PoolPeriod {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  poolName: string;
  readonly policy: string;
  readonly controls: Set<string>;
  readonly held: string[];
  readonly excepted: string[];
  readonly drifted: string[];
  readonly unread: string[];
}

export interface EvidenceFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The files of the evidence, and last the manifest that has the checksum of each. Memory holds a period for each pool and
 * policy, not the nights.
 *
 * @param page of the same period
 */
export async function periodEvidence(nights: AsyncIterable<ReadNight>, page: string): Promise<readonly EvidenceFile[]> {
  const periods = new Map<string, PoolPeriod>();
  const lines = { nights: [] as Cell[][], gaps: [] as Cell[][], exceptions: [] as Cell[][], changes: [] as Cell[][] };
  let last: string | null = null;
  for await (const night of nights) {
    for (const missing of missingBetween(last, night.date)) lines.nights.push(missing);
    lines.nights.push(nightLine(night));
    last = night.date;
    countNight(periods, night);
    for (const each of gapLines(night)) lines.gaps.push(each);
    for (const each of exceptionLines(night)) lines.exceptions.push(each);
    for (const each of changeLines(night)) lines.changes.push(each);
  }
  const files = [
    { name: 'pools.csv', text: csv(poolColumns, [...periods.values()].map(periodLine)) },
    { name: 'nights.csv', text: csv(nightColumns, lines.nights) },
    { name: 'gaps.csv', text: csv(gapColumns, lines.gaps) },
    { name: 'exceptions.csv', text: csv(exceptionColumns, lines.exceptions) },
    { name: 'changes.csv', text: csv(changeColumns, lines.changes) },
    { name: 'report.html', text: page },
  ];
  return last === null ? [] : [...files, manifest(lines.nights, files)];
}

function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return csvLines([columns, ...rows]);
}

const nightColumns = [
  'date',
  'run_id',
  'complete',
  'exit_code',
  'pools',
  'gaps_open',
  'caller_arn',
  'policy_set_sha256',
];

function nightLine({ date, run }: ReadNight): Cell[] {
  const numbers = [run.exit_code, run.pools_total, run.gaps_open].map(String);
  return [date, run.run_id, String(run.complete), ...numbers, run.caller_arn, run.policy_set_sha256];
}

/** A day without a night is a line too: nothing was checked on it. */
function missingBetween(last: string | null, date: string): Cell[][] {
  const missing: Cell[][] = [];
  if (last === null) return missing;
  for (let time = Date.parse(last) + dayMs; time < Date.parse(date); time += dayMs)
    missing.push([
      new Date(time).toISOString().slice(0, 10),
      null,
      'no night',
      ...Array.from({ length: 5 }, () => null),
    ]);
  return missing;
}

function countNight(periods: Map<string, PoolPeriod>, night: ReadNight): void {
  const controls = new Map(
    night.policies.map(({ policy, controls: served }) => [policy, (served ?? '').split(';').filter(Boolean)]),
  );
  const findings = new Map<string, string>();
  for (const { account_id: account, region, pool_id: pool, policy, status } of night.findings) {
    const key = `${account}/${region}/${pool}/${policy}`;
    // One finding that drifts outweighs those that are excused.
    if (status === 'drift' || (status === 'excepted' && !findings.has(key))) findings.set(key, status);
  }
  for (const pool of night.pools)
    for (const policy of (pool.policies ?? '').split(',').filter(Boolean)) {
      const key = `${pool.account_id}/${pool.region}/${pool.pool_id}/${policy}`;
      const period = periods.get(key) ?? newPeriod(pool, policy);
      periods.set(key, period);
      period.poolName = pool.pool_name ?? '';
      for (const control of controls.get(policy) ?? []) period.controls.add(control);
      const found = findings.get(key);
      const list =
        found === 'drift'
          ? 'drifted'
          : pool.status === 'unreadable'
            ? 'unread'
            : found === 'excepted'
              ? 'excepted'
              : 'held';
      period[list].push(night.date);
    }
}

function newPeriod(pool: ReadNight['pools'][number], policy: string): PoolPeriod {
  const place = {
    accountId: pool.account_id ?? '',
    region: pool.region ?? '',
    poolId: pool.pool_id ?? '',
    poolName: '',
  };
  return { ...place, policy, controls: new Set(), held: [], excepted: [], drifted: [], unread: [] };
}

const poolColumns = [
  'arn',
  'account_id',
  'region',
  'pool_id',
  'pool_name',
  'policy',
  'controls',
  'nights_checked',
  'nights_held',
  'nights_excepted',
  'nights_drifted',
  'nights_not_read',
  'first_night',
  'last_night',
  'drifted_on',
  'not_read_on',
];

function periodLine(period: PoolPeriod): Cell[] {
  const { accountId, region, poolId, poolName, policy, controls, held, excepted, drifted, unread } = period;
  const all = [...held, ...excepted, ...drifted, ...unread].toSorted();
  const counts = [all.length - unread.length, held.length, excepted.length, drifted.length, unread.length].map(String);
  const ends = [all[0] ?? null, all.at(-1) ?? null, spans(drifted), spans(unread)];
  // Spreadsheets take the leading zero off an account's id, and leave an ARN alone.
  const arn = userPoolArn(accountId, region, poolId);
  return [arn, accountId, region, poolId, poolName, policy, [...controls].join('; '), ...counts, ...ends];
}

/** Dates that follow one another as one: `2026-03-02..2026-03-05 2026-03-09`. */
function spans(dates: readonly string[]): string {
  const found: { from: string; to: string }[] = [];
  for (const date of dates) {
    const last = found.at(-1);
    if (last !== undefined && Date.parse(date) - Date.parse(last.to) === dayMs) last.to = date;
    else found.push({ from: date, to: date });
  }
  return found.map(({ from, to }) => (from === to ? from : `${from}..${to}`)).join(' ');
}

const gapColumns = ['date', 'account_id', 'region', 'pool_id', 'code', 'accepted'];

function gapLines({ date, units }: ReadNight): Cell[][] {
  return units
    .filter(({ status }) => status === 'gap')
    .map((unit) => [date, unit.account_id, unit.region, unit.pool_id, unit.reason, String(unit.accepted)]);
}

const exceptionColumns = [
  'date',
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
];

function exceptionLines({ date, exceptions }: ReadNight): Cell[][] {
  return exceptions.map((row) => [
    date,
    row.account_id,
    row.region,
    row.pool_id,
    row.finding_id,
    row.gap,
    row.owner,
    row.reason,
    row.ticket,
    row.expires,
    String(row.expired),
    row.file,
    String(row.line),
  ]);
}

const changeColumns = [
  'date',
  'account_id',
  'region',
  'pool_id',
  'outcome',
  'risk',
  'code',
  'before',
  'after',
  'journal',
  'by',
];

function changeLines({ date, changes, run }: ReadNight): Cell[][] {
  return changes.map((row) => [
    date,
    row.account_id,
    row.region,
    row.pool_id,
    row.outcome,
    row.risk,
    row.code,
    row.before,
    row.after,
    row.journal,
    run.caller_arn,
  ]);
}

function manifest(nights: readonly (readonly Cell[])[], files: readonly EvidenceFile[]): EvidenceFile {
  const period = {
    from: nights[0]?.[0],
    to: nights.at(-1)?.[0],
    nights: nights.filter(([, runId]) => runId !== null).length,
  };
  const listed = files.map(({ name, text }) => ({ path: name, sha256: sha256(text), bytes: Buffer.byteLength(text) }));
  return {
    name: 'manifest.json',
    text: `${jsonPage({ schemaVersion: '1', kind: 'PeriodEvidence', period, files: listed })}\n`,
  };
}
