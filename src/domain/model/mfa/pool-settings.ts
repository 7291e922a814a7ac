/** The settings of a pool, beside its MFA configuration, that decide what a change does to its users. */
import { userPoolMembers } from '../api/api-model.ts';
import { objectAt, rawMember, textAt } from '../api/api-values.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { malformedMember } from '../api/model-mismatch.ts';
import type { Tags } from '../observation.ts';
import { smsRole } from './sms.ts';

/** Read from `DescribeUserPool`'s `UserPool`. Sources: AWS developer guide, Adding MFA; API model, UserPoolType. */
export interface PoolSettings {
  /** Where the pool was read, which for a replica is not the region of its id. */
  readonly region: string;
  /** `EstimatedNumberOfUsers`; `null` where the answer does not say it. */
  readonly users: number | null;
  /** A pool without a sign-in policy takes passwords alone. */
  readonly firstFactors: readonly string[];
  /** `UserPoolTier`: LITE, ESSENTIALS, PLUS; `null` where the answer does not say it. */
  readonly tier: string | null;
  /** `EmailSendingAccount`: DEVELOPER for an own SES identity, COGNITO_DEFAULT; `null` where nothing is set. */
  readonly emailSender: string | null;
  /** Names of the recovery mechanisms, the first in priority first; `[]` where none are set. */
  readonly recovery: readonly string[];
  /** Threat protection in full function: `AdvancedSecurityMode` ENFORCED. */
  readonly isThreatProtectionEnforced: boolean;
  /** The pool's own SMS configuration, which outlives the SMS factor; `null`: none that sends. */
  readonly smsConfiguration: JsonObject | null;
  readonly smsTemplate: string | null;
  /** `SmsConfigurationFailure`, split at its commas. */
  readonly smsFailures: readonly string[];
  /** `AutoVerifiedAttributes` has phone_number: the pool sends an SMS to whoever signs up. */
  readonly verifiesPhone: boolean;
  /** Attributes that every user has, since the schema requires them or users sign in with nothing else. */
  readonly sureAttributes: readonly string[];
  /** The pool has a domain, where managed login enrols users by itself. */
  readonly hasDomain: boolean;
  readonly hasCustomChallenge: boolean;
  readonly hasCustomSmsSender: boolean;
  readonly hasCustomEmailSender: boolean;
  readonly tags: Tags;
}

export function settingsOf(userPool: JsonObject, region: string): PoolSettings {
  const users = userPool['EstimatedNumberOfUsers'];
  const usernames = texts(userPool['UsernameAttributes']);
  return {
    region,
    users: typeof users === 'number' && Number.isFinite(users) && users >= 0 ? users : null,
    firstFactors: firstFactorsIn(userPool['Policies']),
    tier: tierIn(userPool['UserPoolTier']),
    emailSender: senderIn(userPool['EmailConfiguration']),
    recovery: namesIn(rawMember(userPool, ['AccountRecoverySetting', 'RecoveryMechanisms'])),
    isThreatProtectionEnforced: textAt(userPool, 'UserPoolAddOns', 'AdvancedSecurityMode') === 'ENFORCED',
    smsConfiguration: smsConfigurationIn(userPool['SmsConfiguration']),
    smsTemplate: textAt(userPool, 'SmsAuthenticationMessage'),
    smsFailures: (textAt(userPool, 'SmsConfigurationFailure') ?? '').split(',').map((name) => name.trim()),
    verifiesPhone: texts(userPool['AutoVerifiedAttributes']).includes('phone_number'),
    sureAttributes: [...requiredAttributes(userPool['SchemaAttributes']), ...(usernames.length === 1 ? usernames : [])],
    hasDomain: textAt(userPool, 'Domain') !== null || textAt(userPool, 'CustomDomain') !== null,
    hasCustomChallenge: textAt(userPool, 'LambdaConfig', 'DefineAuthChallenge') !== null,
    hasCustomSmsSender: objectAt(userPool, 'LambdaConfig', 'CustomSMSSender') !== null,
    hasCustomEmailSender: objectAt(userPool, 'LambdaConfig', 'CustomEmailSender') !== null,
    tags: tagsOf(userPool['UserPoolTags']),
  };
}

const { CreationDate: _created, LastModifiedDate: _modified, ...decisive } = userPoolMembers;

/** A value of another type than the model's, as a sentence without its end; dates decide nothing here. */
export function descriptionFlaw(userPool: JsonObject): string | null {
  return malformedMember(userPool, decisive);
}

/** What a pool without a sign-in policy reads as. */
const defaultFirstFactors: readonly string[] = ['PASSWORD'];

/** From the member `Policies`. */
export function firstFactorsIn(policies: JsonValue | undefined): readonly string[] {
  const named = texts(rawMember(policies, ['SignInPolicy', 'AllowedFirstAuthFactors']));
  return named.length === 0 ? defaultFirstFactors : named;
}

/** From the member `EmailConfiguration`. */
export function senderIn(email: JsonValue | undefined): string | null {
  return textAt(email, 'EmailSendingAccount');
}

/** From the member `UserPoolTier`. */
export function tierIn(tier: JsonValue | undefined): string | null {
  return textAt(tier);
}

/**
 * From the member `SmsConfiguration`. One without a role sends nothing, and the service takes none for a factor; but a
 * member that this version does not know may be another way to send.
 */
export function smsConfigurationIn(block: JsonValue | undefined): JsonObject | null {
  const configuration = objectAt(block);
  if (configuration === null || smsRole(configuration) !== null) return configuration;
  const { members } = userPoolMembers.SmsConfiguration;
  return Object.keys(configuration).some((name) => !Object.hasOwn(members, name)) ? configuration : null;
}

function texts(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((entry: JsonValue) => typeof entry === 'string') : [];
}

function namesIn(mechanisms: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(mechanisms)) return [];
  const byPriority = mechanisms.toSorted((a: JsonValue, b: JsonValue) => priorityOf(a) - priorityOf(b));
  return byPriority.flatMap((mechanism: JsonValue) => textAt(mechanism, 'Name') ?? []);
}

/** 1 comes before 2; one without comes last. */
function priorityOf(mechanism: JsonValue): number {
  const priority = rawMember(mechanism, ['Priority']);
  return typeof priority === 'number' ? priority : Number.MAX_SAFE_INTEGER;
}

function requiredAttributes(schema: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(schema)) return [];
  return schema.flatMap((attribute: JsonValue) =>
    rawMember(attribute, ['Required']) === true ? (textAt(attribute, 'Name') ?? []) : [],
  );
}

function tagsOf(value: JsonValue | undefined): Tags {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, tag]) => (typeof tag === 'string' ? [[key, tag] as const] : [])),
  );
}
