/** How a result stands against its baseline, for the formats that people read. */
import {
  resolvedReasons,
  type PoolRecord,
  type PoolStatus,
  type ResolvedReason,
  type Result,
  type Summary,
} from '../../domain/result/result.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { resolvedInShort } from '../text/finding-words.ts';

/** A pool whose verdict is another one than the baseline's. */
export interface TurnedPool {
  readonly pool: Pick<PoolRecord, 'accountId' | 'accountName' | 'region' | 'poolId' | 'poolName'>;
  readonly from: PoolStatus;
  readonly to: PoolStatus;
  /** The policies of its new findings; none where it got better. */
  readonly because: readonly string[];
}

export interface Turn {
  readonly from: PoolStatus;
  readonly to: PoolStatus;
  pools: number;
}

export interface Comparison {
  readonly changes: NonNullable<Summary['changes']>;
  readonly resolved: ReadonlyMap<ResolvedReason, number>;
  /** What got worse first, then by how many. */
  readonly turns: readonly Turn[];
  readonly turnedPools: number;
  /** The first of them in the result's order, what got worse first. */
  readonly pools: readonly TurnedPool[];
}

export interface ComparisonCollector {
  pool(pool: PoolRecord): void;
  /** `null` where the result was not compared. */
  found(): Promise<Comparison | null>;
}

/** @param limit how many pools are held at most of those that got worse, of those that got better, and of the others */
export function newComparison(result: Result, limit: number): ComparisonCollector {
  const turns = new Map<string, Turn>();
  const turned: Record<(typeof ways)[number], TurnedPool[]> = { worse: [], other: [], better: [] };
  return {
    pool(pool) {
      const { earlierStatus: from, status: to } = pool;
      if (from === null || from === to) return;
      const turn = turns.get(`${from} ${to}`) ?? { from, to, pools: 0 };
      turns.set(`${from} ${to}`, turn);
      turn.pools += 1;
      const list = turned[wayOf(turn)];
      if (list.length < limit) list.push(turnedPool(pool, from));
    },
    async found() {
      const { changes } = result.head.summary;
      if (changes === null) return null;
      const sorted = [...turns.values()].sort(byHarm);
      const turnedPools = sorted.reduce((total, { pools }) => total + pools, 0);
      const pools = ways.flatMap((way) => turned[way]);
      return { changes, resolved: await reasonsOf(result), turns: sorted, turnedPools, pools };
    },
  };
}

const harm: Readonly<Record<PoolStatus, number>> = {
  compliant: 0,
  excepted: 1,
  uncovered: 2,
  unreadable: 2,
  drifted: 2,
};

/** A pool that drifted and that no policy matches now, or that could not be read, has not become better. */
export function wayOf({ from, to }: Pick<Turn, 'from' | 'to'>): 'worse' | 'other' | 'better' {
  if (harm[to] > harm[from]) return 'worse';
  return harm[to] < harm[from] ? 'better' : 'other';
}

const ways = ['worse', 'other', 'better'] as const;

function byHarm(one: Turn, other: Turn): number {
  return ways.indexOf(wayOf(one)) - ways.indexOf(wayOf(other)) || other.pools - one.pools;
}

function turnedPool(record: PoolRecord, from: PoolStatus): TurnedPool {
  const { accountId, accountName, region, poolId, poolName, status: to, findings } = record;
  const fresh = findings.filter(({ change, status }) => change === 'new' && status === 'drift');
  const because = [...new Set(fresh.flatMap(({ policy }) => policy ?? []))];
  return { pool: { accountId, accountName, region, poolId, poolName }, from, to, because };
}

async function reasonsOf(result: Result): Promise<ReadonlyMap<ResolvedReason, number>> {
  const counts = new Map<ResolvedReason, number>();
  for await (const { reason } of result.resolved()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}

/** Nothing was there before, nothing is there now. */
export function isEventless({ changes, turns }: Comparison): boolean {
  return turns.length === 0 && changes.new + changes.persisting + changes.resolved + changes.unseen === 0;
}

/** `3 findings new · 20 persist · 4 resolved (3 fixed, 1 pool gone) · 2 not seen` */
export function changesInWords({ changes, resolved }: Comparison): string {
  const reasons = resolvedReasons.flatMap((reason) => {
    const count = resolved.get(reason);
    return count === undefined ? [] : [`${wholeNumber(count)} ${resolvedInShort[reason]}`];
  });
  return [
    `${counted(changes.new, 'finding')} new`,
    `${wholeNumber(changes.persisting)} ${changes.persisting === 1 ? 'persists' : 'persist'}`,
    `${wholeNumber(changes.resolved)} resolved${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}`,
    ...(changes.unseen === 0 ? [] : [`${wholeNumber(changes.unseen)} where this run did not look or could not read`]),
  ].join(' · ');
}

/** The run that the result was compared with; without one yet, every finding is new. */
export function baselineInWords({ head }: Result): string {
  const { baseline } = head.run;
  if (baseline === null) return 'no baseline yet';
  return `run of ${baseline.startedAt.slice(0, 10)} ${baseline.startedAt.slice(11, 16)} UTC`;
}
