/** How a person sees complaints: place, sentence, the lines of the file, and the way out. */
import { styleText } from 'node:util';
import stringWidth from 'string-width';
import type { Complaint, ComplaintsError } from '../errors.ts';
import { visible } from '../escape/visible.ts';
import { closingLine, placeOf, sorted, SourceComplaintsError } from './source-complaints.ts';

/** Ends in one newline. Control characters of the files are shown, not sent to the terminal. */
export function renderComplaints(error: ComplaintsError, color = false): string {
  const sources = error instanceof SourceComplaintsError ? error.sources : new Map<string, string>();
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const complaints = sorted(error.complaints);
  const blocks = complaints.map((complaint) => block(complaint, sources.get(complaint.file), paint));
  return `${[...blocks, closingLine(complaints)].join('\n')}\n`;
}

type Paint = (style: 'bold' | 'red' | 'dim', text: string) => string;

function block(complaint: Complaint, source: string | undefined, paint: Paint): string {
  const head = `${paint('bold', visible(placeOf(complaint)))}  ${visible(complaint.message)}`;
  if (complaint.line === null || source === undefined) {
    return complaint.hint === null ? head : `${head}\n    ${visible(complaint.hint)}`;
  }
  return [head, ...frame(complaint, complaint.line, source, paint)].join('\n');
}

/** The line before and the line itself, with the place underlined and the way out behind it. */
function frame({ column, width, hint }: Complaint, line: number, source: string, paint: Paint): readonly string[] {
  const lines = source.split(/\r?\n/).map(spaced);
  const gutter = (label: string): string => paint('dim', `${label.padStart(4)} │ `);
  const isBlank = (lines[line - 2] ?? '').trim() === '';
  const shown = isBlank ? [line] : [line - 1, line];
  const text = source.split(/\r?\n/)[line - 1] ?? '';
  const start = (column ?? 1) - 1;
  const indent = ' '.repeat(stringWidth(visible(spaced(text.slice(0, start)))));
  const mark = '^'.repeat(Math.max(1, stringWidth(visible(spaced(text.slice(start, start + width))))));
  const way = hint === null ? '' : ` ${visible(hint)}`;
  return [
    ...shown.map((number) => `${gutter(String(number))}${visible(lines[number - 1] ?? '')}`),
    `${gutter('')}${indent}${paint('red', mark)}${way}`,
  ];
}

/** A tab takes the room of two spaces in every terminal. */
function spaced(text: string): string {
  return text.replaceAll('\t', '  ');
}
