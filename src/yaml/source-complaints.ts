/** All complaints of all files as one error, which says everything in plain lines. */
import { wholeNumber } from '../number-format.ts';
import { ComplaintsError, type Complaint } from '../errors.ts';
import { withoutExternalIds } from './external-ids.ts';
import { inOrder } from './validate.ts';

/** Complaints together with the texts that they are about, for the code frames. */
export class SourceComplaintsError extends ComplaintsError {
  /** Text by file name, without what a complaint never shows. */
  readonly sources: ReadonlyMap<string, string>;

  constructor(complaints: readonly Complaint[], sources: ReadonlyMap<string, string>) {
    const each = sorted(complaints);
    super([...each.slice(0, mostTold).map(oneLine), ...leftOut(each), closingLine(each)], each);
    this.sources = new Map([...sources].map(([file, text]) => [file, withoutExternalIds(text)]));
  }
}

/** Nobody reads more of them at once, and a list of the wrong kind has tens of thousands. */
export const mostTold = 100;

/** A line about those beyond, or none. */
export function leftOut({ length }: readonly Complaint[]): readonly string[] {
  return length > mostTold ? [`… and ${wholeNumber(length - mostTold)} more`] : [];
}

/** By file, line and column, each once. */
export function sorted(complaints: readonly Complaint[]): readonly Complaint[] {
  const byFile = new Map<string, Complaint[]>();
  for (const complaint of complaints) {
    const known = byFile.get(complaint.file);
    if (known === undefined) byFile.set(complaint.file, [complaint]);
    else known.push(complaint);
  }
  return [...byFile.keys()].sort().flatMap((file) => inOrder(byFile.get(file) ?? []));
}

function oneLine(complaint: Complaint): string {
  const hint = complaint.hint === null ? '' : ` (${complaint.hint})`;
  return `${locationOf(complaint)}  ${complaint.message}${hint}`;
}

export function locationOf({ file, line, column }: Complaint): string {
  return line === null ? file : `${file}:${line}:${column ?? 1}`;
}

/** Flags and variables are no files, so they are only counted as errors. */
export function closingLine(complaints: readonly Complaint[]): string {
  const files = new Set(complaints.map(({ file }) => file)).size;
  const errors = complaints.length === 1 ? '1 error' : `${complaints.length} errors`;
  const isAllInFiles = complaints.every(({ line }) => line !== null);
  const where = isAllInFiles ? ` in ${files === 1 ? '1 file' : `${files} files`}` : '';
  return `${errors}${where}; nothing was read or changed.`;
}
