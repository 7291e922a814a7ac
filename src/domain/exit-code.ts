import { severities, type PoolRecord, type Severity } from './result.ts';

/** Exit codes (design: "Exit codes"); 4 outranks 3, and 3 outranks 2. */
export interface ExitFacts {
  readonly openGaps: number;
  /** Findings that count: drift at or above `failOn`, and with `failOnNew` only new ones. */
  readonly countedFindings: number;
  /** A change failed, has an unknown outcome, or a limit stopped the changes. */
  readonly changesFailed: boolean;
  readonly exitZero: boolean;
}

export function exitCodeOf(facts: ExitFacts): 0 | 2 | 3 | 4 {
  if (facts.changesFailed) return 4;
  if (facts.exitZero) return 0;
  if (facts.openGaps > 0) return 3;
  return facts.countedFindings > 0 ? 2 : 0;
}

export interface FailRule {
  readonly failOn: Severity;
  readonly failOnNew: boolean;
}

/** How many of a pool's findings make exit code 2. A finding without a comparison counts as new. */
export function countFailing(pool: PoolRecord, rule: FailRule): number {
  return pool.findings.filter(
    (finding) =>
      finding.status === 'drift' &&
      isAtLeast(finding.severity, rule.failOn) &&
      (!rule.failOnNew || finding.change !== 'persisting'),
  ).length;
}

export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(floor);
}
