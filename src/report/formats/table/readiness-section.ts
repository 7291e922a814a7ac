import { counted } from '../../../number-format.ts';
import { readinessBars } from '../../text/readiness-bar.ts';
import { readinessLines } from '../../text/readiness-words.ts';
import { stageWords, type MeasuredPools } from '../../views/measured-pools.ts';
import type { PoolRows } from './drift/pool-rows.ts';
import { wrapped } from './layout.ts';
import type { TablePage } from './page.ts';

export const measuredPools = 10;
const indent = '      ';

/** Of each pool that a change waits for: how many of its users are ready, drawn beside the baseline's. */
export function* readinessSection(
  measured: MeasuredPools,
  rows: PoolRows,
  { columns, paint }: TablePage,
): Generator<string> {
  const { all, rollingOut } = measured.counts();
  if (all === 0) return;
  const rolled = rollingOut === 0 ? '' : ` · ${counted(rollingOut, 'pool is', 'pools are')} rolling out`;
  yield '';
  yield `READY  the users of ${counted(all, 'pool')} were asked${rolled}`;
  for (const { pool, now, earlier, stage } of measured.kept) {
    yield* rows.lines(pool);
    const words = stageWords[stage];
    yield `${indent}${stage === 'changed' ? paint.good(words) : paint.unknown(words)}`;
    for (const line of readinessLines(now)) yield* wrapped(line, columns - indent.length).map((each) => indent + each);
    const share = now.shares['as-written'];
    for (const bar of readinessBars({ share, waitsFor: now.waitsFor }, earlier?.shares['as-written'] ?? null))
      yield `${indent}${bar}`;
  }
  const left = all - measured.kept.length;
  if (left > 0) yield `  … ${counted(left, 'more pool')}; all of them: --report json=result.json`;
}
