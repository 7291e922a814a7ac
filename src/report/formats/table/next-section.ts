import stringWidth from 'string-width';
import type { NextStep } from '../../format.ts';
import { commandLine } from '../../text/shell-words.ts';
import { padded, widestOf } from './layout.ts';
import type { TablePage } from './page.ts';

/** What to type next. A command stays in one line, however long, so that it can be copied. */
export function* nextSection(steps: readonly NextStep[], { columns }: TablePage): Generator<string> {
  if (steps.length === 0) return;
  yield '';
  const width = widestOf(steps.map(({ about }) => about));
  const lines = steps.map(({ about, command }) => `${padded(about, width)}  ${commandLine(command)}`);
  if (lines.every((line) => stringWidth(line) <= columns)) yield* lines;
  else for (const { about, command } of steps) yield* [about, `  ${commandLine(command)}`];
}
