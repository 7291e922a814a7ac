/** How a person sees complaints: place, sentence, the lines of the file, and the way out. */
import { styleText } from 'node:util';
import stringWidth from 'string-width';
import type { Complaint, ComplaintsError } from '../errors.ts';
import { visible } from '../escape/visible.ts';
import { closingLine, leftOut, locationOf, mostTold, sorted, SourceComplaintsError } from './source-complaints.ts';

/** Ends in one newline. Control characters of the files are shown, not sent to the terminal. */
export function renderComplaints(error: ComplaintsError, color = false): string {
  const sources = error instanceof SourceComplaintsError ? error.sources : new Map<string, string>();
  const lines = new Map([...sources].map(([file, text]) => [file, text.split(/\r?\n/)]));
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const complaints = sorted(error.complaints);
  const blocks = complaints.slice(0, mostTold).map((complaint) => block(complaint, lines.get(complaint.file), paint));
  return `${[...blocks, ...leftOut(complaints), closingLine(complaints)].join('\n')}\n`;
}

type Paint = (style: 'bold' | 'red' | 'dim', text: string) => string;

function block(complaint: Complaint, lines: readonly string[] | undefined, paint: Paint): string {
  const head = `${paint('bold', visible(locationOf(complaint)))}  ${visible(complaint.message)}`;
  if (complaint.line === null || lines === undefined) {
    return complaint.hint === null ? head : `${head}\n    ${visible(complaint.hint)}`;
  }
  return [head, ...frame(complaint, complaint.line, lines, paint)].join('\n');
}

/** The line before and the line itself, with the place underlined and the way out behind it. */
function frame(
  { column, width, hint }: Complaint,
  line: number,
  lines: readonly string[],
  paint: Paint,
): readonly string[] {
  const gutter = (label: string): string => paint('dim', `${label.padStart(4)} │ `);
  const before = lines[line - 2] ?? '';
  const start = (column ?? 1) - 1;
  const at = window(lines[line - 1] ?? '', start, width);
  const mark = '^'.repeat(Math.max(1, stringWidth(at.marked)));
  const way = hint === null ? '' : ` ${visible(hint)}`;
  return [
    ...(before.trim() === '' ? [] : [`${gutter(String(line - 1))}${window(before, 0, 0).text}`]),
    `${gutter(String(line))}${at.text}`,
    `${gutter('')}${' '.repeat(stringWidth(at.before))}${paint('red', mark)}${way}`,
  ];
}

/** Longer lines are shown in part: a list of thousands may stand in one. */
const longestLine = 200;
const beforeLocation = 60;

interface Window {
  readonly text: string;
  readonly before: string;
  readonly marked: string;
}

/** The line, or what is around the place in it, as it is shown. */
function window(line: string, start: number, width: number): Window {
  const from = line.length <= longestLine ? 0 : Math.max(0, start - beforeLocation);
  const to = line.length <= longestLine ? line.length : Math.min(line.length, from + longestLine);
  const cut = (begin: number, end: number): string =>
    visible(line.slice(begin, Math.min(end, to)).replaceAll('\t', '  '));
  const lead = from === 0 ? '' : '…';
  return {
    text: `${lead}${cut(from, to)}${to < line.length ? '…' : ''}`,
    before: `${lead}${cut(from, start)}`,
    marked: cut(start, start + width),
  };
}
