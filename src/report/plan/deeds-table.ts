import type { PoolOutcome } from '../../domain/remediation/outcome.ts';
import { visible } from '../escape/visible.ts';
import type { FormatOptions } from '../format.ts';
import { wrapped } from '../table/layout.ts';
import { newPage, type Page } from '../table/page.ts';
import { attentionFirst, deedsInWords, outcomeWords, type DeedsView } from './deeds-view.ts';
import { poolHeading, moveLines } from './plan-table.ts';
import { movesOf } from './plan-view.ts';

const titles = { apply: 'APPLIED', rollback: 'ROLLED BACK' } as const;

export function* deedsTable(view: DeedsView, options: FormatOptions): Generator<string> {
  const page = newPage(options);
  yield `${titles[view.command]}  ${deedsInWords(view)}\n`;
  for (const outcome of attentionFirst(view.outcomes)) {
    yield `\n${outcomeLines(view, outcome, options.redact, page).join('\n')}\n`;
  }
  if (view.journal !== null) yield `\njournal: ${visible(view.journal)}\n`;
}

function outcomeLines(view: DeedsView, outcome: PoolOutcome, masks: boolean, page: Page): readonly string[] {
  const { before, after, because, message } = outcome;
  const moves =
    outcome.outcome === 'applied' && before !== null && after !== null
      ? movesOf({ before, after, because }, masks)
      : [];
  return [
    `${paintedOutcome(view, outcome, page)}  ${poolHeading(view.names, outcome)}`,
    ...moveLines(moves, page.columns),
    ...(message === '' ? [] : wrapped(visible(message), page.columns - 4).map((line) => `    ${line}`)),
  ];
}

function paintedOutcome(view: DeedsView, outcome: PoolOutcome, { paint }: Page): string {
  const text = outcomeWords(view, outcome);
  if (outcome.outcome === 'applied' || outcome.outcome === 'unchanged') return paint.good(text);
  return outcome.outcome === 'failed' || outcome.outcome === 'unknown' ? paint.bad(text) : paint.unknown(text);
}
