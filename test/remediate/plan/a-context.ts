/** By what pools are planned in tests: policies from a text, the day of the other tests, and no flag. */
import type { PolicySet } from '../../../src/domain/policy/policy.ts';
import type { PlanContext } from '../../../src/remediate/plan/fresh-plan.ts';
import { policySet, policy, today } from '../../policy-set.ts';

export const optional = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };

/** A policy that asks for an authenticator app, or for what is given. */
export function asking(expect: string = JSON.stringify(optional), remediation = 'mode: auto'): string {
  return `${policy('floor')}remediation: { ${remediation} }\nexpect: ${expect}\n`;
}

/** A change to ON, which waits until so many users are ready. */
export function waitingFor(share: number, more = ''): string {
  return asking('{ MfaConfiguration: ON }', `mode: auto, allow: [tightening, disruptive], readiness: ${share}${more}`);
}

export function contextOf(
  policies: string | PolicySet = asking(),
  rules: Partial<PlanContext['rules']> = {},
  more: Partial<PlanContext> = {},
): PlanContext {
  const managedTags = ['aws:cloudformation:stack-name'];
  return {
    set: typeof policies === 'string' ? policySet(policies) : policies,
    judge: { requireCoverage: true, now: today, managedTags },
    defaults: { mode: 'manual', allow: ['tightening'], readiness: null },
    rules: { isOff: false, by: 'person', allow: [], includeManaged: false, managedTags, ...rules },
    ...more,
  };
}
