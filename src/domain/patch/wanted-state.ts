/** What a pool must read as so that its policies hold, whoever writes it: the state that a change by API would lead to. */
import type { CodeEvent } from '../model/blame.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tags } from '../model/observation.ts';
import { settingsOf } from '../model/mfa/pool-settings.ts';
import type { RefusalCode } from '../remediation/model/refusals.ts';
import type { PoolPlan } from '../remediation/plan/draft-pool.ts';
import type { PoolReading } from '../remediation/plan/pool-rules.ts';
import type { ReadinessRecord } from '../readiness/record.ts';
import { questionOf } from '../remediation/plan/readiness-gate.ts';
import { proposedChange } from '../remediation/plan/proposed-change.ts';
import { partitionRequests, type PoolRequests } from '../remediation/request/not-fixable.ts';

export interface WantedState {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  readonly poolName: string;
  readonly tags: Tags;
  /** The last event known of a tool that manages the pool as code; absent: none is known. */
  readonly codeEvent?: CodeEvent | undefined;
  /** `GetUserPoolMfaConfig`'s answer now, with the SMS block that waits beside OFF. */
  readonly before: JsonObject;
  /** The input of `SetUserPoolMfaConfig`. */
  readonly call: JsonObject;
  /** What the pool must have before the service takes that: whole sentences. */
  readonly prerequisites: readonly string[];
  /** The pool has an SMS configuration of its own, whether or not SMS is a factor. */
  readonly hasSmsConfiguration: boolean;
  /** How many users could still sign in; `not-asked`: some could not, and nobody knows how many. `null`: it keeps nobody out. */
  readonly readiness: ReadinessRecord | 'not-asked' | null;
}

/** Whether a pool that is refused so can still be mended by whoever has its source. */
const leavesItToTheSource = {
  'remediation-off': true,
  'unknown-fields': false,
  replica: false,
  undescribed: false,
  mode: true,
  'managed-elsewhere': true,
  exempt: false,
  held: false,
  excepted: false,
  unresolved: false,
  'no-target': false,
  conflict: false,
  'no-factor': false,
  prerequisite: true,
  'not-possible': false,
  'ill-formed': false,
  'unknown-transition': false,
  risk: true,
  'not-ready': false,
  'rolling-out': false,
  'too-many-users': true,
  'policy-changed': false,
  'unasked-change': false,
  'pool-changed': false,
  'too-many-changes': true,
} as const satisfies Readonly<Record<RefusalCode, boolean>>;

/** `null`: there is nothing to write, or nothing that would make the policies hold. */
export function wantedState(pool: PoolReading, requests: PoolRequests, plan: PoolPlan): WantedState | null {
  const { userPool } = pool;
  if (userPool === null || plan.kind === 'nothing') return null;
  if (plan.kind === 'refused' && !plan.refusal.objections.every(({ code }) => leavesItToTheSource[code])) return null;
  const { asked } = partitionRequests(requests);
  const proposed = proposedChange({ ...pool, userPool }, plan.kind === 'change' ? plan.change.because : asked);
  if (proposed === null) return null;
  const { accountId, region, poolId, poolName, codeEvent } = pool;
  const { tags, smsConfiguration } = settingsOf(userPool, region);
  return {
    accountId,
    region,
    poolId,
    poolName,
    tags,
    codeEvent,
    before: proposed.start,
    call: proposed.call.input,
    prerequisites: proposed.objections.filter(({ code }) => code === 'prerequisite').map(({ message }) => message),
    hasSmsConfiguration: smsConfiguration !== null,
    readiness: questionOf(proposed, asked) === null ? null : (measuredIn(plan) ?? 'not-asked'),
  };
}

function measuredIn(plan: Exclude<PoolPlan, { readonly kind: 'nothing' }>): ReadinessRecord | null {
  return plan.kind === 'change' ? plan.change.readiness : plan.readiness;
}
