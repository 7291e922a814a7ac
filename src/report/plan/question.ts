/** What a person is shown above the question whether it shall be done. */
import type { Returning } from '../../domain/remediation/model/outcome.ts';
import type { Change } from '../../domain/remediation/model/plan.ts';
import { counted } from '../../number-format.ts';
import type { PageOptions } from '../format.ts';
import { wrapped } from '../formats/table/layout.ts';
import { newPage, type Page } from '../formats/table/page.ts';
import { changeLines, moveLines, poolHeading } from './plan-table.ts';
import { movesOf, type PlanView } from './plan-view.ts';

/** The plan again, as far as it would be carried out, and the numbers below it. */
export function applyQuestion(
  changes: readonly Change[],
  names: PlanView['names'],
  numbers: readonly string[],
  options: PageOptions,
): string {
  const page = newPage(options);
  const pools = changes.map(
    (change) => `${changeLines(names, change, options.masking !== 'nothing', page).join('\n')}\n`,
  );
  return [...pools, `${inLines(numbers, page)}\n`].join('\n');
}

/** Every pool that would be brought back, and the numbers below. */
export function rollbackQuestion(
  pools: readonly Returning[],
  numbers: readonly string[],
  options: PageOptions,
): string {
  const page = newPage(options);
  const lines = pools.map((each) => `${returningLines(each, options.masking !== 'nothing', page).join('\n')}\n`);
  return [...lines, `${inLines(numbers, page)}\n`].join('\n');
}

function returningLines(each: Returning, masks: boolean, page: Page): readonly string[] {
  const { outcome, risk } = each;
  const { accountId, region, poolId, poolName, users } = outcome;
  const names = new Map([[`${accountId}/${region}/${poolId}`, { accountName: null, poolName }]]);
  const painted = risk === 'tightening' ? page.paint.good(risk) : page.paint.bad(risk);
  return [
    ...poolHeading('~ ', names, outcome, page),
    `  ${painted}${users === null ? '' : ` · ${counted(users, 'user')}`}`,
    ...moveLines(movesOf(each, masks), page.columns),
  ];
}

function inLines(sentences: readonly string[], { columns }: Page): string {
  return sentences.flatMap((sentence) => wrapped(sentence, columns)).join('\n');
}
