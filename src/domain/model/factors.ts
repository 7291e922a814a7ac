/** The second factors that a user of a pool can really use, judged from both answers. Source: AWS developer guide, MFA. */
import { rawMember } from './api/api-values.ts';
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
  const mode = beyondOff(rawMember(config, ['MfaConfiguration']));
  const hasTotp = rawMember(config, ['SoftwareTokenMfaConfiguration', 'Enabled']) === true;
  const answers: Readonly<Record<Factor, Usable>> = {
    totp: both(mode, () => (hasTotp ? 'yes' : 'no')),
    passkey: passkey(config, subject),
    sms: both(mode, () => sms(config, subject)),
    email: both(mode, () => email(config, subject)),
  };
  const unknown = new Map<Factor, Missing>();
  for (const factor of factorNames) {
    const answer = answers[factor];
    if (typeof answer === 'object') unknown.set(factor, answer);
  }
  return { usable: factorNames.filter((factor) => answers[factor] === 'yes'), unknown };
}

function beyondOff(mode: JsonValue | undefined): Usable {
  if (mode === undefined || mode === 'OFF') return 'no';
  return mode === 'ON' || mode === 'OPTIONAL' ? 'yes' : unknownWord('MfaConfiguration', mode);
}

/** A passkey counts as a second factor only where it verifies its user; absent first factors read as PASSWORD alone. */
function passkey(config: JsonObject, subject: Pick<Subject, 'pool' | 'fromResult'>): Usable {
  return both(isVerifying(rawMember(config, ['WebAuthnConfiguration', 'FactorConfiguration'])), () =>
    fromMember(userPoolMember(subject, 'Policies'), (policies) => {
      const first = rawMember(policies, ['SignInPolicy', 'AllowedFirstAuthFactors']);
      return Array.isArray(first) && first.includes('WEB_AUTHN') ? 'yes' : 'no';
    }),
  );
}

function isVerifying(factor: JsonValue | undefined): Usable {
  if (factor === undefined || factor === 'SINGLE_FACTOR') return 'no';
  return factor === 'MULTI_FACTOR_WITH_USER_VERIFICATION' ? 'yes' : unknownWord('FactorConfiguration', factor);
}

/** "An active SMS configuration automatically makes SMS messages an available MFA method." */
function sms(config: JsonObject, subject: Pick<Subject, 'pool' | 'fromResult'>): Usable {
  if (hasMembers(rawMember(config, ['SmsMfaConfiguration', 'SmsConfiguration']))) return 'yes';
  return fromMember(userPoolMember(subject, 'SmsConfiguration'), (block) => (hasMembers(block) ? 'yes' : 'no'));
}

/** An own SES sender on Essentials or Plus "automatically makes email messages an available MFA method". */
function email(config: JsonObject, subject: Pick<Subject, 'pool' | 'fromResult'>): Usable {
  if (isJsonObject(rawMember(config, ['EmailMfaConfiguration']))) return 'yes';
  return both(fromMember(userPoolMember(subject, 'EmailConfiguration'), isOwnSender), () =>
    fromMember(userPoolMember(subject, 'UserPoolTier'), takesEmail),
  );
}

function isOwnSender(block: JsonValue | undefined): Usable {
  const account = rawMember(block, ['EmailSendingAccount']);
  if (account === undefined || account === 'COGNITO_DEFAULT') return 'no';
  return account === 'DEVELOPER' ? 'yes' : unknownWord('EmailSendingAccount', account);
}

function takesEmail(tier: JsonValue | undefined): Usable {
  if (tier === undefined) return { what: 'the feature plan (UserPoolTier), which is not said', failure: null };
  if (tier === 'LITE') return 'no';
  return tier === 'ESSENTIALS' || tier === 'PLUS' ? 'yes' : unknownWord('UserPoolTier', tier);
}

/** A no settles it, also beside what is not known. */
function both(first: Usable, second: () => Usable): Usable {
  if (first === 'no') return 'no';
  const other = second();
  return other === 'yes' ? first : other;
}

/** AWS may invent a word at any time; which factors come with it is not known until this program knows the word. */
function unknownWord(member: string, word: JsonValue): Missing {
  const what = `what ${member} ${JSON.stringify(word)} means`;
  const remedy = 'Use a newer version of mfa-drift, which may know the word, or read the pool by hand.';
  return { what, failure: { code: 'expectation-unreadable', message: 'a new word of AWS', remedy } };
}

function fromMember(member: Known<JsonValue | undefined>, claim: (value: JsonValue | undefined) => Usable): Usable {
  return member.known ? claim(member.value) : member.missing;
}

function hasMembers(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length > 0;
}
