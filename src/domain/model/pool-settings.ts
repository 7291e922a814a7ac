/** The settings of a pool, beside its MFA configuration, that decide what a change does to its users. */
import { userPoolMembers } from './api/api-model.ts';
import { rawMember } from './api/api-values.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { malformedMember } from './api/model-mismatch.ts';
import type { Tags } from './observation.ts';
import { objectAt, textAt } from './configuration.ts';
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
  /** E-mail goes out through an own SES identity. */
  readonly hasOwnSender: boolean;
  /** The same, or the sender is one that this version does not know. */
  readonly mayHaveOwnSender: boolean;
  /** Names of the recovery mechanisms; `[]` where none are set. */
  readonly recovery: readonly string[];
  /** Threat protection in full function: `AdvancedSecurityMode` ENFORCED. */
  readonly isThreatProtectionEnforced: boolean;
  /** The pool's own SMS configuration, which outlives the SMS factor. */
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

export function readPoolSettings(userPool: JsonObject, region: string): PoolSettings {
  const users = userPool['EstimatedNumberOfUsers'];
  const firstFactors = texts(rawMember(userPool, ['Policies', 'SignInPolicy', 'AllowedFirstAuthFactors']));
  const sender = textAt(userPool, 'EmailConfiguration', 'EmailSendingAccount');
  const usernames = texts(userPool['UsernameAttributes']);
  return {
    region,
    users: typeof users === 'number' && Number.isFinite(users) && users >= 0 ? users : null,
    firstFactors: firstFactors.length === 0 ? ['PASSWORD'] : firstFactors,
    tier: textAt(userPool, 'UserPoolTier'),
    hasOwnSender: sender === 'DEVELOPER',
    mayHaveOwnSender: sender !== null && sender !== 'COGNITO_DEFAULT',
    recovery: namesIn(rawMember(userPool, ['AccountRecoverySetting', 'RecoveryMechanisms'])),
    isThreatProtectionEnforced: textAt(userPool, 'UserPoolAddOns', 'AdvancedSecurityMode') === 'ENFORCED',
    smsConfiguration: sendsSms(objectAt(userPool, 'SmsConfiguration')),
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

/**
 * "An own SES configuration on Essentials or Plus automatically makes email messages an available MFA method." A plan
 * that the answer does not name counts as one of them, and an unknown sender as an own one, so that a change is never taken for safer than it is.
 */
export function isEmailAutomatic({ mayHaveOwnSender, tier }: PoolSettings): boolean {
  return mayHaveOwnSender && tier !== 'LITE';
}

function texts(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((entry: JsonValue) => typeof entry === 'string') : [];
}

function namesIn(mechanisms: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(mechanisms)) return [];
  return mechanisms.flatMap((mechanism: JsonValue) => textAt(mechanism, 'Name') ?? []);
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

/** A configuration without a role sends nothing, and the service takes none for a factor. */
function sendsSms(configuration: JsonObject | null): JsonObject | null {
  return smsRole(configuration) === null ? null : configuration;
}
