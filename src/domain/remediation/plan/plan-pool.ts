/** Everything that the policies want of one pool, as one change, or as the reasons against it. */
import type { AskOutcome } from '../request/requested-changes.ts';
import { changeOf } from './change.ts';
import { disagreementObjections, draftObjections, touchObjections, valueObjections } from './change-objections.ts';
import { draftChange, type Draft } from './proposed-change.ts';
import type { Judge } from '../request/policy-impact.ts';
import type { Change } from '../model/plan.ts';
import { poolObjections, type PlanRules, type PoolReading } from './pool-rules.ts';
import { refusalOf, type Objection, type Refusal } from '../model/refusals.ts';
import type { PoolNow } from '../write/rollback-target.ts';
import { sortWishes, type Sorted, type Wishes } from '../request/not-fixable.ts';
import type { Risk } from '../../model/risk.ts';

export type PoolPlan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'change'; readonly change: Change; readonly outcomes: readonly AskOutcome[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly outcomes: readonly AskOutcome[] };

/**
 * All of a pool or nothing: one objection refuses all that is asked. What stands aside refuses only itself; where
 * nothing else is asked, it is the pool's refusal. The caller asks for no pool that is `unreadable`.
 */
export function planPool(pool: PoolReading, wishes: Wishes, rules: PlanRules, judge: Judge): PoolPlan {
  const sorted = sortWishes(wishes);
  const described = pool.userPool === null ? null : { ...pool, userPool: pool.userPool };
  const agreed = sorted.disagreements.length === 0;
  const draft = described !== null && agreed ? draftChange(described, sorted.asked) : null;
  if (agreed && (sorted.asked.length === 0 || draft?.differences.length === 0)) return asideAlone(sorted);
  const objections = [
    ...poolObjections(pool, sorted.asked, wishes.protections, rules),
    ...disagreementObjections(sorted.disagreements),
    ...(described !== null && agreed ? changeObjections(described, draft, sorted, wishes, rules, judge) : []),
  ];
  const refusal = refusalOf(objections);
  const risk = draft?.risk ?? null;
  if (refusal !== null || described === null || draft === null || risk === null) {
    return refused(refusal ?? riskNotKnown, sorted, risk);
  }
  const change = changeOf(described, sorted.asked, draft, risk);
  return { kind: 'change', change, outcomes: outcomesOf(sorted, risk, null) };
}

const unclear: Objection = { code: 'unknown-transition', message: 'The risk of the change is not known.' };
const riskNotKnown: Refusal = { ...unclear, objections: [unclear] };

function changeObjections(
  pool: PoolNow,
  draft: Draft | null,
  { asked }: Sorted,
  { protections }: Wishes,
  rules: PlanRules,
  judge: Judge,
): readonly Objection[] {
  if (draft === null) return valueObjections(pool, asked);
  return [...touchObjections(draft, protections), ...draftObjections(pool, draft, asked, rules, judge)];
}

function asideAlone(sorted: Sorted): PoolPlan {
  const refusal = refusalOf(sorted.aside.map(({ objection }) => objection));
  return refusal === null ? { kind: 'nothing' } : refused(refusal, { ...sorted, asked: [] }, null);
}

function refused(refusal: Refusal, sorted: Sorted, risk: Risk | null): PoolPlan {
  return { kind: 'refused', refusal, outcomes: outcomesOf(sorted, risk, refusal.code) };
}

function outcomesOf({ asked, aside }: Sorted, risk: Risk | null, code: Refusal['code'] | null): readonly AskOutcome[] {
  return [
    ...asked.map(({ policy, path }) => ({ policy, path, risk, refused: code })),
    ...aside.map(({ policy, path, objection }) => ({ policy, path, risk: null, refused: objection.code })),
  ];
}
