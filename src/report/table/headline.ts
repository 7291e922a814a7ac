import { severities, type ResultHead } from '../../domain/result.ts';
import { duration, wholeNumber } from '../../words.ts';
import { visible } from '../escape/visible.ts';
import { narrowings, verdictInWords, verdictOf, type Verdict } from '../verdict.ts';
import type { Page } from './page.ts';

/** The answer, in one line; then whatever narrows what it speaks of. */
export function* headline(head: ResultHead, page: Page): Generator<string> {
  const verdict = verdictOf(head);
  const sentence = verdictInWords(head);
  const plain = `${verdict}  ${sentence}`;
  const painted = `${paintedVerdict(verdict, page)}  ${paintedCounts(sentence, head, page)}`;
  if (verdict === 'DRIFT') yield* withStamp(plain, painted, head, page.columns);
  else yield `${painted} · ${duration(Date.parse(head.run.finishedAt) - Date.parse(head.run.startedAt))}`;
  yield* narrowings(head).map(visible);
}

function paintedVerdict(verdict: Verdict, { paint }: Page): string {
  switch (verdict) {
    case 'OK':
      return paint.good(verdict);
    case 'DRIFT':
      return paint.bad(verdict);
    case 'NOT ALL READ':
      return paint.unknown(verdict);
  }
}

function paintedCounts(sentence: string, { summary }: ResultHead, { paint }: Page): string {
  return severities.reduce((text, severity) => {
    const count = `${wholeNumber(summary.findings[severity])} ${severity}`;
    return text.replace(new RegExp(`(?<=: |  )${count}`), paint.severity(severity, count));
  }, sentence);
}

/** Which policies and when, at the right edge, or below where there is no room. */
function* withStamp(plain: string, painted: string, { run }: ResultHead, columns: number): Generator<string> {
  const stamp = `policy set ${run.policySetSha256.slice(0, 4)}…  ${run.finishedAt.slice(11, 16)} UTC`;
  const room = columns - plain.length - stamp.length;
  yield* room < 2 ? [painted, `       ${stamp}`] : [`${painted}${' '.repeat(room)}${stamp}`];
}
