/** A copy of a journal that may be handed on: without the external ids of SMS roles, and a chain of its own. */
import { maskObject } from '../../domain/policy/advice/masked-fields.ts';
import { jsonLine } from '../../escape/json.ts';
import { digestOfLine, type JournalEntry, type JournalStart } from './format.ts';

export interface MaskedJournal {
  readonly lines: readonly string[];
  /** The journal's own where nothing had to be masked. */
  readonly digest: string;
}

export function maskedJournal({
  start,
  entries,
}: {
  readonly start: JournalStart;
  readonly entries: readonly JournalEntry[];
}): MaskedJournal {
  const lines = [jsonLine(start)];
  let digest = digestOfLine(lines[0] ?? '');
  for (const entry of entries) {
    const { before, call, after } = entry;
    const masked = { before: maskObject(before), call: maskObject(call), after: maskObject(after) };
    const line = jsonLine({ ...entry, ...masked, previous: digest });
    lines.push(line);
    digest = digestOfLine(line);
  }
  return { lines, digest };
}
