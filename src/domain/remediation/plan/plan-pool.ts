/** Everything that the policies want of one pool, as one change, or as the reasons against it. */
import type { RequestOutcome } from '../request/requested-changes.ts';
import { becauseOf, changeOf } from './change.ts';
import { disagreementObjections, proposedObjections, touchObjections, valueObjections } from './change-objections.ts';
import { proposedChange, type ProposedChange } from './proposed-change.ts';
import type { ViolationsIn } from '../request/policy-impact.ts';
import type { Change } from '../model/plan.ts';
import { poolObjections, type PlanRules, type PoolReading } from './pool-rules.ts';
import { refusalOf, type Objection, type Refusal } from '../model/refusals.ts';
import type { PoolNow } from '../model/pool-now.ts';
import { partitionRequests, type PartitionedRequests, type PoolRequests } from '../request/not-fixable.ts';
import type { Risk } from '../../model/risk.ts';

export type PoolPlan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'change'; readonly change: Change; readonly outcomes: readonly RequestOutcome[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly outcomes: readonly RequestOutcome[] };

/**
 * All of a pool or nothing: one objection refuses all that is asked. What is left out refuses only itself; where
 * nothing else is asked, it is the pool's refusal. The caller asks for no pool that is `unreadable`.
 */
export function planPool(
  pool: PoolReading,
  requests: PoolRequests,
  rules: PlanRules,
  violationsIn: ViolationsIn,
): PoolPlan {
  const parts = partitionRequests(requests);
  const described = pool.userPool === null ? null : { ...pool, userPool: pool.userPool };
  const agreed = parts.disagreements.length === 0;
  const proposed = described !== null && agreed ? proposedChange(described, parts.asked) : null;
  if (agreed && (parts.asked.length === 0 || proposed?.differences.length === 0)) return excludedAlone(parts);
  const objections = [
    ...poolObjections(pool, parts.asked, requests.protections, rules),
    ...disagreementObjections(parts.disagreements),
    ...(described !== null && agreed
      ? changeObjections(described, proposed, parts, requests, rules, violationsIn)
      : []),
  ];
  const refusal = refusalOf(objections);
  const risk = proposed?.risk ?? null;
  if (refusal !== null || described === null || proposed === null || risk === null) {
    return refused(refusal ?? riskNotKnown, parts, risk);
  }
  const change = changeOf(described, proposed, risk, { because: becauseOf(described, parts.asked), remains: [] });
  return { kind: 'change', change, outcomes: outcomesOf(parts, risk, null) };
}

const unclear: Objection = { code: 'unknown-transition', message: 'The risk of the change is not known.' };
const riskNotKnown: Refusal = { ...unclear, objections: [unclear] };

function changeObjections(
  pool: PoolNow,
  proposed: ProposedChange | null,
  { asked }: PartitionedRequests,
  { protections }: PoolRequests,
  rules: PlanRules,
  violationsIn: ViolationsIn,
): readonly Objection[] {
  if (proposed === null) return valueObjections(pool, asked);
  return [...touchObjections(proposed, protections), ...proposedObjections(pool, proposed, asked, rules, violationsIn)];
}

function excludedAlone(parts: PartitionedRequests): PoolPlan {
  const refusal = refusalOf(parts.excluded.map(({ objection }) => objection));
  return refusal === null ? { kind: 'nothing' } : refused(refusal, { ...parts, asked: [] }, null);
}

function refused(refusal: Refusal, parts: PartitionedRequests, risk: Risk | null): PoolPlan {
  return { kind: 'refused', refusal, outcomes: outcomesOf(parts, risk, refusal.code) };
}

function outcomesOf(
  { asked, excluded }: PartitionedRequests,
  risk: Risk | null,
  code: Refusal['code'] | null,
): readonly RequestOutcome[] {
  return [
    ...asked.map(({ policy, path }) => ({ policy, path, risk, refused: code })),
    ...excluded.map(({ policy, path, objection }) => ({ policy, path, risk: null, refused: objection.code })),
  ];
}
