import { comparedPools, type PoolOfBoth } from '../baseline/compare.ts';
import type { EarlierFinding, PoolRecord, Result } from '../result/result.ts';
import type { News } from './news.ts';
import { isWorse } from './worse.ts';

/** Told of each pool of either night. */
export type SeePool = (pool: PoolOfBoth) => void;

type FindingNews = Extract<News, { readonly kind: 'new' | 'worse' | 'resolved' }>;

export async function* findingNews(
  tonight: Result,
  lastNight: Result | null,
  see: SeePool,
): AsyncGenerator<FindingNews, void, void> {
  if (lastNight === null && tonight.head.summary.changes !== null) {
    yield* asSaved(tonight, see);
    return;
  }
  for await (const pool of comparedPools(tonight, lastNight)) {
    const { now, before, resolved } = pool;
    see(pool);
    if (now !== null) yield* newsOfPool(now, before?.findings ?? new Map<string, EarlierFinding>());
    for (const finding of resolved) yield { kind: 'resolved', finding };
  }
}

/** What a result says that was compared when it was made. */
async function* asSaved(tonight: Result, see: SeePool): AsyncGenerator<FindingNews, void, void> {
  for await (const pool of tonight.pools()) {
    see({ now: pool, before: null, isGone: false, resolved: [], unseen: [] });
    yield* newsOfPool(pool, new Map<string, EarlierFinding>());
  }
  for await (const finding of tonight.resolved()) yield { kind: 'resolved', finding };
}

function* newsOfPool(
  pool: PoolRecord,
  earlier: ReadonlyMap<string, EarlierFinding>,
): Generator<FindingNews, void, void> {
  for (const finding of pool.findings.filter(({ status }) => status === 'drift')) {
    const before = earlier.get(finding.id);
    if (finding.change === 'new') yield { kind: 'new', pool, finding };
    else if (before !== undefined && isWorse(finding, before)) yield { kind: 'worse', pool, finding, before };
  }
}
