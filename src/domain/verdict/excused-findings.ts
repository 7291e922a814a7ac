/** Findings under the exceptions that cover them. */
import { covers, exceptionRecord, isExpired, strongest } from '../policy/exceptions.ts';
import { doubtsOf, type Doubt } from './pool-gaps.ts';
import type { PolicyException, PolicySet } from '../policy/policy.ts';
import type { Finding } from '../result/result.ts';
import { select } from '../policy/match/selection.ts';
import type { Candidate } from '../policy/match/selector-keys.ts';

/** Where an exception may cover a finding and its selector is not known, the finding stays drift, and that is a doubt. */
export function applyExceptions(
  set: PolicySet,
  findings: readonly Finding[],
  candidate: Candidate,
  now: Date,
): { findings: readonly Finding[]; doubts: readonly Doubt[] } {
  const doubts: Doubt[] = [];
  const answers = new Map(
    (findings.length === 0 ? [] : set.exceptions).map((exception) => [exception, select(exception.match, candidate)]),
  );
  const judged = findings.map((finding) => {
    const covering = [...answers].filter(([exception]) => covers(exception, finding.policy, finding.path));
    const sure = covering.filter(([, { answer }]) => answer === 'yes').map(([exception]) => exception);
    const excused = excuse(finding, strongest(sure, now), now);
    if (excused.status === 'excepted') return excused;
    for (const [exception, { because }] of covering) {
      if (isExpired(exception, now)) continue;
      const missing = because.map((key) => key.missing);
      doubts.push(...doubtsOf(nameOf(exception), missing));
    }
    return excused;
  });
  return { findings: judged, doubts };
}

function excuse(finding: Finding, exception: PolicyException | null, now: Date): Finding {
  if (exception === null) return finding;
  const record = exceptionRecord(exception, now);
  const isExcused = !record.expired && !record.hold;
  return { ...finding, exception: record, status: isExcused ? 'excepted' : 'drift' };
}

function nameOf({ location }: PolicyException): string {
  return `the exception at ${location.file}:${location.line}`;
}
