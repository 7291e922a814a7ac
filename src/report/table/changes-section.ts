import type { RemediationRecord } from '../../domain/result.ts';
import { counted, wholeNumber } from '../../words.ts';
import { visible } from '../../escape/visible.ts';
import type { Overview } from '../overview.ts';
import type { Page } from './page.ts';

const outcomes: Readonly<Record<RemediationRecord['outcome'], string>> = {
  applied: 'put right',
  unchanged: 'already right',
  refused: 'left as they are and say why',
  stale: 'left alone: they moved meanwhile',
  failed: 'failed',
  unknown: 'with an unknown outcome',
};

/** What `--remediate` did; those that need somebody are named. */
export function* changesSection({ changes, unsettled }: Overview, page: Page): Generator<string> {
  const counts = Object.entries(outcomes).flatMap(([outcome, words]) => {
    const count = changes.get(outcome);
    return count === undefined ? [] : [`${wholeNumber(count)} ${words}`];
  });
  if (counts.length === 0) return;
  yield '';
  yield `CHANGES  ${counts.join(' · ')}`;
  for (const { pool, outcome, code } of unsettled) {
    const name = [pool.accountName ?? pool.accountId, pool.region, pool.poolName, pool.poolId].map(visible).join('  ');
    yield `  ${page.paint.bad(outcome)}  ${name}`;
    if (code !== null) yield `    ${visible(code)}`;
  }
  const left = (changes.get('failed') ?? 0) + (changes.get('unknown') ?? 0) - unsettled.length;
  if (left > 0) yield `  … ${counted(left, 'more pool')}; all of them are in the journal`;
}
