/** The settings of a pool that decide which MFA configurations the service accepts, read from what is stored. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import type { StoredPool } from '../world/stored-pool.ts';

/** The value at a path of members, or `undefined` where the path ends early. */
export function memberAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  let found = value;
  for (const name of path) found = isJsonObject(found) ? found[name] : undefined;
  return found;
}

export function objectAt(value: JsonValue | undefined, ...path: readonly string[]): JsonObject | null {
  const found = memberAt(value, ...path);
  return isJsonObject(found) ? found : null;
}

function namesIn(list: JsonValue | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
}

export function tierOf({ userPool }: StoredPool): string {
  const tier = userPool['UserPoolTier'];
  return typeof tier === 'string' ? tier : 'ESSENTIALS';
}

/** Whether e-mail goes out through the account's own SES identity; the default is Cognito's own sender. */
export function hasOwnSender({ userPool }: StoredPool): boolean {
  return memberAt(userPool, 'EmailConfiguration', 'EmailSendingAccount') === 'DEVELOPER';
}

/** Whether the pool itself sends a code to the phone number of whoever signs up. */
export function verifiesPhone({ userPool }: StoredPool): boolean {
  return namesIn(userPool['AutoVerifiedAttributes']).includes('phone_number');
}

/** `[]` where the pool sets no account recovery. */
export function recoveryMechanisms({ userPool }: StoredPool): readonly string[] {
  const mechanisms = memberAt(userPool, 'AccountRecoverySetting', 'RecoveryMechanisms');
  return namesIn(
    Array.isArray(mechanisms) ? mechanisms.map((mechanism: JsonValue) => memberAt(mechanism, 'Name') ?? null) : [],
  );
}

/** A pool without a sign-in policy takes passwords alone. */
export function firstFactors({ userPool }: StoredPool): readonly string[] {
  const factors = namesIn(memberAt(userPool, 'Policies', 'SignInPolicy', 'AllowedFirstAuthFactors'));
  return factors.length === 0 ? ['PASSWORD'] : factors;
}

export function hasEnforcedThreatProtection({ userPool }: StoredPool): boolean {
  return memberAt(userPool, 'UserPoolAddOns', 'AdvancedSecurityMode') === 'ENFORCED';
}

/** The SMS configuration that the pool sends with, or `null`: it outlives the SMS factor. */
export function smsConfigurationOf(pool: Pick<StoredPool, 'userPool' | 'mfaConfig'>): JsonObject | null {
  const own = objectAt(pool.userPool, 'SmsConfiguration');
  const configuration = own ?? objectAt(pool.mfaConfig, 'SmsMfaConfiguration', 'SmsConfiguration');
  return sendsSms(configuration) ? configuration : null;
}

export function sendsSms(configuration: JsonObject | null): boolean {
  return configuration !== null && smsRole(configuration) !== null;
}

/** The role that an SMS configuration sends with, through SNS or through End User Messaging. */
export function smsRole(configuration: JsonObject): { readonly arn: string; readonly externalId: JsonValue } | null {
  for (const settings of [configuration, objectAt(configuration, 'EumsSms')]) {
    const arn = settings?.['SnsCallerArn'] ?? settings?.['CallerArn'];
    if (typeof arn === 'string' && arn !== '') return { arn, externalId: settings?.['ExternalId'] ?? null };
  }
  return null;
}

export function isReplica(pool: StoredPool): boolean {
  return pool.region !== pool.primaryRegion;
}

/** An MFA configuration without its SMS block: what the primary of a replicated pool decides. */
export function withoutSms(mfaConfig: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(mfaConfig).filter(([name]) => name !== 'SmsMfaConfiguration'));
}
