import type { PoolOutcome } from '../../domain/remediation/model/outcome.ts';
import { wholeNumber } from '../../number-format.ts';
import { markdownCode, markdownText } from '../text/escape/markdown.ts';
import type { PageOptions } from '../format.ts';
import { commentBytes, fittedTable, newBudget, tableHeader, tableRow } from '../formats/markdown/budget.ts';
import { attentionFirst, applyResultInWords, movesMade, outcomeWords, type ApplyReport } from './apply-report.ts';
import { moveText, poolCell, warningParagraphs } from './plan-markdown.ts';

export function* applyReportMarkdown(view: ApplyReport, { masking }: PageOptions): Generator<string> {
  const journal =
    view.journal === null
      ? ''
      : `\nJournal: ${markdownCode(view.journal.file)}, digest ${markdownCode(view.journal.digest)}\n`;
  const top = `<!-- mfa-drift-${view.command} -->\n## mfa-drift ${view.command}\n\n${[`**${markdownText(applyResultInWords(view))}**`, ...warningParagraphs(view)].join('\n')}\n`;
  const budget = newBudget(commentBytes);
  budget.take(`${top}${journal}`);
  const rows = attentionFirst(view.outcomes).map((outcome) => outcomeRow(view, outcome, masking !== 'nothing'));
  const { lines, left } = fittedTable(tableHeader(['Pool', 'Outcome', 'Change']), rows, budget.share(0.98));
  const more = left === 0 ? '' : `\n… ${wholeNumber(left)} more; all of them are in the journal.\n`;
  yield `${top}${lines.length === 0 ? '' : `\n${lines.join('\n')}\n`}${more}${journal}`;
}

/** Of a table with the columns Pool, Outcome, Change. */
export function outcomeRow(view: Pick<ApplyReport, 'origin' | 'names'>, outcome: PoolOutcome, masks: boolean): string {
  const { message } = outcome;
  const moves = movesMade(outcome, masks);
  const words = markdownText(outcomeWords(view, outcome));
  return tableRow([
    poolCell(view.names, outcome),
    outcome.outcome === 'applied' ? words : `**${words}**`,
    [...moves.map(moveText), ...(message === '' ? [] : [markdownText(message)])].join('<br>'),
  ]);
}
