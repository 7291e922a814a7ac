/** One pool's plan: what its policies want, once enough of its users are ready for it, and what is done until then. */
import { modeOf } from '../../model/mfa/mfa-state.ts';
import { isReady, readinessRecord, type ReadinessRecord } from '../../readiness/record.ts';
import { refusalOf, type Objection, type Refusal } from '../model/refusals.ts';
import type { PoolRequests } from '../request/not-fixable.ts';
import type { ViolationsIn } from '../request/policy-impact.ts';
import type { RequestedChange, RequestOutcome } from '../request/requested-changes.ts';
import { changePlan, draftPool, refusedPlan, type Draft, type PoolPlan, type RefusedPlan } from './draft-pool.ts';
import type { PlanRules, PoolReading } from './pool-rules.ts';
import { notAsked, notMeasured, notReady, questionOf, type ReadinessQuestion } from './readiness-gate.ts';

type Drafted = Extract<Draft, { readonly kind: 'draft' }>;

/**
 * A change that could keep users out, and that waits for a share of them, is refused where that was not measured: `asks`
 * says then what is to be. Below the line it is refused too, or what policies want meanwhile is written in its place.
 */
export function planPool(
  pool: PoolReading,
  requests: PoolRequests,
  rules: PlanRules,
  violationsIn: ViolationsIn,
): PoolPlan {
  const draft = draftPool(pool, requests, rules, violationsIn);
  if (draft.kind !== 'draft') return draft;
  const { asked } = draft.parts;
  const question = questionOf(draft.proposed, asked);
  if (question === null || question.waitsFor === null) return changePlan(draft, null);
  const { readiness } = pool;
  if (readiness === null) return waiting(draft, notAsked, question, null);
  if (!readiness.measured) return waiting(draft, notMeasured(readiness.failure), question, null);
  const { users } = draft.proposed.context.settings;
  const record = readinessRecord(readiness.measurement, readiness.measuredAt, question.waitsFor, users);
  if (isReady(record)) return changePlan(draft, record);
  const below = waiting(draft, notReady(record, asked, false), question, record);
  if (!asked.some((request) => waitsAsOptional(request))) return below;
  const others = { ...requests, requested: requests.requested.flatMap((request) => interimOf(request, pool)) };
  return rollingOut(draftPool(pool, others, rules, violationsIn), draft, below, record);
}

function waiting(
  { parts, risk }: Drafted,
  objection: Objection,
  asks: ReadinessQuestion,
  readiness: ReadinessRecord | null,
): RefusedPlan {
  return { ...refusedPlan(alone(objection), parts, risk), asks, readiness };
}

function alone(objection: Objection): Refusal {
  return { ...objection, objections: [objection] };
}

function asksForOn({ path, to }: RequestedChange): boolean {
  return path === 'MfaConfiguration' && to === 'ON';
}

function waitsAsOptional(request: RequestedChange): boolean {
  return asksForOn(request) && request.meanwhile !== null;
}

/** Nothing where the pool is as it is to be meanwhile. A policy that is content with that asks for it like any other. */
function interimOf(request: RequestedChange, { config }: Pick<PoolReading, 'config'>): readonly RequestedChange[] {
  if (!asksForOn(request)) return [request];
  const { meanwhile } = request;
  if (modeOf(config) === 'OPTIONAL') return meanwhile === null ? [request] : [];
  return [{ ...request, to: 'OPTIONAL', isInterim: meanwhile !== null }];
}

/**
 * @param interim what is wanted until enough users are ready
 * @param below the refusal where nothing is
 */
function rollingOut(interim: Draft, { pool, parts }: Drafted, below: RefusedPlan, record: ReadinessRecord): PoolPlan {
  if (interim.kind === 'draft') {
    const question = questionOf(interim.proposed, interim.parts.asked);
    if (question !== null && question.waitsFor !== null) return below;
    const { change, outcomes } = changePlan(interim, null);
    return {
      kind: 'change',
      change: { ...change, readiness: record },
      outcomes: [...outcomes, ...waitingIn(parts, pool)],
    };
  }
  const goesOn = waitingIn(parts, pool);
  // Not all policies are content with it.
  if (interim.kind === 'refused' && interim.refusal.code === 'conflict') return below;
  const others = interim.kind === 'nothing' ? { refusal: null, outcomes: [] } : interim;
  const objections = [notReady(record, parts.asked, goesOn.length > 0), ...(others.refusal?.objections ?? [])];
  const refusal = refusalOf(objections) ?? below.refusal;
  const rolling = goesOn.map((outcome) => ({ ...outcome, refused: refusal.code }));
  return { ...below, refusal, outcomes: [...others.outcomes, ...rolling] };
}

/** Of what waits already, since the pool is as it is to be meanwhile. */
function waitingIn({ asked }: Drafted['parts'], { config }: Pick<PoolReading, 'config'>): readonly RequestOutcome[] {
  if (modeOf(config) !== 'OPTIONAL') return [];
  return asked
    .filter(waitsAsOptional)
    .map(({ policy, path }) => ({ policy, path, risk: null, refused: null, isRollingOut: true }));
}
