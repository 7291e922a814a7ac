import type { PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import { visible } from '../../escape/visible.ts';
import type { PageOptions } from '../format.ts';
import { wrapped } from '../formats/table/layout.ts';
import { newPage, type TablePage } from '../formats/table/page.ts';
import { attentionFirst, applyResultInWords, movesMade, outcomeWords, type ApplyReport } from './apply-report.ts';
import { poolHeading, moveLines, warningLines } from './plan-table.ts';

export function* applyReportTable(view: ApplyReport, options: PageOptions): Generator<string> {
  const page = newPage(options);
  yield `${titleOf(view)}  ${applyResultInWords(view)}\n`;
  yield* poolGroups(view, view.outcomes, options.masking !== 'nothing', page);
  const warnings = warningLines(view, page);
  if (warnings.length > 0) yield `\n${warnings.join('\n')}\n`;
  if (view.journal !== null)
    yield `\njournal: ${visible(view.journal.file)}\n  ${visible(view.journal.digest)}\n  by ${visible(view.callerArn)}\n`;
}

function titleOf({ command, origin }: ApplyReport): string {
  if (origin === 'rollback') return 'ROLLED BACK';
  return command === 'audit' ? 'CHANGED' : 'APPLIED';
}

/** Pools, those first that somebody has to act on. */
export function* poolGroups(
  view: Named,
  outcomes: readonly PoolOutcome[],
  masks: boolean,
  page: TablePage,
): Generator<string> {
  for (const group of alike(attentionFirst(outcomes))) yield `\n${groupLines(view, group, masks, page).join('\n')}\n`;
}

type Named = Pick<ApplyReport, 'origin' | 'names'>;

/** Neighbours that say the same, such as all that one limit stopped. */
function alike(outcomes: readonly PoolOutcome[]): readonly (readonly PoolOutcome[])[] {
  const groups: PoolOutcome[][] = [];
  for (const outcome of outcomes) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && isAlike(last[0], outcome)) last.push(outcome);
    else groups.push([outcome]);
  }
  return groups;
}

function isAlike(a: PoolOutcome, b: PoolOutcome): boolean {
  return a.outcome !== 'applied' && a.outcome === b.outcome && a.code === b.code && a.message === b.message;
}

/** Pools that say the same: each with what was written, and then what is said of them. */
export function groupLines(
  view: Named,
  group: readonly PoolOutcome[],
  masks: boolean,
  page: TablePage,
): readonly string[] {
  const message = group[0]?.message ?? '';
  return [
    ...group.flatMap((outcome) => [
      ...poolHeading(`${paintedOutcome(view, outcome, page)}${riskOf(outcome)}  `, view.names, outcome, page),
      ...moveLines(movesMade(outcome, masks), page.columns),
    ]),
    ...(message === '' ? [] : wrapped(visible(message), page.columns - 4).map((line) => `    ${line}`)),
  ];
}

/** Of what was, or may have been, written. */
function riskOf({ outcome, risk }: PoolOutcome): string {
  const isWritten = outcome === 'applied' || outcome === 'failed' || outcome === 'unknown';
  return isWritten && risk !== null ? ` · ${risk}` : '';
}

function paintedOutcome(view: Named, outcome: PoolOutcome, { paint }: TablePage): string {
  const text = visible(outcomeWords(view, outcome));
  if (outcome.outcome === 'applied' || outcome.outcome === 'unchanged') return paint.good(text);
  return outcome.outcome === 'failed' || outcome.outcome === 'unknown' ? paint.bad(text) : paint.unknown(text);
}
