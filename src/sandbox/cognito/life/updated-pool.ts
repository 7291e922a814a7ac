/** What UpdateUserPool leaves behind: members that are left out are set back to their defaults, with exceptions that were measured. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/model/json.ts';
import type { StoredPool } from '../../world/stored-pool.ts';
import type { Rule } from '../rules/rule.ts';
import { defaults } from './made-pool.ts';
import { membersOf, updatable } from './members.ts';
import { withSms } from './sms-block.ts';

const measured = 'go-to-k/cdkd#4066 (measured 2026-09-29)';

/** Of what is left out, these stay as they were. */
const kept: readonly string[] = [
  'AccountRecoverySetting',
  'EmailConfiguration',
  'Policies',
  'SmsConfiguration',
  'UserPoolTags',
  'UserPoolTier',
];

/** What a pool is set back to. */
const reset = Object.fromEntries(Object.entries(defaults).filter(([name]) => !kept.includes(name)));

/** One step from a pool with the members that were sent to what UpdateUserPool leaves behind. */
export interface UpdateEffect extends Rule {
  apply(after: StoredPool, update: Update): StoredPool;
}

interface Update {
  readonly before: StoredPool;
  readonly request: JsonObject;
}

export const updateEffects: readonly UpdateEffect[] = [
  {
    id: 'update.resets-what-is-left-out',
    says: 'UpdateUserPool sets back what it is not given: Lambda triggers, threat protection, self sign-up (to on), verified attributes, messages, remembered devices.',
    source: `${measured}; DeletionProtection, UserAttributeUpdateSettings and the messages of verification by the API reference`,
    apply: (after) => ({ ...after, userPool: { ...reset, ...after.userPool } }),
  },
  {
    id: 'update.keeps',
    says: 'It keeps policies (each of them that is left out), tags, account recovery, e-mail and SMS configuration, feature plan, and MFA with its factors.',
    source: `${measured}; go-to-k/cdkd cognito-provider.ts (measured 2026-08)`,
    apply: (after, { before }) => {
      const stays = Object.fromEntries(Object.entries(before.userPool).filter(([name]) => kept.includes(name)));
      const { Policies } = after.userPool;
      const policies =
        Policies === undefined ? {} : { Policies: { ...objectOr(stays['Policies']), ...objectOr(Policies) } };
      return { ...after, userPool: { ...stays, ...after.userPool, ...policies } };
    },
  },
  {
    id: 'update.off',
    says: 'MfaConfiguration OFF turns MFA off, and takes TOTP and e-mail away as a Set does.',
    source: 'go-to-k/cdkd cognito-provider.ts (measured 2026-08); what becomes of the factors is not measured',
    apply: (after, { request }) => ({
      ...after,
      mfaConfig: withMode(after.mfaConfig, request['MfaConfiguration'] ?? null),
    }),
  },
];

export function updatedPool(
  before: StoredPool,
  request: JsonObject,
  nowMs: number,
  effects: readonly UpdateEffect[] = updateEffects,
): StoredPool {
  const unchangeable = Object.entries(before.userPool).filter(([name]) => !(name in updatable));
  const name = request['PoolName'];
  const sent: StoredPool = {
    ...before,
    ...(typeof name === 'string' ? { name } : {}),
    userPool: {
      ...Object.fromEntries<JsonValue>(unchangeable),
      ...membersOf(request, updatable),
      LastModifiedDate: nowMs / 1000,
    },
  };
  return withSms(effects.reduce((after, effect) => effect.apply(after, { before, request }), sent));
}

function withMode(mfaConfig: JsonObject, mode: JsonValue): JsonObject {
  if (mode === null) return mfaConfig;
  if (mode !== 'OFF') return { ...mfaConfig, MfaConfiguration: mode };
  const { SoftwareTokenMfaConfiguration: _, EmailMfaConfiguration: __, ...rest } = mfaConfig;
  return { ...rest, MfaConfiguration: 'OFF' };
}

function objectOr(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
