import type { Result } from '../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../number-format.ts';
import {
  baselineInWords,
  changesInWords,
  isEventless,
  type Comparison,
  type TurnedPool,
} from '../../views/baseline-view.ts';
import { visible } from '../../../escape/visible.ts';
import { wrapped } from './layout.ts';
import type { TablePage } from './page.ts';
import type { PoolRows } from './drift/pool-rows.ts';

/** So many pools are named. */
export const namedPools = 10;

/** What is new, what persists, what is resolved; and the pools whose verdict is another one. */
export function* comparisonSection(
  result: Result,
  comparison: Comparison | null,
  rows: PoolRows,
  { columns }: TablePage,
): Generator<string> {
  if (comparison === null || isEventless(comparison)) return;
  yield '';
  yield* wrapped(`COMPARED  with ${baselineInWords(result)}: ${changesInWords(comparison)}`, columns);
  const { turns, turnedPools, pools } = comparison;
  if (turns.length === 0) return;
  const total = counted(result.head.summary.pools.total, 'pool');
  yield `  another verdict: ${wholeNumber(turnedPools)} of ${total}`;
  for (const { from, to, pools: count } of turns) yield `    ${from} → ${to}  ${counted(count, 'pool')}`;
  for (const pool of pools.slice(0, namedPools)) yield* poolLines(pool, rows);
  const left = turnedPools - Math.min(pools.length, namedPools);
  if (left > 0) yield `  … ${counted(left, 'more pool')}; all of them: --report json=result.json`;
}

function* poolLines({ pool, from, to, because }: TurnedPool, rows: PoolRows): Generator<string> {
  yield* rows.lines(pool);
  yield `      ${from} → ${to}${because.length === 0 ? '' : `  ${because.map(visible).join(', ')}`}`;
}
