/** What a person is shown above the question whether it shall be done. */
import type { Change } from '../../domain/remediation/model/plan.ts';
import type { PageOptions } from '../format.ts';
import { wrapped } from '../formats/table/layout.ts';
import { newPage, type TablePage } from '../formats/table/page.ts';
import { changeLines } from './plan-table.ts';
import type { PlanView } from './plan-view.ts';

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

function inLines(sentences: readonly string[], { columns }: TablePage): string {
  return sentences.flatMap((sentence) => wrapped(sentence, columns)).join('\n');
}
