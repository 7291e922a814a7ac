/** What is suspicious about a policy set without being wrong; nothing of AWS is needed to tell. */
import { exceptionWarnings } from './exception-warnings.ts';
import type { Expectation, FactorsExpectation, ValueExpectation } from '../expect/expectations.ts';
import { hasTemplate } from '../expect/variables.ts';
import { compareTexts } from '../../model/order.ts';
import { codeBlocks, modes } from '../../model/mfa/mfa-state.ts';
import { asksForPresence, holds } from '../expect/operators.ts';
import type { Policy, PolicySet } from '../policy.ts';
import { patternWarnings } from './pattern-warnings.ts';
import { isGrave, labels, restsOnNames, trustedInstead } from './untrusted-names.ts';
import { warningAt, type Warning } from '../../result/warning.ts';

/** In the order of files and lines. */
export function policyWarnings(set: Pick<PolicySet, 'policies' | 'exceptions'>, now: Date): readonly Warning[] {
  return [
    ...set.policies.flatMap((policy) => [
      ...untrustedExcludes(policy),
      ...contradictions(policy),
      ...idleAllows(policy),
      ...patternWarnings(policy),
    ]),
    ...set.exceptions.flatMap((exception) => exceptionWarnings(exception, set.policies, now)),
  ].sort(byPlace);
}

function byPlace(a: Warning, b: Warning): number {
  return compareTexts(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0);
}

/** Pool names, pool tags and account names belong to the audited account: whoever holds it can opt out. */
function untrustedExcludes(policy: Policy): readonly Warning[] {
  if (!isGrave(policy)) return [];
  return policy.match.exclude.filter(restsOnNames).map(({ location, keys }) => {
    const message = `${policy.name} (${policy.severity}) leaves out what the audited account itself names: ${labels(keys)}; ${trustedInstead}`;
    return warningAt(location, 'exclude-untrusted', message);
  });
}

/** OFF with a factor asked for can't be: the service refuses it. ON with none can't be brought about. */
function contradictions(policy: Policy): readonly Warning[] {
  const mode = valueAt(policy.expectations, 'MfaConfiguration');
  if (mode === undefined || hasTemplate(mode.wanted)) return [];
  const factor = policy.expectations.find(asksForFactor);
  const admitted = modes.filter((value) => holds(mode.wanted, { value, present: true }));
  if (admitted.join() === 'OFF' && factor !== undefined) {
    const message = `${policy.name} wants MFA OFF and asks for a factor at line ${factor.location.line}: the service never has both`;
    return [warningAt(mode.location, 'self-contradiction', message)];
  }
  if (admitted.join() === 'ON' && factor === undefined && !policy.expectations.some(({ kind }) => kind === 'anyOf')) {
    const message = `${policy.name} wants MFA ON and asks for no factor: a pool without one can't be turned ON; say which factors count`;
    return [warningAt(mode.location, 'self-contradiction', message)];
  }
  return [];
}

function valueAt(expectations: readonly Expectation[], path: string): ValueExpectation | undefined {
  return expectations.find((one): one is ValueExpectation => one.kind === 'value' && one.path === path);
}

function asksForFactor(expectation: Expectation): boolean {
  if (expectation.kind === 'factors') return expectation.rule === 'atLeastOne';
  if (expectation.kind === 'value')
    return isCodeBlock(expectation.path) && asksForPresence(expectation.wanted) === true;
  if (expectation.kind !== 'block') return false;
  if (isCodeBlock(expectation.path)) return true;
  const enabled = valueAt(expectation.entries, 'SoftwareTokenMfaConfiguration.Enabled');
  return enabled !== undefined && !holds(enabled.wanted, { value: false, present: true });
}

function isCodeBlock(path: string): boolean {
  return codeBlocks.some((block) => block === path);
}

/** With MFA off no factor is usable, so `allow` has nothing to forbid. */
function idleAllows(policy: Policy): readonly Warning[] {
  return idleIn(policy, policy.expectations, []);
}

function idleIn(
  policy: Policy,
  expectations: readonly Expectation[],
  around: readonly Expectation[],
): readonly Warning[] {
  const all = [...around, ...expectations];
  const inside = expectations.flatMap((one) =>
    one.kind === 'anyOf' ? one.alternatives.flatMap((alternative) => idleIn(policy, alternative, all)) : [],
  );
  const allow = expectations.find((one): one is FactorsExpectation => one.kind === 'factors' && one.rule === 'allow');
  if (allow === undefined || refusesOff(all)) return inside;
  const message = `${policy.name} allows only ${allow.factors.join(', ')}, which a pool with MFA off satisfies; add atLeastOne or MfaConfiguration`;
  return [...inside, warningAt(allow.location, 'allow-satisfied-by-off', message)];
}

function refusesOff(expectations: readonly Expectation[]): boolean {
  const mode = valueAt(expectations, 'MfaConfiguration');
  if (mode !== undefined && !holds(mode.wanted, { value: 'OFF', present: true })) return true;
  return expectations.some((one) => one.kind === 'factors' && one.rule === 'atLeastOne');
}
