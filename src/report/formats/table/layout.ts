/** Text in columns of a terminal, where a wide character takes two. */
import stringWidth from 'string-width';

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cut in the middle, where names differ least: `SoftwareToken….Enabled`. */
export function shortened(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  const tail = taken(parts.toReversed(), Math.floor((width - 1) / 2)).toReversed();
  const head = taken(parts, width - 1 - stringWidth(tail.join('')));
  return `${head.join('')}…${tail.join('')}`;
}

function taken(parts: readonly string[], width: number): string[] {
  const kept: string[] = [];
  let left = width;
  for (const part of parts) {
    left -= stringWidth(part);
    if (left < 0) break;
    kept.push(part);
  }
  return kept;
}

export interface Column {
  readonly natural: number;
  /** It may be cut down to this; the same as `natural` where it must stay whole. */
  readonly least: number;
}

/** Widths that fit into `available`: the widest gives way first. When nothing may give way any more, they are too wide. */
export function fittedWidths(columns: readonly Column[], available: number): readonly number[] {
  const widths = columns.map(({ natural }) => natural);
  for (let excess = sum(widths) - available; excess > 0; excess -= 1) {
    const widest = widestThatGives(columns, widths);
    if (widest === null) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function widestThatGives(columns: readonly Column[], widths: readonly number[]): number | null {
  let widest: number | null = null;
  for (const [index, width] of widths.entries()) {
    if (width <= (columns[index]?.least ?? 0)) continue;
    if (widest === null || width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
}

export function widestOf(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)));
}

/** Lines of at most `width`, broken between words; a longer word stays whole, so that it can be copied. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ (?!%)/)) {
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((each) => each.trimEnd());
}

/** Text that `hung` does not break. */
export function whole(text: string): string {
  return text.replaceAll(' ', '\u00A0');
}

/** Facts that stay whole, with something between them where a line may end. */
export function facts(texts: readonly string[], between = ' · '): string {
  return texts.map(whole).join(breaking(between));
}

/** A line may end after it, and not within. */
export function breaking(between: string): string {
  return `${whole(between.slice(0, -1))} `;
}

/** Facts with something between them, in as many lines as they need; none is broken. */
export function joined(texts: readonly string[], columns: number, between = ' · '): readonly string[] {
  return wrapped(facts(texts, between), columns).map(unprotected);
}

/** An indented line, in as many as it needs; those after the first hang four columns deeper. */
export function hung(line: string, columns: number): readonly string[] {
  if (stringWidth(line) <= columns) return [unprotected(line)];
  const text = line.trimStart();
  const indent = ' '.repeat(line.length - text.length);
  const [first = '', ...rest] = wrapped(text, columns - indent.length - hanging.length);
  return [`${indent}${first}`, ...rest.map((more) => `${indent}${hanging}${more}`)].map(unprotected);
}

const hanging = '    ';

function unprotected(line: string): string {
  return line.replaceAll('\u00A0', ' ').trimEnd();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
