import type { Result } from '../../../domain/result/result.ts';
import { counted, wholeNumber } from '../../../number-format.ts';
import { clipped } from '../../text/clip.ts';
import { baselineInWords, changesInWords, wayOf, type Comparison, type TurnedPool } from '../../views/baseline-view.ts';
import { markdownCode, markdownText } from '../../text/escape/markdown.ts';
import { fittedTable, tableHeader, tableRow, type Budget } from './budget.ts';

const cellCharacters = 120;

/** What a change of policy, or a night, turned: counts first, then the pools, those that got worse first. */
export function comparisonSection(result: Result, comparison: Comparison | null, budget: Budget): string {
  if (comparison === null) return '';
  const { turns, turnedPools, pools } = comparison;
  const intro = `\n### Compared with ${markdownText(baselineInWords(result))}\n\n${markdownText(changesInWords(comparison))}\n`;
  const total = counted(result.head.summary.pools.total, 'pool');
  const verdicts = `\n**${wholeNumber(turnedPools)} of ${total} ${turnedPools === 1 ? 'has' : 'have'} another verdict**\n`;
  budget.take(`${intro}${verdicts}`);
  if (turns.length === 0) return `${intro}\nNo pool has another verdict.\n`;
  const counts = fittedTable(
    tableHeader(['Before', 'Now', 'Pools', '']),
    turns.map((turn) => tableRow([turn.from, turn.to, wholeNumber(turn.pools), wayOf(turn)])),
    budget,
  );
  const listed = fittedTable(
    tableHeader(['Pool', 'Account', 'Region', 'Before', 'Now', 'Because of']),
    rowsOf(pools),
    budget,
  );
  const shown = Math.max(0, pools.length - listed.left);
  const left = turnedPools - shown;
  const more =
    left === 0 ? '' : `\n${counted(left, 'more pool')} not shown here; all of them: \`--report json=result.json\`\n`;
  const tables = [counts.lines, listed.lines].map((lines) => (lines.length === 0 ? '' : `\n${lines.join('\n')}\n`));
  return `${intro}${verdicts}${tables.join('')}${more}`;
}

function rowsOf(pools: readonly TurnedPool[]): readonly string[] {
  return pools.map(({ pool, from, to, because }) =>
    tableRow([
      `${cell(pool.poolName)} ${cell(pool.poolId)}`,
      `${pool.accountName === null ? '' : cell(pool.accountName)} ${cell(pool.accountId)}`.trimStart(),
      cell(pool.region),
      from,
      to,
      because.length === 0 ? '' : cell(because.join(', ')),
    ]),
  );
}

function cell(text: string): string {
  return markdownCode(clipped(text, cellCharacters));
}
