/** All complaints of all files as one error, and how a person sees them: place, sentence, the lines, the way out. */
import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { ComplaintsError, type Complaint } from '../errors.ts';
import { inOrder } from './validate.ts';

/** Complaints together with the texts that they are about, for the code frames. */
export class SourceComplaintsError extends ComplaintsError {
  /** Text by file name. */
  readonly sources: ReadonlyMap<string, string>;

  constructor(complaints: readonly Complaint[], sources: ReadonlyMap<string, string>) {
    const each = sorted(complaints);
    super([...each.map(oneLine), closingLine(each)].join('\n'), each);
    this.sources = sources;
  }
}

/** Ends in one newline. Control characters of the files are shown, not sent to the terminal. */
export function renderComplaints(error: ComplaintsError, color = false): string {
  const sources = error instanceof SourceComplaintsError ? error.sources : new Map<string, string>();
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const complaints = sorted(error.complaints);
  const blocks = complaints.map((complaint) => block(complaint, sources.get(complaint.file), paint));
  return `${[...blocks, closingLine(complaints)].join('\n')}\n`;
}

type Paint = (style: 'bold' | 'red' | 'dim', text: string) => string;

/** By file, line and column, each once. */
function sorted(complaints: readonly Complaint[]): readonly Complaint[] {
  const files = [...new Set(complaints.map(({ file }) => file))].sort();
  return files.flatMap((file) => inOrder(complaints.filter((complaint) => complaint.file === file)));
}

function block(complaint: Complaint, source: string | undefined, paint: Paint): string {
  const head = `${paint('bold', visible(placeOf(complaint)))}  ${visible(complaint.message)}`;
  if (complaint.line === null || source === undefined) {
    return complaint.hint === null ? head : `${head}\n    ${visible(complaint.hint)}`;
  }
  return [head, ...frame(complaint, complaint.line, source, paint)].join('\n');
}

/** The line before and the line itself, with the place underlined and the way out behind it. */
function frame({ column, width, hint }: Complaint, line: number, source: string, paint: Paint): readonly string[] {
  const lines = source.split(/\r?\n/);
  const gutter = (label: string): string => paint('dim', `${label.padStart(4)} │ `);
  const shown = [line - 1, line].filter((number) => number > 0 && lines[number - 1]?.trim() !== '');
  const text = lines[line - 1] ?? '';
  const start = (column ?? 1) - 1;
  const indent = ' '.repeat(stringWidth(visible(text.slice(0, start))));
  const mark = '^'.repeat(Math.max(1, stringWidth(visible(text.slice(start, start + width)))));
  const way = hint === null ? '' : ` ${visible(hint)}`;
  return [
    ...shown.map((number) => `${gutter(String(number))}${visible(lines[number - 1] ?? '')}`),
    `${gutter('')}${indent}${paint('red', mark)}${way}`,
  ];
}

function oneLine(complaint: Complaint): string {
  const hint = complaint.hint === null ? '' : ` (${complaint.hint})`;
  return visible(`${placeOf(complaint)}  ${complaint.message}${hint}`);
}

function placeOf({ file, line, column }: Complaint): string {
  return line === null ? file : `${file}:${line}:${column ?? 1}`;
}

/** Flags and variables are no files, so they are only counted as errors. */
function closingLine(complaints: readonly Complaint[]): string {
  const files = new Set(complaints.map(({ file }) => file)).size;
  const errors = complaints.length === 1 ? '1 error' : `${complaints.length} errors`;
  const isAllInFiles = complaints.every(({ line }) => line !== null);
  const where = isAllInFiles ? ` in ${files === 1 ? '1 file' : `${files} files`}` : '';
  return `${errors}${where}; nothing was read or changed.`;
}

/** Characters that steer a terminal or turn the direction of text stand as their code; a tab counts as two spaces. */
export function visible(text: string): string {
  return text
    .replaceAll('\t', '  ')
    .replaceAll(/[\p{Cc}\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\u{${code.toString(16)}}`;
    });
}
