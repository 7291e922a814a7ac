/**
 * A span of nights as what changes over them. A finding is open from the first night that has it until a night that says why
 * it is there no more (closing.ts): what could not be read is never closed.
 */
import { dayMs } from '../domain/model/day.ts';
import type { PoolStatus, ResolvedReason } from '../domain/result/result.ts';
import { closingsOn, keyOf } from './closing.ts';
import type { ReadNight, ReadRow } from './read-nights.ts';

export interface OpenFinding {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  readonly poolName: string;
  /** By a tag of its pool or account; `null`: not known. */
  readonly owner: string | null;
  readonly policy: string;
  readonly severity: string;
  readonly path: string;
  /** YYYY-MM-DD: the first night that has it, or, where a baseline knew it, the day on which it was found. */
  readonly since: string;
  /** It stood on the first night of the span already, and nothing says since when. */
  readonly isOlder: boolean;
}

export interface ClosedFinding extends OpenFinding {
  readonly reason: ResolvedReason;
}

export interface TrendNight {
  readonly date: string;
  readonly runId: string;
  readonly complete: boolean;
  readonly pools: Readonly<Record<PoolStatus, number>>;
  readonly gapsOpen: number;
  /** Pools with a passkey as a second factor, of those of which that is known. */
  readonly resistant: number;
  readonly resistanceKnown: number;
  readonly readiness: NightReadiness;
  /** On the first night none: what is there then may be old. */
  readonly opened: readonly OpenFinding[];
  readonly closed: readonly ClosedFinding[];
  /** Of the end of the night. */
  readonly open: number;
}

/** Of the pools whose change waits for its users. */
export interface NightReadiness {
  readonly pools: number;
  /** Of them, those of which enough users surely are ready. */
  readonly ready: number;
  readonly users: number;
  /** Of those users, by each pool's share. */
  readonly readyUsers: number;
  readonly lockedOutAtMost: number;
}

/** A finding that was fixed and of which it is known since when it stood; what was closed otherwise nobody fixed. */
export interface Fixed {
  readonly severity: string;
  readonly accountId: string;
  readonly owner: string | null;
  /** From the first night with the finding to the first without. */
  readonly days: number;
}

export interface Trend {
  readonly nights: readonly TrendNight[];
  readonly fixed: readonly Fixed[];
  /** Of the last night. */
  readonly exceptions: readonly ReadRow<'exceptions'>[];
  /** Open at the end, the oldest first. */
  readonly open: readonly OpenFinding[];
}

export async function trendOf(nights: AsyncIterable<ReadNight>): Promise<Trend> {
  const told: TrendNight[] = [];
  const fixed: Fixed[] = [];
  const open = new Map<string, OpenFinding>();
  let exceptions: readonly ReadRow<'exceptions'>[] = [];
  for await (const night of nights) {
    const isFirst = told.length === 0;
    const { opened, closed } = move(open, night, isFirst);
    for (const finding of closed)
      if (finding.reason === 'fixed' && !finding.isOlder) fixed.push(fixedOn(finding, night.date));
    told.push({ ...countsOf(night), opened: isFirst ? [] : opened, closed, open: open.size });
    ({ exceptions } = night);
  }
  const oldest = [...open.values()].sort((one, other) =>
    one.since < other.since ? -1 : one.since > other.since ? 1 : 0,
  );
  return { nights: told, fixed, exceptions, open: oldest };
}

/** Brings `open` up to the night, and says what came and went. */
function move(open: Map<string, OpenFinding>, night: ReadNight, isFirst: boolean) {
  const drift = new Map(night.findings.flatMap((row) => (row.status === 'drift' ? [[row.finding_id ?? '', row]] : [])));
  const known = new Map(night.pools.map((pool) => [keyOf(pool), pool]));
  const closingOf = closingsOn(night);
  const closed = [...open.values()].flatMap((finding): ClosedFinding[] => {
    const reason = drift.has(finding.id) ? null : closingOf(finding);
    return reason === null ? [] : [{ ...finding, reason }];
  });
  for (const { id } of closed) open.delete(id);
  const opened: OpenFinding[] = [];
  for (const [id, row] of drift) {
    if (open.has(id)) continue;
    const since = row.since?.toISOString().slice(0, 10) ?? null;
    const finding: OpenFinding = {
      id,
      accountId: row.account_id ?? '',
      region: row.region ?? '',
      poolId: row.pool_id ?? '',
      poolName: known.get(keyOf(row))?.pool_name ?? '',
      owner: known.get(keyOf(row))?.owner ?? null,
      policy: row.policy ?? '',
      severity: row.severity ?? '',
      path: row.path ?? '',
      since: since ?? night.date,
      isOlder: isFirst && since === null,
    };
    open.set(id, finding);
    opened.push(finding);
  }
  return { opened, closed };
}

function countsOf({ date, run, pools }: ReadNight) {
  const known = pools.filter(({ phishing_resistant: answer }) => answer !== null);
  return {
    date,
    runId: run.run_id ?? '',
    complete: run.complete === true,
    pools: {
      compliant: run.pools_compliant ?? 0,
      excepted: run.pools_excepted ?? 0,
      uncovered: run.pools_uncovered ?? 0,
      unreadable: run.pools_unreadable ?? 0,
      drifted: run.pools_drifted ?? 0,
    },
    gapsOpen: run.gaps_open ?? 0,
    resistant: known.filter(({ phishing_resistant: answer }) => answer === true).length,
    resistanceKnown: known.length,
    readiness: readinessOf(pools),
  };
}

function readinessOf(pools: ReadNight['pools']): NightReadiness {
  const waiting = pools.filter(({ ready_waits_for: waitsFor }) => waitsFor !== null);
  const sum = (pick: (pool: ReadNight['pools'][number]) => number) =>
    waiting.reduce((all, pool) => all + pick(pool), 0);
  return {
    pools: waiting.length,
    ready: waiting.filter(({ ready_low: low, ready_waits_for: waitsFor }) => (low ?? 0) >= (waitsFor ?? 1)).length,
    users: sum(({ ready_users: users }) => users ?? 0),
    readyUsers: sum(({ ready_users: users, ready_share: share }) => (users ?? 0) * (share ?? 0)),
    lockedOutAtMost: sum(({ locked_out_at_most: most }) => most ?? 0),
  };
}

function fixedOn({ severity, accountId, owner, since }: OpenFinding, date: string): Fixed {
  return { severity, accountId, owner, days: daysFrom(since, date) };
}

function daysFrom(since: string, date: string): number {
  return Math.round((Date.parse(date) - Date.parse(since)) / dayMs);
}

/** The middle of some numbers; `null` of none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
