import type { ResultHead } from '../../../domain/result/result.ts';
import { counted } from '../../../number-format.ts';
import type { ChangeGroups } from '../../views/change-groups.ts';
import { clipped } from '../../text/clip.ts';
import { markdownCode, markdownText } from '../../text/escape/markdown.ts';
import { outcomeRow } from '../../plan/apply-report-markdown.ts';
import { remediationInWords } from '../../text/remediation-words.ts';
import { fittedTable, tableHeader, type Budget } from './budget.ts';

const messageCharacters = 500;

/** What `--remediate` did: a row for each pool, as `apply` says it, with the journal that undoes it. */
export function changesSection(
  { summary: { remediation } }: ResultHead,
  changes: ChangeGroups,
  budget: Budget,
): string {
  const words = remediation === null ? '' : remediationInWords(remediation);
  if (remediation === null || words === '') return '';
  const { journal } = remediation;
  const undoes =
    journal === null
      ? ''
      : `\nJournal: ${markdownCode(clipped(journal.file, 200))}, digest ${markdownCode(journal.digest)}\n`;
  const top = `\n### Changes\n\n${markdownText(clipped(words, messageCharacters))}.\n${undoes}`;
  budget.take(top);
  const groups = changes.groups();
  const view = { origin: 'policies', names: changes.names() } as const;
  const named = groups.flatMap(({ pools }) => pools);
  const rows = named.map((each) =>
    outcomeRow(view, { ...each, message: clipped(each.message, messageCharacters) }, false),
  );
  const { lines, left } = fittedTable(tableHeader(['Pool', 'Outcome', 'Change']), rows, budget);
  const unnamed = left + groups.reduce((sum, { count }) => sum + count, 0) - named.length;
  const more = unnamed === 0 ? '' : `\n${counted(unnamed, 'more pool')} not shown here.\n`;
  return `${top}${lines.length === 0 ? '' : `\n${lines.join('\n')}\n`}${more}`;
}
