import { type Finding } from './result.ts';
import { severities, type Severity } from '../model/severity.ts';

/** What each exit code says. Of those that hold, 4 outranks 3, and 3 outranks 2. */
export const exitCodes = {
  0: 'everything in scope was read, and nothing drifts at or above --fail-on',
  1: 'could not run; nothing was changed',
  2: 'everything in scope was read; drift remains',
  3: 'not everything in scope was read; there may be drift too',
  4: 'a change failed, has an unknown outcome, or was stopped by a limit',
  130: 'interrupted; what was done is saved, --resume goes on',
  143: 'terminated; what was done is saved, --resume goes on',
} as const;
type ExitCode = keyof typeof exitCodes;

export interface ExitFacts {
  readonly openGaps: number;
  /** Pools with a finding that counts: drift at or above `failOn`, and with `failOnNew` only a new one. */
  readonly failingPools: number;
  /** A change failed, has an unknown outcome, or a limit stopped the changes. */
  readonly changesFailed: boolean;
  readonly exitZero: boolean;
}

export function exitCodeOf(facts: ExitFacts): ExitCode {
  if (facts.changesFailed) return 4;
  if (facts.exitZero) return 0;
  if (facts.openGaps > 0) return 3;
  return facts.failingPools > 0 ? 2 : 0;
}

export interface FailRule {
  readonly failOn: Severity;
  readonly failOnNew: boolean;
}

/** Whether a finding makes exit code 2. One without a comparison counts as new. */
export function isFailing({ status, severity, change }: Finding, { failOn, failOnNew }: FailRule): boolean {
  return status === 'drift' && isAtLeast(severity, failOn) && (!failOnNew || change !== 'persisting');
}

export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(floor);
}
