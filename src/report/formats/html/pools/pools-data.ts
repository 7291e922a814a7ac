/** What the page's script draws the pools from: a line each, with what repeats written once behind them. */
import type { PoolRecord, Result } from '../../../../domain/result/result.ts';
import { visible } from '../../../../escape/visible.ts';
import { blockSafe } from '../block-safe.ts';
import type { PoolRow, PoolsData, SharedData } from '../page/page-data.ts';
import { maxPools, shortMoment, statusTable } from './pools-section.ts';

interface Shared {
  indexOf(...values: readonly (string | null)[]): number;
  all(): SharedData;
}

/** Each distinct value once; its index stands for it. */
function newShared(): Shared {
  const indexes = new Map<string, number>();
  const values: (string | null)[][] = [];
  return {
    indexOf(...value) {
      const key = JSON.stringify(value);
      const known = indexes.get(key);
      if (known !== undefined) return known;
      indexes.set(key, values.length);
      return values.push(value.map((text) => (text === null ? null : visible(text)))) - 1;
    },
    all: () => values,
  };
}

/** Reads the pools once more, so that none has to be held. */
export async function* poolsBlock(result: Result): AsyncGenerator<string> {
  const [accounts, regions, policies] = [newShared(), newShared(), newShared()];
  const rowOf = (pool: PoolRecord): PoolRow => [
    statusTable.findIndex(([status]) => status === pool.status),
    visible(pool.poolName),
    visible(pool.poolId),
    accounts.indexOf(pool.accountId, pool.accountName),
    regions.indexOf(pool.region),
    policies.indexOf(...pool.policies),
    shortMoment(pool.observedAt),
    pool.findings.length,
  ];
  yield '<script type="application/json" id="pools-data">\n{"rows":[';
  let count = 0;
  for await (const pool of result.pools()) {
    if (count === maxPools) break;
    yield `${count === 0 ? '\n' : ',\n'}${blockSafe(rowOf(pool))}`;
    count += 1;
  }
  const shared: Omit<PoolsData, 'rows'> = {
    statuses: statusTable,
    accounts: accounts.all(),
    regions: regions.all(),
    policies: policies.all(),
  };
  yield `\n],${blockSafe(shared).slice(1)}\n</script>\n`;
}
