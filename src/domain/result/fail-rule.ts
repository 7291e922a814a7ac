/** Which findings make exit code 2. */
import type { Finding } from './result.ts';
import { severities, type Severity } from '../model/severity.ts';

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
