import { percents, percent, counted } from '../../../number-format.ts';
import { clipped } from '../../text/clip.ts';
import { markdownCode, markdownText } from '../../text/escape/markdown.ts';
import { stageWords, type MeasuredPool, type MeasuredPools } from '../../views/measured-pools.ts';
import { fittedTable, tableHeader, tableRow, type Budget } from './budget.ts';

const header = tableHeader(['Pool', 'Could still sign in', 'In the baseline', 'Waits for', 'Locked out at most', '']);

/** Of each pool that a change waits for: how many of its users are ready, beside the baseline's. */
export function readinessSection(measured: MeasuredPools, budget: Budget): string {
  const { all } = measured.counts();
  if (all === 0) return '';
  const { lines } = fittedTable(header, measured.kept.map(row), budget);
  const shown = Math.max(0, lines.length - header.length);
  const more = all === shown ? '' : `\n${counted(all - shown, 'more pool')} not shown here.\n`;
  return `\n### Ready\n\nThe users of ${counted(all, 'pool')} were asked.\n\n${lines.join('\n')}\n${more}`;
}

function row({ pool, now, earlier, stage }: MeasuredPool): string {
  return tableRow([
    [pool.accountName ?? '', pool.accountId, pool.region, pool.poolName, pool.poolId]
      .filter((part) => part !== '')
      .map((part) => markdownCode(clipped(part, 120)))
      .join(' '),
    markdownText(percents(now.shares['as-written'])),
    earlier === null ? '' : markdownText(percents(earlier.shares['as-written'])),
    markdownText(percent(now.waitsFor)),
    counted(now.lockedOutAtMost, 'user'),
    stageWords[stage],
  ]);
}
