/** One transition of the enumeration: a pool, what is asked of it, and what the plan makes of that. */
import { configMember } from '../../../src/domain/model/api/api-values.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import type { DesiredValue } from '../../../src/domain/remediation/write/call.ts';
import type { ViolationsIn } from '../../../src/domain/remediation/request/policy-impact.ts';
import type { PoolPlan } from '../../../src/domain/remediation/plan/draft-pool.ts';
import { planPool } from '../../../src/domain/remediation/plan/plan-pool.ts';
import type { PlanRules, PoolReading } from '../../../src/domain/remediation/plan/pool-rules.ts';
import type { Play } from './pool-space.ts';
import { poolId, region } from './pool-space.ts';

/** Every risk is allowed, so that every call that could ever be made is made. */
const rules: PlanRules = { isOff: false, by: 'person', allow: ['weakening'], includeManaged: false, managedTags: [] };

export function reading(config: JsonObject, userPool: JsonObject): PoolReading {
  return {
    accountId: '111122223333',
    region,
    poolId,
    poolName: 'enumerated',
    config,
    unknownFields: [],
    userPool,
    replicaOf: null,
    readiness: null,
  };
}

/** A policy that asks for exactly the targets, one expectation each. */
export function planTargets(pool: PoolReading, targets: readonly DesiredValue[]): PoolPlan {
  const requested = targets
    .filter((target) => !isMet(pool.config, target))
    .map((target, index) => ({
      ...target,
      policy: 'enumerated',
      file: 'policies/enumerated.yaml',
      line: index + 1,
      mode: 'auto' as const,
      allow: ['tightening', 'disruptive'] as const,
      readiness: null,
      enrolment: null,
      meanwhile: null,
      isInterim: false,
    }));
  const judge: ViolationsIn = (config) =>
    targets.filter((target) => !isMet(config, target)).map(({ path }) => ({ policy: 'enumerated', path }));
  return planPool(pool, { requested, notFixable: [], disagreements: [], protections: [] }, rules, judge);
}

/** A block that is asked for is met by a block with at least its members. */
function isMet(config: JsonObject, { path, to }: DesiredValue): boolean {
  const value = configMember(config, path.split('.')).value ?? null;
  return JSON.stringify(value) === JSON.stringify(to);
}

export function playOf(config: JsonObject, userPool: JsonObject, targets: readonly DesiredValue[]): Play {
  const mode = targets.find(({ path }) => path === 'MfaConfiguration')?.to ?? config['MfaConfiguration'];
  const speaksOf = (block: string): boolean => targets.some(({ path }) => path.startsWith(block));
  return {
    sms: 'SmsConfiguration' in userPool || speaksOf('SmsMfaConfiguration'),
    email: 'EmailMfaConfiguration' in config || speaksOf('EmailMfaConfiguration'),
    passkeys: 'WebAuthnConfiguration' in config || speaksOf('WebAuthnConfiguration'),
    required: mode === 'ON' || config['MfaConfiguration'] === 'ON',
    factors:
      mode !== config['MfaConfiguration'] ||
      targets.some(
        ({ path, to }) =>
          (path.startsWith('SoftwareToken') && to === false) || path.includes('mailMfa') || path.startsWith('SmsMfa'),
      ),
  };
}

/** In one word or two: the code of a refusal, or the risk and reversibility of a change. */
export function labelOf(plan: PoolPlan): string {
  switch (plan.kind) {
    case 'nothing':
      return 'nothing to do';
    case 'refused':
      return plan.refusal.code;
    case 'change':
      return `${plan.change.risk}, reversible: ${plan.change.reversible}`;
  }
}
