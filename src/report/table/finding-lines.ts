import stringWidth from 'string-width';
import type { Finding } from '../../domain/result.ts';
import { visible } from '../escape/visible.ts';
import { ageInWords } from '../finding-words.ts';
import { foundInWords, wantedInWords } from '../value-words.ts';
import { padded, shortened, widestOf } from './layout.ts';

interface Row {
  readonly path: string;
  readonly want: string;
  readonly found: string;
  readonly note: string;
}

const indent = '    ';
const leastPathWidth = 24;

/** Path, want and found in one line each where that fits; else each value has a line of its own. */
export function findingLines(
  findings: readonly Finding[],
  group: { readonly file: string | null; readonly line: number | null },
  columns: number,
): readonly string[] {
  const rows = findings.map((finding) => rowOf(finding, group));
  const want = widestOf(rows.map((row) => row.want));
  const found = widestOf(rows.map((row) => row.found));
  const natural = widestOf(rows.map((row) => row.path));
  const room = columns - indent.length - want - found - '  want   found '.length;
  const least = Math.min(leastPathWidth, natural);
  if (room < least) return rows.flatMap((row) => stacked(row, columns));
  const besideNotes = room - widestOf(rows.map((row) => row.note)) - 2;
  const path = Math.min(natural, besideNotes < least ? room : besideNotes);
  return rows.flatMap((row) => {
    const name = padded(shortened(row.path, path), path);
    return noted(
      `${indent}${name}  want ${padded(row.want, want)}  found ${padded(row.found, found)}`,
      row.note,
      columns,
    );
  });
}

function noted(line: string, note: string, columns: number): readonly string[] {
  if (note === '') return [line.trimEnd()];
  if (stringWidth(line) + 2 + stringWidth(note) <= columns) return [`${line}  ${note}`];
  return [line.trimEnd(), `${indent}  ${note}`];
}

function stacked({ path, want, found, note }: Row, columns: number): readonly string[] {
  return [
    ...noted(`${indent}${shortened(path, columns - indent.length)}`, note, columns),
    `${indent}  want   ${shortened(want, columns - 13)}`,
    `${indent}  found  ${shortened(found, columns - 13)}`,
  ];
}

function rowOf(finding: Finding, group: { readonly file: string | null; readonly line: number | null }): Row {
  return {
    path: visible(finding.path),
    want: visible(wantedInWords(finding.expected)),
    found: visible(foundInWords(finding.actual)),
    note: noteOf(finding, group),
  };
}

function noteOf(finding: Finding, group: { readonly file: string | null; readonly line: number | null }): string {
  const { exception, fix, file, line } = finding;
  const notes = [
    visible(ageInWords(finding)),
    exception?.expired === true ? `exception expired ${visible(exception.expires)}` : '',
    exception !== null && !exception.expired && exception.hold ? 'held' : '',
    typeof fix?.refused === 'string' ? `not fixed: ${visible(fix.refused)}` : '',
    file === group.file && line !== group.line && line !== null ? `line ${line}` : '',
  ];
  return notes.filter((note) => note !== '').join(' · ');
}
