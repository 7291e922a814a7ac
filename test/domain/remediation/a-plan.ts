/** Pools, policies' asks and rules for planning one pool. */
import { configMember } from '../../../src/domain/model/api/api-values.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/model/json.ts';
import type { RequestedChange } from '../../../src/domain/remediation/request/requested-changes.ts';
import type { ViolationsIn } from '../../../src/domain/remediation/request/policy-impact.ts';
import type { Change } from '../../../src/domain/remediation/model/plan.ts';
import type { PoolPlan } from '../../../src/domain/remediation/plan/draft-pool.ts';
import { planPool } from '../../../src/domain/remediation/plan/plan-pool.ts';
import type { PlanRules, PoolReading } from '../../../src/domain/remediation/plan/pool-rules.ts';
import type { Refusal } from '../../../src/domain/remediation/model/refusals.ts';
import type { PoolRequests } from '../../../src/domain/remediation/request/not-fixable.ts';

export const totpOn = { SoftwareTokenMfaConfiguration: { Enabled: true } };
export const totpOnly: JsonObject = { MfaConfiguration: 'OPTIONAL', ...totpOn };
export const off: JsonObject = { MfaConfiguration: 'OFF' };

/** With a role, an external id, a region and a text: all that a careless call would lose. */
export const smsBlock: JsonObject = {
  SmsAuthenticationMessage: 'Your code is {####}',
  SmsConfiguration: {
    SnsCallerArn: 'arn:aws:iam::111122223333:role/service-role/sms',
    ExternalId: 'a1b2c3',
    SnsRegion: 'eu-west-1',
  },
};

export const plainPool: JsonObject = {
  UserPoolTier: 'ESSENTIALS',
  EstimatedNumberOfUsers: 42,
  EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
};

export const smsPool: JsonObject = {
  ...plainPool,
  SmsConfiguration: smsBlock['SmsConfiguration'] ?? null,
  SmsAuthenticationMessage: 'Your code is {####}',
};

export function aReading(config: JsonObject, more: Partial<PoolReading> = {}): PoolReading {
  return {
    accountId: '111122223333',
    region: 'eu-west-1',
    poolId: 'eu-west-1_AbCdEf123',
    poolName: 'customers-prod',
    config,
    unknownFields: [],
    userPool: plainPool,
    replicaOf: null,
    readiness: null,
    ...more,
  };
}

export function aRequest(path: string, to: JsonValue, more: Partial<RequestedChange> = {}): RequestedChange {
  return {
    policy: 'prod',
    file: 'policies/prod.yaml',
    line: 12,
    path,
    to,
    mode: 'auto',
    allow: ['tightening', 'disruptive'],
    readiness: null,
    enrolment: null,
    meanwhile: null,
    isInterim: false,
    ...more,
  };
}

export const rules: PlanRules = {
  isOff: false,
  by: 'person',
  allow: [],
  includeManaged: false,
  managedTags: ['aws:cloudformation:stack-name'],
};

export function poolRequests(requested: readonly RequestedChange[], more: Partial<PoolRequests> = {}): PoolRequests {
  return { requested, notFixable: [], disagreements: [], protections: [], ...more };
}

/** Judges by the asks alone. */
export function violationsBy(requested: readonly RequestedChange[]): ViolationsIn {
  return (config) =>
    requested
      .filter(({ path, to }) => {
        const value = configMember(config, path.split('.')).value ?? null;
        return JSON.stringify(value) !== JSON.stringify(to);
      })
      .map(({ policy, path }) => ({ policy, path }));
}

export function plan(
  pool: PoolReading,
  requested: readonly RequestedChange[],
  more: Partial<PoolRequests> = {},
  moreRules: Partial<PlanRules> = {},
): PoolPlan {
  return planPool(pool, poolRequests(requested, more), { ...rules, ...moreRules }, violationsBy(requested));
}

export function changeIn(made: PoolPlan): Change {
  if (made.kind !== 'change') throw new Error(`No change, but ${JSON.stringify(made)}`);
  return made.change;
}

export function refusalIn(made: PoolPlan): Refusal {
  if (made.kind !== 'refused') throw new Error(`No refusal, but ${JSON.stringify(made)}`);
  return made.refusal;
}
