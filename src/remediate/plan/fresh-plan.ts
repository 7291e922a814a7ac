/** One pool, read just now, and what the policies want done about it. */
import { configOf, type Subject } from '../../domain/model/subject.ts';
import { unknownFields } from '../../domain/model/api/api-model.ts';
import type { CodeEvent } from '../../domain/model/blame.ts';
import type { JsonObject } from '../../domain/model/json.ts';
import type { Account } from '../../domain/model/observation.ts';
import { wantedState, type WantedState } from '../../domain/patch/wanted-state.ts';
import type { PolicySet } from '../../domain/policy/policy.ts';
import type { PlanRules } from '../../domain/remediation/plan/pool-rules.ts';
import { wantedQuestion, type PoolPlan } from '../../domain/remediation/plan/draft-pool.ts';
import type { ReadinessQuestion } from '../../domain/remediation/plan/readiness-gate.ts';
import { planPool } from '../../domain/remediation/plan/plan-pool.ts';
import { violationsBy, poolRequestsOf } from '../../domain/remediation/request/pool-requests.ts';
import type { RemediationSettings } from '../../domain/settings.ts';
import type { PolicyVerdict } from '../../domain/verdict/agreed-values.ts';
import { judgePool, type JudgeSettings, type PoolVerdict } from '../../domain/verdict/verdicts.ts';
import type { SeenLook } from '../../ports/account-writer.ts';

/** By what pools are judged and planned: the policies, the exceptions, the limits of the moment. */
export interface PlanContext {
  readonly set: PolicySet;
  readonly judge: JudgeSettings;
  readonly defaults: Pick<RemediationSettings, 'mode' | 'allow' | 'readiness'>;
  readonly rules: PlanRules;
}

/** A pool and where it is, with its account as the selectors ask for it. */
export interface PoolAddress {
  readonly account: Account;
  readonly region: string;
  readonly poolId: string;
  readonly poolName: string;
  /** As the result has it. */
  readonly codeEvent?: CodeEvent | undefined;
}

export interface FreshPlan {
  readonly config: JsonObject;
  readonly userPool: JsonObject | null;
  readonly matching: readonly PolicyVerdict[];
  readonly verdict: PoolVerdict;
  readonly plan: PoolPlan;
  /** For whoever changes the pool at its source; `null`: nothing to write there. */
  readonly wanted: WantedState | null;
  /** What has to be known of its users, whatever else keeps the pool from being changed; `null`: they are kept out of nothing. */
  question(): ReadinessQuestion | null;
}

/** Nothing can be planned: not all that the policies ask for could be read. */
export interface Unplanned {
  /** Whole sentences. */
  readonly unplanned: string;
}

export function planFresh(context: PlanContext, address: PoolAddress, look: SeenLook): FreshPlan | Unplanned {
  const { account, region, poolId, poolName, codeEvent } = address;
  const subject: Subject = { account, region, pool: { poolId, poolName, ...look } };
  const config = configOf(subject.pool);
  const verdict = judgePool(context.set, subject, context.judge);
  const gap = verdict.gaps[0];
  if (config === null || gap !== undefined)
    return { unplanned: `${sentence(gap?.message ?? '')} ${gap?.remedy ?? ''}` };
  const { matching } = verdict;
  const requests = poolRequestsOf(
    matching,
    { subject, config },
    context.set.exceptions,
    context.defaults,
    context.judge.now,
  );
  const userPool = look.userPool.read ? look.userPool.value : null;
  const { replicaOf } = verdict.record;
  const names = { accountId: account.id, region, poolId, poolName, replicaOf, codeEvent };
  const pool = { ...names, config, unknownFields: unknownFields(config), userPool, readiness: look.readiness ?? null };
  const plan = planPool(pool, requests, context.rules, violationsBy(matching, subject));
  const question = () => wantedQuestion(pool, requests);
  return { config, userPool, matching, verdict, plan, wanted: wantedState(pool, requests, plan), question };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
