import type { Result, ResultHead } from '../../../domain/result/result.ts';
import { inChunks } from '../../text/chunks.ts';
import { newChangeGroups, type ChangeGroupLimits } from '../../views/change-groups.ts';
import { newMeasuredPools, type MeasuredPools } from '../../views/measured-pools.ts';
import { newComparison, type Comparison } from '../../views/baseline-view.ts';
import type { FormatOptions, NextStep } from '../../format.ts';
import { collectOverview, type Overview, type OverviewLimits } from '../../views/overview.ts';
import { changesSection } from './changes-section.ts';
import { comparisonSection, namedPools } from './comparison-section.ts';
import { coverageLines, warningLines } from './closing.ts';
import { newDriftGroups, type DriftGroup, type DriftLimits } from './drift/drift-groups.ts';
import { driftSection } from './drift/drift-section.ts';
import { exceptedSection, namedExceptions } from './excepted-section.ts';
import { newExcuses, type Excuses } from './excuses.ts';
import { headline } from './headline.ts';
import { nextSection } from './next-section.ts';
import { namedAccounts, notReadSection } from './not-read-section.ts';
import { newPage } from './page.ts';
import { measuredPools, readinessSection } from './readiness-section.ts';
import { poolRows } from './drift/pool-rows.ts';

const limits: OverviewLimits & DriftLimits = {
  accountsPerGap: namedAccounts,
  poolsShown: 10,
  findingsShown: 12,
};
const excusedPools = 5;
const changedPools: ChangeGroupLimits = { written: 100, others: 5 };
/** Pools stand below what is said of them. */
const poolIndent = '    ';

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
  const drift = newDriftGroups(limits);
  const excuses = newExcuses(excusedPools);
  const changes = newChangeGroups(changedPools);
  const measured = newMeasuredPools(measuredPools);
  const overview = await collectOverview(result, limits, (pool) => {
    comparison.pool(pool);
    drift.pool(pool);
    excuses.pool(pool);
    changes.pool(pool);
    measured.pool(pool);
  });
  for await (const gap of result.gaps()) excuses.gap(gap);
  const groups = drift.groups();
  const compared = await comparison.found();
  const rows = poolRows(namedPoolsOf(groups, excuses, compared, measured), page.columns, poolIndent);
  yield* headline(head, page);
  for (const group of groups) yield* driftSection(group, rows, page);
  yield* notReadSection(overview, head.summary.gaps.open, page);
  yield* exceptedSection(head, excuses, overview, rows, page);
  yield* comparisonSection(result, compared, rows, page);
  yield* changesSection(head, changes, page);
  yield* readinessSection(measured, rows, page);
  yield* warningLines(head, namedExceptions(excuses), page);
  if (!isPlainlyGood(head)) yield* coverageLines(head, overview, page);
  yield* nextSection(nextSteps(groups, overview, options), page);
}

/** All that stand in columns. */
function namedPoolsOf(
  groups: readonly DriftGroup[],
  excuses: Excuses,
  compared: Comparison | null,
  measured: MeasuredPools,
): Parameters<typeof poolRows>[0] {
  return [
    ...groups.flatMap(({ alike }) => alike.flatMap(({ pools }) => pools.map(({ pool }) => pool))),
    ...excuses.found().flatMap(({ pools }) => pools.map(({ pool }) => pool)),
    ...(compared?.pools ?? []).map(({ pool }) => pool),
    ...measured.kept.map(({ pool }) => pool),
  ];
}

function nextSteps(
  groups: readonly DriftGroup[],
  { openGaps }: Overview,
  { next }: FormatOptions,
): readonly NextStep[] {
  const pool = groups[0]?.alike[0]?.pools[0]?.pool.poolArn ?? null;
  return next?.({ pool, hasUnreadAccounts: openGaps.some(({ scope }) => scope !== 'pool') }) ?? [];
}

/** Nothing wrong and nothing excused: the first line has said it all. */
function isPlainlyGood({ complete, summary, warnings }: ResultHead): boolean {
  return (
    complete && warnings.length === 0 && summary.gaps.accepted === 0 && summary.pools.compliant === summary.pools.total
  );
}
