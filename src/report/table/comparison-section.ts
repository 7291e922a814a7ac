import type { Result } from '../../domain/result.ts';
import { counted, wholeNumber } from '../../words.ts';
import { baselineInWords, changesInWords, isEventless, type Comparison, type TurnedPool } from '../comparison.ts';
import { visible } from '../escape/visible.ts';
import { wrapped } from './layout.ts';
import type { Page } from './page.ts';

/** So many pools are named. */
export const namedPools = 10;

/** What is new, what persists, what is resolved; and the pools whose verdict is another one. */
export function* comparisonSection(
  result: Result,
  comparison: Comparison | null,
  { columns }: Page,
): Generator<string> {
  if (comparison === null || isEventless(comparison)) return;
  yield '';
  yield* wrapped(`COMPARED  with ${baselineInWords(result)}: ${changesInWords(comparison)}`, columns);
  const { turns, turnedPools, pools } = comparison;
  if (turns.length === 0) return;
  const total = counted(result.head.summary.pools.total, 'pool');
  yield `  another verdict: ${wholeNumber(turnedPools)} of ${total}`;
  for (const { from, to, pools: count } of turns) yield `    ${from} → ${to}  ${counted(count, 'pool')}`;
  for (const pool of pools.slice(0, namedPools)) yield* poolLines(pool);
  const left = turnedPools - Math.min(pools.length, namedPools);
  if (left > 0) yield `  … ${counted(left, 'more pool')}; all of them: --report json=result.json`;
}

function* poolLines({ pool, from, to, because }: TurnedPool): Generator<string> {
  const account = pool.accountName === null ? pool.accountId : `${visible(pool.accountName)} ${pool.accountId}`;
  yield `  ${account}  ${pool.region}  ${visible(pool.poolName)}  ${visible(pool.poolId)}`;
  yield `    ${from} → ${to}${because.length === 0 ? '' : `  ${because.map(visible).join(', ')}`}`;
}
