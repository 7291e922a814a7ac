import type { Finding } from '../../../../domain/result/result.ts';
import { visible } from '../../../../escape/visible.ts';
import { ageInWords, waitInWords } from '../../../text/finding-words.ts';

/** What else is known of a finding: since when, what became of its exception and fix, and its line, unless it is `group`'s. */
export function findingNotes(
  finding: Finding,
  group: { readonly file: string | null; readonly line: number | null },
): string {
  const { exception, fix, file, line } = finding;
  const wait = waitInWords(fix);
  const notes = [
    visible(ageInWords(finding)),
    exception?.expired === true ? `exception expired ${visible(exception.expires)}` : '',
    exception !== null && !exception.expired && exception.hold ? 'held' : '',
    wait === '' ? '' : `not fixed: ${visible(wait)}`,
    file === group.file && line !== group.line && line !== null ? `line ${line}` : '',
  ];
  return notes.filter((note) => note !== '').join(' · ');
}
