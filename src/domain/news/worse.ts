/** When drift that stands is worse than it was. */
import type { JsonValue } from '../model/json.ts';
import { severities, type Severity } from '../model/severity.ts';
import { holds, isCondition } from '../policy/expect/operators.ts';
import type { EarlierFinding, Finding } from '../result/result.ts';

type Then = Pick<EarlierFinding, 'severity' | 'actual' | 'status'>;
type Now = Pick<Finding, 'severity' | 'path' | 'expected' | 'actual'>;

/** Its policy takes it more seriously, or the pool has moved further from what is wanted of it. */
export function isWorse(now: Now, before: Then): boolean {
  if (before.status !== 'drift') return false;
  return rank(now.severity) < rank(before.severity) || hasMovedAway(now, before.actual);
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}

function hasMovedAway({ path, expected, actual }: Now, then: JsonValue): boolean {
  switch (path) {
    case 'MfaConfiguration':
      return stepsFrom(expected, actual) > stepsFrom(expected, then);
    case 'factors.allow': {
      const before = strangers(expected, then);
      return strangers(expected, actual).some((factor) => !before.includes(factor));
    }
    default:
      return false;
  }
}

/** From the strictest to none. */
const modes: readonly JsonValue[] = ['ON', 'OPTIONAL', 'OFF'];

/** How many modes lie between the one that is there and the nearest that is wanted; 0 where that can't be said. */
function stepsFrom(wanted: JsonValue, mode: JsonValue): number {
  const place = modes.indexOf(mode);
  if (place < 0 || !isCondition(wanted)) return 0;
  const steps = modes.flatMap((each, index) =>
    holds(wanted, { value: each, present: true }) ? [Math.abs(index - place)] : [],
  );
  return steps.length === 0 ? 0 : Math.min(...steps);
}

/** Factors that are there and not allowed. */
function strangers(allowed: JsonValue, found: JsonValue): readonly JsonValue[] {
  if (!Array.isArray(found) || !Array.isArray(allowed)) return [];
  return found.filter((factor) => !allowed.includes(factor));
}
