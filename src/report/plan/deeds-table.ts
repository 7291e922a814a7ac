import type { PoolOutcome } from '../../domain/remediation/outcome.ts';
import { visible } from '../../escape/visible.ts';
import type { PageOptions } from '../format.ts';
import { wrapped } from '../table/layout.ts';
import { newPage, type Page } from '../table/page.ts';
import { attentionFirst, deedsInWords, movesMade, outcomeWords, type DeedsView } from './deeds-view.ts';
import { poolHeading, moveLines } from './plan-table.ts';

const titles = { apply: 'APPLIED', rollback: 'ROLLED BACK' } as const;

export function* deedsTable(view: DeedsView, options: PageOptions): Generator<string> {
  const page = newPage(options);
  yield `${titles[view.command]}  ${deedsInWords(view)}\n`;
  for (const group of alike(attentionFirst(view.outcomes))) {
    yield `\n${groupLines(view, group, options.masking !== 'nothing', page).join('\n')}\n`;
  }
  if (view.journal !== null) yield `\njournal: ${visible(view.journal)}\n`;
}

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

function groupLines(view: DeedsView, group: readonly PoolOutcome[], masks: boolean, page: Page): readonly string[] {
  const message = group[0]?.message ?? '';
  return [
    ...group.flatMap((outcome) => [
      `${paintedOutcome(view, outcome, page)}  ${poolHeading(view.names, outcome)}`,
      ...moveLines(movesMade(outcome, masks), page.columns),
    ]),
    ...(message === '' ? [] : wrapped(visible(message), page.columns - 4).map((line) => `    ${line}`)),
  ];
}

function paintedOutcome(view: DeedsView, outcome: PoolOutcome, { paint }: Page): string {
  const text = outcomeWords(view, outcome);
  if (outcome.outcome === 'applied' || outcome.outcome === 'unchanged') return paint.good(text);
  return outcome.outcome === 'failed' || outcome.outcome === 'unknown' ? paint.bad(text) : paint.unknown(text);
}
