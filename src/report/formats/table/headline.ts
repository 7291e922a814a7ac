import { type ResultHead } from '../../../domain/result/result.ts';
import { duration, wholeNumber } from '../../../number-format.ts';
import { visible } from '../../../escape/visible.ts';
import { narrowings, verdictInWords, verdictOf, type RunVerdict } from '../../views/verdict.ts';
import { joined } from './layout.ts';
import type { TablePage } from './page.ts';
import { severities } from '../../../domain/model/severity.ts';

/** The answer first, then by which policies and when; then whatever narrows what it speaks of. */
export function* headline(head: ResultHead, page: TablePage): Generator<string> {
  const verdict = verdictOf(head);
  const indent = ' '.repeat(verdict.length + 2);
  const facts = [...verdictInWords(head).split(' · '), ...stamp(head, verdict)];
  const lines = joined(facts, page.columns - indent.length).map((line) => paintedCounts(line, head, page));
  yield* lines.map((line, index) => (index === 0 ? `${paintedVerdict(verdict, page)}  ${line}` : `${indent}${line}`));
  yield* narrowings(head).map(visible);
}

/** `policy set 4f1c…` and `2026-11-18 02:14 UTC`; where nothing is wrong, how long it took instead of the policies. */
function stamp({ run }: ResultHead, verdict: RunVerdict): readonly string[] {
  const took = duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
  const first = verdict === 'DRIFT' ? `policy set ${run.policySetSha256.slice(0, 4)}…` : took;
  return [first, `${run.finishedAt.slice(0, 10)} ${run.finishedAt.slice(11, 16)} UTC`];
}

function paintedVerdict(verdict: RunVerdict, { paint }: TablePage): string {
  switch (verdict) {
    case 'OK':
      return paint.good(verdict);
    case 'DRIFT':
      return paint.bad(verdict);
    case 'NOT ALL READ':
      return paint.unknown(verdict);
  }
}

function paintedCounts(line: string, { summary }: ResultHead, { paint }: TablePage): string {
  return severities.reduce((text, severity) => {
    const count = `${wholeNumber(summary.findings[severity])} ${severity}`;
    return text.replace(new RegExp(`(?<=: |  )${count}`), paint.severity(severity, count));
  }, line);
}
