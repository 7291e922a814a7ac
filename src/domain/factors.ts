/** The second factors that a user of a pool can really use, judged from both answers. Source: AWS developer guide, MFA. */
import { rawMember } from './api-values.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { userPoolMember, type Known, type Missing, type Subject } from './subject.ts';

export const factorNames = ['totp', 'passkey', 'sms', 'email'] as const;
export type Factor = (typeof factorNames)[number];

type Usable = 'yes' | 'no' | Missing;

/** `DescribeUserPool` decides together with the configuration; these members of it are asked for. */
export const factorMembers = ['Policies', 'SmsConfiguration', 'EmailConfiguration', 'UserPoolTier'] as const;

export interface UsableFactors {
  /** Surely usable, in the order of `factorNames`. */
  readonly usable: readonly Factor[];
  /** Not known, with what could not be read. */
  readonly unknown: ReadonlyMap<Factor, Missing>;
}

export function usableFactors(config: JsonObject, subject: Pick<Subject, 'pool' | 'fromResult'>): UsableFactors {
  const isOff = (rawMember(config, ['MfaConfiguration']) ?? 'OFF') === 'OFF';
  const answers: Readonly<Record<Factor, Usable>> = {
    totp: !isOff && rawMember(config, ['SoftwareTokenMfaConfiguration', 'Enabled']) === true ? 'yes' : 'no',
    passkey: passkey(config, subject),
    sms: isOff ? 'no' : sms(config, subject),
    email: isOff ? 'no' : email(config, subject),
  };
  const unknown = new Map<Factor, Missing>();
  for (const factor of factorNames) {
    const answer = answers[factor];
    if (typeof answer === 'object') unknown.set(factor, answer);
  }
  return { usable: factorNames.filter((factor) => answers[factor] === 'yes'), unknown };
}

/** A passkey counts as a second factor only where it verifies its user; absent first factors read as PASSWORD alone. */
function passkey(config: JsonObject, subject: Pick<Subject, 'pool' | 'fromResult'>): Usable {
  const factor = rawMember(config, ['WebAuthnConfiguration', 'FactorConfiguration']);
  if (factor !== 'MULTI_FACTOR_WITH_USER_VERIFICATION') return 'no';
  return fromMember(userPoolMember(subject, 'Policies'), (policies) => {
    const first = rawMember(policies, ['SignInPolicy', 'AllowedFirstAuthFactors']);
    return Array.isArray(first) && first.includes('WEB_AUTHN');
  });
}

/** "An active SMS configuration automatically makes SMS messages an available MFA method." */
function sms(config: JsonObject, subject: Pick<Subject, 'pool' | 'fromResult'>): Usable {
  if (hasMembers(rawMember(config, ['SmsMfaConfiguration', 'SmsConfiguration']))) return 'yes';
  return fromMember(userPoolMember(subject, 'SmsConfiguration'), hasMembers);
}

/** An own SES sender on Essentials or Plus "automatically makes email messages an available MFA method". */
function email(config: JsonObject, subject: Pick<Subject, 'pool' | 'fromResult'>): Usable {
  if (isJsonObject(rawMember(config, ['EmailMfaConfiguration']))) return 'yes';
  const sender = fromMember(
    userPoolMember(subject, 'EmailConfiguration'),
    (block) => rawMember(block, ['EmailSendingAccount']) === 'DEVELOPER',
  );
  const tier = fromMember(
    userPoolMember(subject, 'UserPoolTier'),
    (value) => value === 'ESSENTIALS' || value === 'PLUS',
  );
  if (sender === 'no' || tier === 'no') return 'no';
  return sender === 'yes' ? tier : sender;
}

function fromMember(member: Known<JsonValue | undefined>, claim: (value: JsonValue | undefined) => boolean): Usable {
  if (!member.known) return member.missing;
  return claim(member.value) ? 'yes' : 'no';
}

function hasMembers(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length > 0;
}
