import type { Result, ResultHead } from '../../domain/result.ts';
import { inChunks } from '../chunks.ts';
import { newComparison } from '../comparison.ts';
import type { FormatOptions } from '../format.ts';
import { collectOverview, type OverviewLimits } from '../overview.ts';
import { changesSection } from './changes-section.ts';
import { comparisonSection, namedPools } from './comparison-section.ts';
import { coverageLines, warningLines } from './closing.ts';
import { driftSection } from './drift-section.ts';
import { exceptedSection } from './excepted-section.ts';
import { headline } from './headline.ts';
import { namedAccounts, notReadSection } from './not-read-section.ts';
import { newPage } from './page.ts';

const limits: OverviewLimits = { poolsPerGroup: 10, findingsPerPool: 12, accountsPerGap: namedAccounts };

/** For a person at a terminal: the answer first, then what drifts, what was not read, what is excused, what was covered. */
export function table(result: Result, options: FormatOptions): AsyncIterable<string> {
  return inChunks(lines(result, options));
}

async function* lines(result: Result, options: FormatOptions): AsyncGenerator<string> {
  for await (const line of sections(result, options)) yield `${line}\n`;
}

async function* sections(result: Result, options: FormatOptions): AsyncGenerator<string> {
  const { head } = result;
  const page = newPage(options);
  const comparison = newComparison(result, namedPools);
  const overview = await collectOverview(result, limits, (pool) => comparison.pool(pool));
  yield* headline(head, page);
  for (const group of overview.drift) yield* driftSection(group, page);
  yield* notReadSection(overview, head.summary.gaps.open, page);
  yield* exceptedSection(head, overview, page);
  yield* comparisonSection(result, await comparison.found(), page);
  yield* changesSection(overview, page);
  yield* warningLines(head, page);
  if (!isPlainlyGood(head)) yield* coverageLines(head, overview, page);
}

/** Nothing wrong and nothing excused: the first line has said it all. */
function isPlainlyGood({ complete, summary, warnings }: ResultHead): boolean {
  return (
    complete && warnings.length === 0 && summary.gaps.accepted === 0 && summary.pools.compliant === summary.pools.total
  );
}
