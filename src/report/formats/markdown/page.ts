import type { Result } from '../../../domain/result/result.ts';
import { counted, duration, wholeNumber } from '../../../number-format.ts';
import { newChangeGroups, type ChangeGroupLimits } from '../../views/change-groups.ts';
import { newComparison } from '../../views/baseline-view.ts';
import { newMeasuredPools } from '../../views/measured-pools.ts';
import { newControls } from '../../views/controls.ts';
import { markdownCode, markdownText } from '../../text/escape/markdown.ts';
import type { FormatOptions } from '../../format.ts';
import { collectOverview, type OverviewLimits } from '../../views/overview.ts';
import { narrowings, readPools, verdictInWords, verdictOf } from '../../views/verdict.ts';
import { newWorstFindings } from '../../views/worst-findings.ts';
import { newBudget, tableHeader, tableRow } from './budget.ts';
import { changesSection } from './changes-section.ts';
import { comparisonSection } from './comparison-section.ts';
import { driftRow, driftSection } from './drift-section.ts';
import { readinessSection } from './readiness-section.ts';
import { controlsSection, exceptedSection, notReadSection, warningsSection } from './sections.ts';

export interface PageLimits {
  /** Of UTF-8, for the whole page. */
  readonly bytes: number;
  /** How many findings are held at most. */
  readonly findings: number;
}

/** How many pools of another verdict are held at most, of those that got worse and of the others. */
const comparedPools = 500;
const overviewLimits: OverviewLimits = { accountsPerGap: 3 };
const measuredPools = 200;
const changedPools: ChangeGroupLimits = { written: 500, others: 20 };

/** A page for GitHub, of at most so many bytes: verdict and coverage, drift worst first, what was not read, and the rest. */
export async function* markdownPage(
  result: Result,
  { fallbackFile }: FormatOptions,
  limits: PageLimits,
): AsyncGenerator<string> {
  const { head } = result;
  const worst = newWorstFindings(limits.findings, (pool, finding) => driftRow(pool, finding, fallbackFile));
  const controls = newControls(head);
  const comparison = newComparison(result, comparedPools);
  const changes = newChangeGroups(changedPools);
  const measured = newMeasuredPools(measuredPools);
  const overview = await collectOverview(result, overviewLimits, (pool) => {
    worst.pool(pool);
    controls.pool(pool);
    comparison.pool(pool);
    changes.pool(pool);
    measured.pool(pool);
  });
  const budget = newBudget(limits.bytes);
  const top = [...topLines(result)].map((line) => `${line}\n`).join('');
  budget.take(top);
  // Drift is what most of the room is for; the smaller parts get their share first, so that none is ever left out.
  const compared = comparisonSection(result, await comparison.found(), budget.share(0.4));
  const changed = changesSection(head, changes, budget.share(0.4));
  budget.take(`${changed}${compared}`);
  const ready = readinessSection(measured, budget.share(0.2));
  budget.take(ready);
  const notRead = notReadSection(overview, head.summary.gaps.open, budget.share(0.25));
  const rest = [
    exceptedSection(head, overview, budget.share(0.08)),
    warningsSection(head, budget.share(0.08)),
    controlsSection(controls.found(), budget.share(0.08)),
  ].join('');
  budget.take(`${notRead}${rest}`);
  yield `${top}${changed}${ready}${compared}${driftSection(worst.found(), budget.share(0.98))}${notRead}${rest}`;
}

/** A program that posts the page again finds its own comment by the first line. */
function* topLines({ head }: Result): Generator<string> {
  const { run, summary } = head;
  yield '<!-- mfa-drift -->';
  yield `## mfa-drift: ${verdictOf(head)}`;
  yield '';
  yield `**${markdownText(verdictInWords(head))}**`;
  for (const narrowing of narrowings(head)) yield `<br>${markdownText(narrowing.slice(0, 500))}`;
  yield '';
  yield* tableHeader(['Covered', '']);
  yield tableRow(['Pools read', `${wholeNumber(readPools(head))} of ${wholeNumber(summary.pools.total)}`]);
  const { audited, listed } = summary.accounts;
  yield tableRow(['Accounts wholly read', `${wholeNumber(audited)} of ${wholeNumber(listed)}`]);
  yield tableRow(['Places not read', wholeNumber(summary.gaps.open)]);
  const took = duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  yield tableRow(['Finished', `${run.finishedAt.slice(0, 16).replace('T', ' ')} UTC, after ${took}`]);
  const policySet = markdownCode(run.policySetSha256.slice(0, 12));
  yield tableRow(['Policy set', `${policySet}, ${counted(run.policySet.length, 'policy', 'policies')}`]);
}
