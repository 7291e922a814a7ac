/** The sandbox's rules themselves, without a server: what the cases hold them to. */
import type { JsonObject } from '../../src/domain/model/json.ts';
import { describeUserPool } from '../../src/sandbox/cognito/descriptions.ts';
import { ruleTable, type RuleTable } from '../../src/sandbox/cognito/rules/rules.ts';
import { getUserPoolMfaConfig, setUserPoolMfaConfig } from '../../src/sandbox/cognito/set-mfa-config.ts';
import { switchesWithDefaults } from '../../src/sandbox/cognito/open-questions.ts';
import type { StoredPool } from '../../src/sandbox/world/stored-pool.ts';
import type { Case } from './case.ts';
import type { Answer, Endpoint } from './endpoint.ts';

/** What the cases fill in where nothing outside is asked: made-up names of a role and a sender. */
export const sandboxVariables = {
  region: 'eu-west-1',
  smsRoleArn: 'arn:aws:iam::111122223333:role/service-role/cognito-sms',
  smsExternalId: '3f2b9c1e-external-id',
  sesSourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/mail.example.com',
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
  };
}

/** A pool that was made with an SMS configuration shows it although nobody has set up MFA. */
function smsBlockOf({ SmsConfiguration }: JsonObject): JsonObject {
  return SmsConfiguration === undefined ? {} : { SmsMfaConfiguration: { SmsConfiguration } };
}

export function withoutNulls(userPool: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(userPool).filter(([, value]) => value !== null));
}

export function rulesEndpoint(table: RuleTable = ruleTable): Endpoint {
  return {
    name: 'the sandbox’s rules',
    variables: sandboxVariables,
    hasSwitches: true,
    stage: async (conformanceCase, overrides) => {
      let pool = storedPool(conformanceCase);
      const switches = switchesWithDefaults(overrides);
      const set = (input: JsonObject): Answer => {
        const outcome = setUserPoolMfaConfig(pool, input, switches, table);
        if (!outcome.ok) return { ok: false, name: outcome.error.name, message: outcome.error.message };
        pool = outcome.pool;
        return { ok: true, body: outcome.answer };
      };
      return {
        id: pool.id,
        set: async (input) => set(input),
        get: async () => ({ ok: true, body: getUserPoolMfaConfig(pool, switches, table) }),
        describe: async () => ({ ok: true, body: describeUserPool(pool) }),
        remove: async () => {},
      };
    },
    close: async () => [],
  };
}
