import type { PoolPlace } from '../../domain/model/observation.ts';
import type { Change, RefusedChange } from '../../domain/remediation/model/plan.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { markdownCode, markdownText } from '../text/escape/markdown.ts';
import type { PageOptions } from '../format.ts';
import {
  commentBytes,
  fittedTable,
  newBudget,
  tableHeader,
  tableRow,
  type Budget,
} from '../formats/markdown/budget.ts';
import { readinessLines } from '../text/readiness-words.ts';
import { foundInWords } from '../text/value-words.ts';
import { headline } from './plan-table.ts';
import { patchSections } from './patch/patches-markdown.ts';
import {
  applyCommand,
  isUndoing,
  isWaiting,
  keptBlocks,
  movesOf,
  namesOf,
  undoneWords,
  type Move,
  type PlanView,
} from './plan-view.ts';

/** For a comment on a pull request. A program that posts it again finds its own comment by the first line. */
export function* planMarkdown(view: PlanView, { masking }: PageOptions): Generator<string> {
  const { plan, overLimit } = view;
  const budget = newBudget(commentBytes);
  const top = [
    '<!-- mfa-drift-plan -->',
    '## mfa-drift plan',
    '',
    `**${markdownText(headline(view).replace(/^PLAN {2}/, ''))}**`,
    ...(plan.callerArn === null ? [] : [`<br>Planned by ${markdownCode(plan.callerArn)}.`]),
    ...(plan.endpoints.length === 0
      ? []
      : [`<br>Read through ${markdownText(plan.endpoints.join(', '))}, not from AWS.`]),
    ...(plan.journal === null
      ? []
      : [`<br>Undoes ${markdownCode(plan.journal.file)}, digest ${markdownCode(plan.journal.digest)}.`]),
    ...(plan.complete ? [] : ['<br>Not everything in scope was read: there may be more to change.']),
    ...warningParagraphs(view),
    ...(overLimit === null ? [] : [`<br>**Over the limit: apply would write nothing.** ${markdownText(overLimit)}`]),
  ].join('\n');
  const end = plan.changes.length === 0 ? '' : `\nApply exactly this:\n\n    ${applyCommand(view)}\n`;
  budget.take(`${top}\n${end}`);
  const refused = section(
    'Not changed',
    refusedHeader,
    plan.refused.map((each) => refusedRow(view, each)),
    budget.share(0.4),
  );
  budget.take(refused);
  const patches = patchSections(view, masking !== 'nothing', budget.share(0.5));
  budget.take(patches);
  const changes = plan.changes.map((change) => changeRow(view, change, masking !== 'nothing'));
  yield `${top}\n${section('Changes', changesHeader, changes, budget.share(0.98))}${refused}${patches}${end}`;
}

export function warningParagraphs({ warnings }: Pick<PlanView, 'warnings'>): readonly string[] {
  return warnings.map(({ message }) => `<br>Warning: ${markdownText(message)}`);
}

const changesHeader = tableHeader(['Pool', 'Change', 'Asked by', 'Risk', 'Users', 'Undoing it']);
const refusedHeader = tableHeader(['Pool', 'Code', 'Why']);

function section(title: string, header: readonly string[], rows: readonly string[], budget: Budget): string {
  if (rows.length === 0) return '';
  const { lines, left } = fittedTable(header, rows, budget);
  const more = left === 0 ? '' : `\n… ${wholeNumber(left)} more; all of them are in the plan file.\n`;
  return `\n### ${title}\n\n${lines.join('\n')}\n${more}`;
}

function changeRow(view: PlanView, change: Change, masks: boolean): string {
  const moves = movesOf(change, masks);
  const kept = keptBlocks(change);
  const undoing = isUndoing(change);
  const lines = [
    ...moves.map((move) => `${moveText(move)}${move.because.length === 0 && !undoing ? ' (follows)' : ''}`),
    ...change.remains.map(markdownText),
    ...(kept.length > 0 ? [`kept: ${kept.map(markdownCode).join(', ')}`] : []),
  ];
  const asked = [
    ...new Set(
      change.because.map(({ policy, file, line }) => `${markdownText(policy)}, ${markdownCode(`${file}:${line}`)}`),
    ),
  ];
  const risk =
    change.risk === 'tightening' ? [change.risk] : [`**${change.risk}**`, ...change.reasons.map(markdownText)];
  return tableRow([
    poolCell(view.names, change),
    lines.join('<br>'),
    undoing ? 'the rollback' : asked.join('<br>'),
    [...risk, ...readinessText(change), ...change.lockout.map(markdownText)].join('<br>'),
    counted(change.users, 'user'),
    undoing ? '' : [undoneWords[change.reversible], ...change.lost.map(markdownText)].join('<br>'),
  ]);
}

function readinessText(change: Change): readonly string[] {
  const [first, ...rest] = readinessLines(change.readiness).map(markdownText);
  return first === undefined ? [] : [`${isWaiting(change) ? 'rolling out: ' : ''}${first}`, ...rest];
}

export function moveText({ path, from, to }: Move): string {
  return `${markdownCode(path)} ${markdownCode(foundInWords(from))} → ${markdownCode(foundInWords(to))}`;
}

function refusedRow(view: PlanView, refused: RefusedChange): string {
  return tableRow([poolCell(view.names, refused), markdownCode(refused.code), markdownText(refused.message)]);
}

export function poolCell(names: PlanView['names'], place: PoolPlace): string {
  const { accountName, poolName } = namesOf(names, place);
  return [
    markdownText(accountName ?? ''),
    markdownCode(place.accountId),
    markdownCode(place.region),
    markdownText(poolName),
    markdownCode(place.poolId),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
