/** Everything that the policies want of one pool, as one change, or as the reasons against it. */
import type { RequestedChange, RequestOutcome } from '../request/requested-changes.ts';
import { becauseOf, changeOf } from './change.ts';
import { disagreementObjections, proposedObjections, touchObjections, valueObjections } from './change-objections.ts';
import { proposedChange, type ProposedChange } from './proposed-change.ts';
import type { ViolationsIn } from '../request/policy-impact.ts';
import type { Change } from '../model/plan.ts';
import { poolObjections, type PlanRules, type PoolReading } from './pool-rules.ts';
import { questionOf, type ReadinessQuestion } from './readiness-gate.ts';
import { refusalOf, type Objection, type Refusal } from '../model/refusals.ts';
import type { PoolNow } from '../model/pool-now.ts';
import { partitionRequests, type PartitionedRequests, type PoolRequests } from '../request/not-fixable.ts';
import type { ReadinessRecord } from '../../readiness/record.ts';
import type { Risk } from '../../model/risk.ts';

export type PoolPlan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'change'; readonly change: Change; readonly outcomes: readonly RequestOutcome[] }
  | RefusedPlan;

export interface RefusedPlan {
  readonly kind: 'refused';
  readonly refusal: Refusal;
  readonly outcomes: readonly RequestOutcome[];
  /** What would have to be measured; `null`: that is not what keeps the pool from being changed. */
  readonly asks: ReadinessQuestion | null;
  readonly readiness: ReadinessRecord | null;
}

/** What is wanted, before anybody asks whether users are ready for it. */
export type Draft =
  | Exclude<PoolPlan, { readonly kind: 'change' }>
  | {
      readonly kind: 'draft';
      readonly pool: PoolReading & PoolNow;
      readonly proposed: ProposedChange;
      readonly parts: PartitionedRequests;
      readonly risk: Risk;
    };

/**
 * All of a pool or nothing: one objection refuses all that is asked. What is left out refuses only itself; where
 * nothing else is asked, it is the pool's refusal. The caller asks for no pool that is `unreadable`.
 */
export function draftPool(
  pool: PoolReading,
  requests: PoolRequests,
  rules: PlanRules,
  violationsIn: ViolationsIn,
): Draft {
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
    return refusedPlan(refusal ?? riskNotKnown, parts, risk);
  }
  return { kind: 'draft', pool: described, proposed, parts, risk };
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

function excludedAlone(parts: PartitionedRequests): Draft {
  const refusal = refusalOf(parts.excluded.map(({ objection }) => objection));
  return refusal === null ? { kind: 'nothing' } : refusedPlan(refusal, { ...parts, asked: [] }, null);
}

/** The draft as it stands in a plan. */
export function changePlan(
  { pool, proposed, parts, risk }: Extract<Draft, { readonly kind: 'draft' }>,
  readiness: ReadinessRecord | null,
): Extract<PoolPlan, { readonly kind: 'change' }> {
  const why = { because: becauseOf(pool, parts.asked), remains: [] };
  const change = changeOf(pool, proposed, risk, why, readiness);
  return { kind: 'change', change, outcomes: outcomesOf(parts, risk, null) };
}

export function refusedPlan(refusal: Refusal, parts: PartitionedRequests, risk: Risk | null): RefusedPlan {
  return { kind: 'refused', refusal, outcomes: outcomesOf(parts, risk, refusal.code), asks: null, readiness: null };
}

function outcomesOf(
  { asked, excluded }: PartitionedRequests,
  risk: Risk | null,
  code: Refusal['code'] | null,
): readonly RequestOutcome[] {
  const named = ({ policy, path, isInterim }: RequestedChange) => ({ policy, path, isRollingOut: isInterim });
  return [
    ...asked.map((request) => ({ ...named(request), risk, refused: code })),
    ...excluded.map(({ policy, path, objection }) => ({
      policy,
      path,
      risk: null,
      refused: objection.code,
      isRollingOut: false,
    })),
  ];
}

/** What would have to be measured before the pool is as its policies want it, whatever else keeps it from that. */
export function wantedQuestion(
  pool: Pick<PoolReading, keyof PoolNow>,
  requests: PoolRequests,
): ReadinessQuestion | null {
  const { asked, disagreements } = partitionRequests(requests);
  if (pool.userPool === null || disagreements.length > 0) return null;
  const proposed = proposedChange({ ...pool, userPool: pool.userPool }, asked);
  return proposed === null ? null : questionOf(proposed, asked);
}
