/** A plan of policies: a change is made only while they ask for exactly that. */
import { configMember } from '../../domain/model/api/api-values.ts';
import { readingDifferences } from '../../domain/model/mfa/config-diff.ts';
import { modeOf } from '../../domain/model/mfa/mfa-state.ts';
import type { Account } from '../../domain/model/observation.ts';
import type { JsonValue } from '../../domain/model/json.ts';
import { isReady } from '../../domain/readiness/record.ts';
import type { Change } from '../../domain/remediation/model/plan.ts';
import type { Objection } from '../../domain/remediation/model/refusals.ts';
import { driftSincePlan, unaskedObjections } from '../../domain/remediation/plan/verification.ts';
import { inWords, shownAt } from '../../domain/remediation/write/shown-value.ts';
import {
  leftOut,
  planAgain,
  refusedBy,
  type ApprovedChange,
  type PlanBasis,
  type Replanned,
} from '../apply/preflight.ts';
import { counted, percent, percents } from '../../number-format.ts';
import { planFresh, type FreshPlan, type PlanContext } from './fresh-plan.ts';

/** A change with the names of the policies that ask for it, each once, sorted. */
export function approvedOf(change: Change, account: Account | null): ApprovedChange {
  return { change, account, policies: [...new Set(change.because.map(({ policy }) => policy))].sort() };
}

export function policyBasis(context: PlanContext): PlanBasis {
  return {
    origin: 'policies',
    replan({ change, account }, look) {
      if (account === null) return refusedBy([leftOut]);
      const fresh = planFresh(context, { ...change, account }, look);
      if ('unplanned' in fresh) return refusedBy([{ code: 'undescribed', message: fresh.unplanned }]);
      return movedSince(change, fresh) ?? askedNow(change, fresh);
    },
  };
}

function movedSince(change: Change, fresh: FreshPlan): Replanned | null {
  const differences = driftSincePlan(change, fresh.config);
  if (differences.length === 0) return null;
  if (isPutRight(change, fresh)) return { kind: 'unchanged', config: fresh.config };
  const message = `The pool has changed since the plan was made: ${inWords(differences)}. ${planAgain}`;
  return { kind: 'stale', message };
}

/** Every line that asked is content: it reads what was wanted, or its policy holds in another way. */
function isPutRight({ because }: Change, { config, matching }: FreshPlan): boolean {
  return because.every(({ policy, path, to }) => {
    if (isSameValue(path, to, configMember(config, path.split('.')).value ?? null)) return true;
    const checked = matching.find((each) => each.policy.name === policy)?.checks;
    return checked?.find((check) => check.path === path)?.verdict === 'holds';
  });
}

function isSameValue(path: string, a: JsonValue, b: JsonValue): boolean {
  return readingDifferences({ [path]: a }, { [path]: b }).length === 0;
}

/** The pool reads as it did: is the very same change still asked for and allowed? */
function askedNow(approved: Change, { plan, config, userPool }: FreshPlan): Replanned {
  if (plan.kind === 'refused') return { kind: 'refused', code: plan.refusal.code, message: plan.refusal.message };
  if (plan.kind === 'nothing' || userPool === null) return refusedBy([unasked]);
  const { change } = plan;
  const objections = [
    ...lessThanApproved(approved, change),
    ...askedDifferently(approved, change),
    ...unaskedObjections(approved, { ...change, config, userPool }),
  ];
  return { kind: 'change', change, userPool, objections };
}

/** What was approved turns MFA on, and by now too few users are ready for more than what is written meanwhile. */
function lessThanApproved(approved: Change, { readiness, after }: Change): readonly Objection[] {
  if (readiness === null || isReady(readiness) || modeOf(approved.after) === modeOf(after)) return [];
  const { shares, population, waitsFor } = readiness;
  const numbers = `${percents(shares['as-written'])} of its ${counted(population, 'local user')} could still sign in`;
  return [
    { code: 'not-ready', message: `${numbers}, and the change waits for ${percent(waitsFor)} at least. ${planAgain}` },
  ];
}

const unasked: Objection = { code: 'policy-changed', message: 'No policy asks for this change any more.' };

function askedDifferently(approved: Change, now: Change): readonly Objection[] {
  const [before, after] = [asksOf(approved), asksOf(now)];
  const gone = [...before].filter((ask) => !after.has(ask));
  const added = [...after].filter((ask) => !before.has(ask));
  if (gone.length + added.length === 0) return [];
  const parts = [
    ...(gone.length > 0 ? [`no longer ${gone.join(', ')}`] : []),
    ...(added.length > 0 ? [`now ${added.join(', ')}`] : []),
  ];
  return [
    {
      code: 'policy-changed',
      message: `The policies ask for something else than planned: ${parts.join('; ')}. Make a new plan.`,
    },
  ];
}

function asksOf({ because }: Change): ReadonlySet<string> {
  return new Set(because.map(({ policy, path, to }) => `${path} → ${shownAt(path, to)} (policy ${policy})`));
}
