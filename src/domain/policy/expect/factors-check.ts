/** `factors`: what a user can really use, against what the policy allows and asks for. */
import { readOnly, type Check, type PoolInput } from './checks.ts';
import type { FactorsExpectation } from './expectations.ts';
import { settingsOfSubject, usableFactors } from '../../model/mfa/factors.ts';
import { mfaStateOf } from '../../model/mfa/mfa-state.ts';

export function checkFactors(
  { path, place, rule, factors }: FactorsExpectation,
  { subject, config }: PoolInput,
): Check {
  const { usable, unknown } = usableFactors(mfaStateOf(config), settingsOfSubject(subject));
  const allowed: readonly string[] = factors;
  const named = usable.filter((factor) => allowed.includes(factor));
  const doubts = [...unknown].filter(([factor]) => allowed.includes(factor) === (rule === 'atLeastOne'));
  const isMissed = rule === 'allow' ? named.length < usable.length : named.length === 0 && doubts.length === 0;
  const isHeld = rule === 'allow' ? !isMissed && doubts.length === 0 : named.length > 0;
  return {
    path,
    place,
    verdict: isMissed ? 'misses' : isHeld ? 'holds' : 'unknown',
    expected: factors,
    actual: usable,
    fix: readOnly,
    missing: isMissed || isHeld ? null : (doubts[0]?.[1] ?? null),
  };
}
