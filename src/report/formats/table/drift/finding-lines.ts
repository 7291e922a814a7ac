import stringWidth from 'string-width';
import { visible } from '../../../../escape/visible.ts';
import { foundInWords, wantedInWords } from '../../../text/value-words.ts';
import type { SharedFinding } from './drift-groups.ts';
import { padded, shortened, widestOf, wrapped } from '../layout.ts';

interface Row {
  readonly path: string;
  readonly want: string;
  readonly found: string;
  readonly note: string;
}

const indent = '  ';

/**
 * Path, want and found in columns; what is too wide for that has its values below the path. A path is whole wherever it
 * stands, so that it can be copied into an exception; only one that is wider than the page is cut.
 */
export function findingLines(findings: readonly SharedFinding[], columns: number): readonly string[] {
  const rows = findings.map(rowOf);
  const flat = rowsThatFit(rows, columns);
  const widths = widthsOf(flat);
  return rows.flatMap((row) => (flat.includes(row) ? flatLines(row, widths, columns) : stacked(row, columns)));
}

/** The widest rows are left out until the others fit beside each other. */
function rowsThatFit(rows: readonly Row[], columns: number): readonly Row[] {
  const flat = [...rows].sort((one, other) => widthOf(widthsOf([one])) - widthOf(widthsOf([other])));
  while (flat.length > 0 && widthOf(widthsOf(flat)) > columns) flat.pop();
  return flat;
}

interface Widths {
  readonly path: number;
  readonly want: number;
  readonly found: number;
}

function widthsOf(rows: readonly Row[]): Widths {
  return {
    path: widestOf(rows.map((row) => row.path)),
    want: widestOf(rows.map((row) => row.want)),
    found: widestOf(rows.map((row) => row.found)),
  };
}

function widthOf({ path, want, found }: Widths): number {
  return indent.length + path + want + found + '  want   found '.length;
}

function flatLines(row: Row, { path, want, found }: Widths, columns: number): readonly string[] {
  const values = `want ${padded(row.want, want)}  found ${padded(row.found, found)}`;
  const line = `${indent}${padded(row.path, path)}  ${values}`;
  const whole = withNote(line, row, columns);
  return whole === null ? [line.trimEnd(), ...noteLines(row, columns)] : [whole];
}

/** The line with what else is known behind it; `null` where that does not fit. */
function withNote(line: string, { note }: Row, columns: number): string | null {
  if (note === '') return line.trimEnd();
  return stringWidth(line) + 2 + stringWidth(note) <= columns ? `${line}  ${note}` : null;
}

function stacked(row: Row, columns: number): readonly string[] {
  const path = `${indent}${shortened(row.path, columns - indent.length)}`;
  const first = withNote(path, row, columns);
  return [first ?? path, ...valueLines(row, columns), ...(first === null ? noteLines(row, columns) : [])];
}

function valueLines({ want, found }: Row, columns: number): readonly string[] {
  const line = `${indent}  want ${want}  found ${found}`;
  if (stringWidth(line) <= columns) return [line];
  const room = columns - indent.length - '  found '.length;
  return [`${indent}  want  ${shortened(want, room)}`, `${indent}  found ${shortened(found, room)}`];
}

function noteLines({ note }: Row, columns: number): readonly string[] {
  return wrapped(note, columns - indent.length - 2).map((line) => `${indent}  ${line}`);
}

function rowOf({ finding, note }: SharedFinding): Row {
  return {
    path: visible(finding.path),
    want: visible(wantedInWords(finding.expected)),
    found: visible(foundInWords(finding.actual)),
    note,
  };
}
