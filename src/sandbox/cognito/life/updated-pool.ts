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

export const updateEffects: readonly Rule[] = [
  {
    id: 'update.resets-what-is-left-out',
    says: 'UpdateUserPool sets back what it is not given: Lambda triggers, threat protection, self sign-up (to on), verified attributes, messages, remembered devices.',
    source: `${measured}; DeletionProtection, UserAttributeUpdateSettings and the messages of verification by the API reference`,
  },
  {
    id: 'update.keeps',
    says: 'It keeps policies (each of them that is left out), tags, account recovery, e-mail and SMS configuration, feature plan, and MFA with its factors.',
    source: `${measured}; go-to-k/cdkd cognito-provider.ts (measured 2026-08)`,
  },
  {
    id: 'update.off',
    says: 'MfaConfiguration OFF turns MFA off, and takes TOTP and e-mail away as a Set does.',
    source: 'go-to-k/cdkd cognito-provider.ts (measured 2026-08); what becomes of the factors is not measured',
  },
];

export function updatedPool(pool: StoredPool, request: JsonObject, nowMs: number): StoredPool {
  const { Policies, ...members } = membersOf(request, updatable);
  const stays = Object.entries(pool.userPool).filter(([name]) => !(name in updatable) || kept.includes(name));
  const reset = Object.entries(defaults).filter(([name]) => !kept.includes(name));
  const before = objectOr(pool.userPool['Policies']);
  const name = request['PoolName'];
  return withSms({
    ...pool,
    ...(typeof name === 'string' ? { name } : {}),
    mfaConfig: withMode(pool.mfaConfig, request['MfaConfiguration'] ?? null),
    userPool: {
      ...Object.fromEntries<JsonValue>([...stays, ...reset]),
      ...members,
      ...(Policies === undefined ? {} : { Policies: { ...before, ...objectOr(Policies) } }),
      LastModifiedDate: nowMs / 1000,
    },
  });
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
