/** What `--remediate` did, in numbers, for the lines that sum a run up. */
import type { Outcome } from '../../domain/remediation/model/outcome.ts';
import type { RemediationSummary } from '../../domain/result/result.ts';
import { counted, wholeNumber } from '../../number-format.ts';

const others = [
  ['unchanged', 'right already'],
  ['stale', 'left alone, since others changed the pool meanwhile'],
  ['failed', 'failed'],
  ['unknown', 'with an unknown outcome'],
  ['not-started', 'not started'],
] as const satisfies readonly (readonly [Outcome, string])[];

/** `6 of 7 changes made and verified, 1 failed; 2 refused; 1 pool is rolling out`; empty where nothing was wanted. */
export function remediationInWords({ outcomes, stop, rollingOut = 0 }: RemediationSummary): string {
  const { applied } = outcomes;
  const refused = outcomes.refused - rollingOut;
  const tried = others.reduce((sum, [outcome]) => sum + outcomes[outcome], applied);
  if (stop !== null && tried === 0) return stop.message;
  const rest = others
    .filter(([outcome]) => outcomes[outcome] > 0)
    .map(([outcome, words]) => `${wholeNumber(outcomes[outcome])} ${words}`);
  const made = `${wholeNumber(applied)} of ${counted(tried, 'change')} made and verified`;
  return [
    ...(tried === 0 ? [] : [[made, ...rest].join(', ')]),
    ...(stop === null ? [] : [stop.message]),
    ...(refused === 0 ? [] : [`${counted(refused, 'change')} refused`]),
    ...(rollingOut === 0 ? [] : [`${counted(rollingOut, 'pool is', 'pools are')} rolling out`]),
  ].join('; ');
}
