/** The sandbox's rules themselves, without a server: what the cases hold them to. */
import type { JsonObject } from '../../src/domain/model/json.ts';
import { describeUserPool } from '../../src/sandbox/cognito/descriptions.ts';
import { ruleTable, type RuleTable } from '../../src/sandbox/cognito/rules/rules.ts';
import { getUserPoolMfaConfig, setUserPoolMfaConfig } from '../../src/sandbox/cognito/set-mfa-config.ts';
import { switchesWithDefaults } from '../../src/sandbox/cognito/open-questions.ts';
import {
  createUserPool,
  deleteUserPool,
  updateUserPool,
  type LifeOutcome,
} from '../../src/sandbox/cognito/life/changes.ts';
import { lifeTable, type LifeTable } from '../../src/sandbox/cognito/life/rules.ts';
import { directoryOf } from '../../src/sandbox/fleet/directory.ts';
import type { ServiceError, StoredPool, Switches } from '../../src/sandbox/world/stored-pool.ts';
import type { Case, Operation } from './case.ts';
import { CannotStage, type Answer, type Endpoint, type StagedPool } from './endpoint.ts';

/** What the cases fill in where nothing outside is asked: made-up names of a role and a sender. */
export const sandboxVariables = {
  region: 'eu-west-1',
  smsRoleArn: 'arn:aws:iam::111122223333:role/service-role/cognito-sms',
  smsExternalId: '3f2b9c1e-external-id',
  sesSourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/mail.example.com',
  lambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:before-sign-up',
  users: 'made-up',
};

/** The pool that a case starts from, as the sandbox stores it. */
export function storedPool({ given = {} }: Case, accountId = '111122223333'): StoredPool {
  const region = given.region ?? sandboxVariables.region;
  const primaryRegion = given.replica === true ? 'eu-central-1' : region;
  return {
    accountId,
    region,
    primaryRegion,
    id: `${primaryRegion}_Conform01`,
    name: 'conformance',
    mfaConfig: given.mfaConfig ?? { MfaConfiguration: 'OFF', ...smsBlockOf(given.userPool ?? {}) },
    userPool: withoutNulls(given.userPool ?? {}),
    users: directoryOf(given.users ?? [], 1, 'conformance'),
  };
}

/** A pool that was made with an SMS configuration shows it although nobody has set up MFA. */
function smsBlockOf({ SmsConfiguration }: JsonObject): JsonObject {
  return SmsConfiguration === undefined ? {} : { SmsMfaConfiguration: { SmsConfiguration } };
}

export function withoutNulls(userPool: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(userPool).filter(([, value]) => value !== null));
}

/** Whether a case needs no more than the rules themselves: users and events are the server's. */
export function isOfRules({ steps }: Case): boolean {
  return steps.every(({ call }) => call === undefined || call.endsWith('UserPool'));
}

export function rulesEndpoint(table: RuleTable = ruleTable, life: LifeTable = lifeTable): Endpoint {
  return {
    name: 'the sandbox’s rules',
    variables: sandboxVariables,
    hasSwitches: true,
    stage: async (conformanceCase, overrides) => {
      const switches = switchesWithDefaults(overrides);
      return new RuledPool(storedPool(conformanceCase), switches, table, life);
    },
    close: async () => [],
  };
}

const nowMs = Date.UTC(2026, 0, 1);
const noPool: Answer = { ok: false, name: 'ResourceNotFoundException', message: 'User pool does not exist.' };

/** A pool that changes by the rules alone. */
class RuledPool implements StagedPool {
  readonly variables = {};
  private pool: StoredPool;
  private isGone = false;
  private readonly switches: Switches;
  private readonly table: RuleTable;
  private readonly life: LifeTable;

  constructor(pool: StoredPool, switches: Switches, table: RuleTable, life: LifeTable) {
    this.pool = pool;
    this.switches = switches;
    this.table = table;
    this.life = life;
  }

  get id(): string {
    return this.pool.id;
  }

  get name(): string {
    return this.pool.name;
  }

  async set(input: JsonObject): Promise<Answer> {
    const outcome = setUserPoolMfaConfig(this.pool, input, this.switches, this.table);
    if (!outcome.ok) return refused(outcome.error);
    this.pool = outcome.pool;
    return { ok: true, body: outcome.answer };
  }

  async get(): Promise<Answer> {
    if (this.isGone) return noPool;
    return { ok: true, body: getUserPoolMfaConfig(this.pool, this.switches, this.table) };
  }

  async describe(): Promise<Answer> {
    return this.isGone ? noPool : { ok: true, body: describeUserPool(this.pool) };
  }

  async call(operation: Operation, input: JsonObject): Promise<Answer> {
    const outcome = this.changed(operation, input);
    if (!outcome.ok) return refused(outcome.error);
    this.pool = outcome.pool;
    this.isGone = operation === 'DeleteUserPool';
    return { ok: true, body: operation === 'CreateUserPool' ? { UserPool: describeUserPool(outcome.pool) } : {} };
  }

  async remove(): Promise<void> {}

  private changed(operation: Operation, input: JsonObject): LifeOutcome {
    if (operation === 'CreateUserPool')
      return createUserPool({ ...this.pool, id: `${this.pool.region}_Conform02` }, input, nowMs, this.life);
    if (operation === 'UpdateUserPool') return updateUserPool(this.pool, input, nowMs, this.life);
    if (operation === 'DeleteUserPool') return deleteUserPool(this.pool, input, this.life);
    throw new CannotStage(`${operation} is the server’s`);
  }
}

function refused({ name, message }: ServiceError): Answer {
  return { ok: false, name, message };
}
