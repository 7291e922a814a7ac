import type { PoolPlace } from '../../domain/model/observation.ts';
import stringWidth from 'string-width';
import type { Because, Change, RefusedChange } from '../../domain/remediation/model/plan.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { visible } from '../../escape/visible.ts';
import type { PageOptions } from '../format.ts';
import { facts, hung, joined, padded, shortened, widestOf, wrapped } from '../formats/table/layout.ts';
import { newPage, type TablePage } from '../formats/table/page.ts';
import { readinessLines } from '../text/readiness-words.ts';
import { foundInWords } from '../text/value-words.ts';
import { patchBlocks } from './patch/patches-table.ts';
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

const indent = '    ';

/** For a person at a terminal: each pool that changes, member by member, and each that does not, with its reason. */
export function* planTable(view: PlanView, options: PageOptions): Generator<string> {
  const page = newPage(options);
  yield `${hung(facts(headline(view).split(' · ')), page.columns).join('\n')}\n`;
  const { journal, callerArn } = view.plan;
  if (callerArn !== null) yield `planned by ${visible(callerArn)}\n`;
  if (journal !== null) yield `undoes ${visible(journal.file)}\n  ${visible(journal.digest)}\n`;
  for (const change of view.plan.changes)
    yield `\n${changeLines(view.names, change, options.masking !== 'nothing', page).join('\n')}\n`;
  for (const refused of view.plan.refused) yield `\n${refusedLines(view, refused, page).join('\n')}\n`;
  yield* patchBlocks(view, options.masking !== 'nothing', page);
  yield closing(view, page);
}

export function headline({ plan }: PlanView): string {
  const { changes, refused, poolsRead } = plan;
  const parts = [
    counted(changes.length, 'pool changes', 'pools change'),
    ...(refused.length > 0
      ? [
          `${wholeNumber(refused.length)} ${refused.length === 1 ? 'stays as it is and says' : 'stay as they are and say'} why`,
        ]
      : []),
    `${counted(poolsRead, 'pool')} read`,
    `digest ${plan.digest.slice(0, 19)}…`,
  ];
  return `PLAN  ${parts.join(' · ')}`;
}

export function changeLines(
  names: PlanView['names'],
  change: Change,
  masks: boolean,
  page: TablePage,
): readonly string[] {
  const { risk, users, reversible, reasons, readiness, lockout, lost, remains } = change;
  const painted = risk === 'tightening' ? page.paint.good(risk) : page.paint.bad(risk);
  const kept = keptBlocks(change);
  const undoing = isUndoing(change);
  return [
    ...poolHeading('~ ', names, change, page),
    `  ${painted} · ${counted(users, 'user')}${undoing ? '' : ` · ${undoneWords[reversible]}`}`,
    ...moveLines(movesOf(change, masks), page.columns, undoing ? '' : 'follows from it'),
    ...(kept.length > 0 ? notes('kept', [kept.map(visible).join(', ')], page) : []),
    ...(risk === 'tightening' ? [] : notes('risk', reasons, page)),
    ...notes(isWaiting(change) ? 'rolling out' : 'ready', readinessLines(readiness), page),
    ...notes('locked out', lockout, page),
    ...notes('stays', remains, page),
    ...(undoing ? [] : notes('lost when undone', lost, page)),
  ];
}

function refusedLines(view: PlanView, refused: RefusedChange, page: TablePage): readonly string[] {
  return [
    ...poolHeading('! ', view.names, refused, page),
    `  ${page.paint.unknown(`not changed: ${refused.code}`)}`,
    ...wrapped(visible(refused.message), page.columns - indent.length).map((line) => `${indent}${line}`),
  ];
}

/** What is said of a pool, its account, region, name and id. A part that does not fit stands below, whole, to be copied. */
export function poolHeading(
  said: string,
  names: PlanView['names'],
  place: PoolPlace,
  { columns }: Pick<TablePage, 'columns'>,
): readonly string[] {
  const { accountId, region, poolId } = place;
  const { accountName, poolName } = namesOf(names, place);
  const account = accountName === null ? accountId : `${accountName} ${accountId}`;
  const parts = [account, region, poolName, poolId].map(visible).filter((part) => part !== '');
  const [first = '', ...others] = parts;
  const begun = `${said}${first}`;
  const line = [begun, ...others].join('  ');
  if (stringWidth(line) <= columns) return [line];
  const [top = '', ...below] = joined([begun, ...others], columns - indent.length, '  ');
  return [top, ...below.map((each) => `${indent}${each.trimStart()}`)];
}

/** `path   from → to   policy, file:line`; what does not fit beside stands below. */
export function moveLines(moves: readonly Move[], columns: number, follows = ''): readonly string[] {
  const rows = moves.map(({ path, from, to, because }) => ({
    path: visible(path),
    from: visible(foundInWords(from)),
    to: visible(foundInWords(to)),
    asked: because.length === 0 ? follows : because.map(lineInWords).join(' · '),
  }));
  const path = widestOf(rows.map((row) => row.path));
  const from = widestOf(rows.map((row) => row.from));
  const to = widestOf(rows.map((row) => row.to));
  return rows.flatMap((row) => {
    const line = `${indent}${padded(row.path, path)}   ${padded(row.from, from)} → ${padded(row.to, to)}`;
    const asked = row.asked === '' ? [] : [`${indent}  ${row.asked}`];
    if (stringWidth(line) > columns) {
      return [`${indent}${row.path}`, `${indent}  ${shortened(`${row.from} → ${row.to}`, columns - 6)}`, ...asked];
    }
    const isBeside = stringWidth(line) + 3 + stringWidth(row.asked) <= columns;
    return isBeside ? [`${line}   ${row.asked}`.trimEnd()] : [line.trimEnd(), ...asked];
  });
}

function lineInWords({ policy, file, line }: Because): string {
  return `${visible(policy)}, ${visible(file)}:${line}`;
}

function notes(label: string, texts: readonly string[], { columns }: TablePage): readonly string[] {
  return texts.flatMap((text) =>
    wrapped(`${label}: ${visible(text)}`, columns - indent.length).map(
      (line, index) => `${indent}${index === 0 ? '' : '  '}${line}`,
    ),
  );
}

export function warningLines(
  { warnings }: Pick<PlanView, 'warnings'>,
  { columns, paint }: TablePage,
): readonly string[] {
  return warnings.flatMap(({ message }) =>
    wrapped(`warning: ${visible(message)}`, columns).map((line) => paint.unknown(line)),
  );
}

function closing(view: PlanView, page: TablePage): string {
  const { plan, overLimit } = view;
  const lines: string[] = [...warningLines(view, page)];
  if (plan.endpoints.length > 0)
    lines.push(page.paint.unknown(`read through ${plan.endpoints.map(visible).join(', ')}, not from AWS`));
  if (!plan.complete) lines.push(page.paint.unknown('Not everything in scope was read: there may be more to change.'));
  if (overLimit !== null) lines.push(page.paint.bad(`Over the limit: apply would write nothing. ${overLimit}`));
  const once = overLimit === null ? '' : ', once the limit is raised';
  if (plan.changes.length > 0) lines.push(`apply exactly this${once}:  ${applyCommand(view)}`);
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n`;
}
