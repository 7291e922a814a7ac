/** `factors`: what a user can really use, against what the policy allows and asks for. */
import { readOnly, type Check, type PoolInput } from './checks.ts';
import type { FactorsExpectation } from './expectations.ts';
import {
  factorNames,
  settingsOfSubject,
  usableFactors,
  type Factor,
  type UsableFactors,
} from '../../model/mfa/factors.ts';
import { mfaStateOf } from '../../model/mfa/mfa-state.ts';
import { completions } from '../../model/open-values.ts';
import type { Missing } from '../../model/subject.ts';

export function checkFactors({ path, location, rule, factors }: FactorsExpectation, input: PoolInput): Check {
  const { usable, unknown } = factorsOf(input);
  const allowed: readonly string[] = factors;
  const named = usable.filter((factor) => allowed.includes(factor));
  const doubts = [...unknown].filter(([factor]) => allowed.includes(factor) === (rule === 'atLeastOne'));
  const isMissed = rule === 'allow' ? named.length < usable.length : named.length === 0 && doubts.length === 0;
  const isHeld = rule === 'allow' ? !isMissed && doubts.length === 0 : named.length > 0;
  return {
    path,
    location,
    verdict: isMissed ? 'misses' : isHeld ? 'holds' : 'unknown',
    expected: factors,
    actual: usable,
    fix: readOnly,
    missing: isMissed || isHeld ? null : (doubts[0]?.[1] ?? null),
  };
}

/** Usable however the values turn out that are open, or not known. */
function factorsOf({ subject, config }: PoolInput): UsableFactors {
  const settings = settingsOfSubject(subject);
  const all = completions(config, subject.open).map((one) => usableFactors(mfaStateOf(one), settings));
  const usable = factorNames.filter((factor) => all.every((one) => one.usable.includes(factor)));
  const unknown = new Map<Factor, Missing>(all.flatMap((one) => [...one.unknown]));
  for (const factor of all.flatMap((one) => one.usable)) {
    if (!usable.includes(factor)) unknown.set(factor, openFactor(subject));
  }
  return { usable, unknown };
}

function openFactor({ open = new Map() }: PoolInput['subject']): Missing {
  const deciding = [...open.values()].filter(({ possible }) => possible !== null);
  const reasons = new Set(deciding.map(({ why }) => why));
  return { what: `factors: ${[...reasons].join('; ')}`, failure: null };
}
