/**
 * The second factors of a pool: when each is one, said once for verdicts, risks, lock-out and what a call must send.
 * Source: AWS developer guide, Adding MFA to a user pool.
 */
import { objectAt } from '../api/api-values.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { verifyingFactor, type MfaState } from './mfa-state.ts';
import { firstFactorsIn, senderIn, smsConfigurationIn, tierIn, type PoolSettings } from './pool-settings.ts';
import { smsRole } from './sms.ts';
import { known, userPoolMember, type Known, type Missing, type Subject } from '../subject.ts';

export const factorNames = ['totp', 'passkey', 'sms', 'email'] as const;
export type Factor = (typeof factorNames)[number];

/** Where it is not known, what would have to be. */
export type Usable = 'yes' | 'no' | Missing;

/** `DescribeUserPool` decides together with the MFA state; these members of it are asked for. */
export const factorMembers = ['Policies', 'SmsConfiguration', 'EmailConfiguration', 'UserPoolTier'] as const;

/** What `factorMembers` say, each of it asked for where it decides, and known or not. */
export type FactorSettings = {
  readonly [Name in 'firstFactors' | 'smsConfiguration' | 'emailSender' | 'tier']: () => Known<PoolSettings[Name]>;
};

interface FactorDefinition {
  /** Whether nobody can use it while the mode is OFF. */
  readonly needsMode: boolean;
  /** Whether users can use it, the mode left aside. */
  isReady(state: MfaState, settings: FactorSettings): Usable;
  /** Whether the service takes it for a factor in a call that sends this state. */
  isSent(state: MfaState): boolean;
}

const definitions: Readonly<Record<Factor, FactorDefinition>> = {
  totp: {
    needsMode: true,
    isReady: ({ totp }) => (totp ? 'yes' : 'no'),
    isSent: ({ totp }) => totp,
  },
  /** A second factor only where it verifies its user; never enough for a call (go-to-k/cdkd#1920, measured). */
  passkey: {
    needsMode: false,
    isReady: ({ passkeyWord }, settings) =>
      both(isVerifying(passkeyWord), () =>
        claimed(settings.firstFactors(), (first) => (first.includes('WEB_AUTHN') ? 'yes' : 'no')),
      ),
    isSent: () => false,
  },
  /** "An active SMS configuration automatically makes SMS messages an available MFA method." */
  sms: {
    needsMode: true,
    isReady: ({ sms }, settings) =>
      either(sends(smsConfigurationIn(objectAt(sms ?? undefined, 'SmsConfiguration'))), () =>
        claimed(settings.smsConfiguration(), sends),
      ),
    isSent: ({ sms }) => smsRole(objectAt(sms ?? undefined, 'SmsConfiguration')) !== null,
  },
  email: {
    needsMode: true,
    isReady: ({ email }, settings) => either(email === null ? 'no' : 'yes', () => automaticEmail(settings)),
    isSent: ({ email }) => email !== null,
  },
};

export interface UsableFactors {
  /** Surely usable, in the order of `factorNames`. */
  readonly usable: readonly Factor[];
  /** Not known, with what could not be read. */
  readonly unknown: ReadonlyMap<Factor, Missing>;
}

/** The factors that a user can really use. */
export function usableFactors(state: MfaState, settings: FactorSettings): UsableFactors {
  const usable: Factor[] = [];
  const unknown = new Map<Factor, Missing>();
  for (const factor of factorNames) {
    const answer = usability(factor, state, settings);
    if (answer === 'yes') usable.push(factor);
    else if (answer !== 'no') unknown.set(factor, answer);
  }
  return { usable, unknown };
}

/** Whether a user can really use the factor. */
export function usability(factor: Factor, state: MfaState, settings: FactorSettings): Usable {
  const definition = definitions[factor];
  if (!definition.needsMode) return definition.isReady(state, settings);
  return both(isBeyondOff(state), () => definition.isReady(state, settings));
}

/** Whether a user could use it if the mode were not OFF; what is not known counts, so that no change is taken for safer than it is. */
export function mayBeReady(factor: Factor, state: MfaState, settings: FactorSettings): boolean {
  return definitions[factor].isReady(state, settings) !== 'no';
}

/** Whether the service takes a call for one with a factor. */
export function sendsFactor(sent: MfaState): boolean {
  return factorNames.some((factor) => definitions[factor].isSent(sent));
}

/** Of a pool of which perhaps not all was read. */
export function settingsOfSubject(subject: Pick<Subject, 'pool' | 'fromResult'>): FactorSettings {
  return {
    firstFactors: () => readFrom(userPoolMember(subject, 'Policies'), firstFactorsIn),
    smsConfiguration: () => readFrom(userPoolMember(subject, 'SmsConfiguration'), smsConfigurationIn),
    emailSender: () => readFrom(userPoolMember(subject, 'EmailConfiguration'), senderIn),
    tier: () => readFrom(userPoolMember(subject, 'UserPoolTier'), tierIn),
  };
}

/** Of a pool that was described. */
export function knownSettings(settings: PoolSettings): FactorSettings {
  return {
    firstFactors: () => known(settings.firstFactors),
    smsConfiguration: () => known(settings.smsConfiguration),
    emailSender: () => known(settings.emailSender),
    tier: () => known(settings.tier),
  };
}

/**
 * Whether e-mail may be a factor without a block of its own. A plan that the answer does not name counts as one that has
 * it, and an unknown sender as an own one, so that a change is never taken for safer than it is.
 */
export function isEmailAutomatic(settings: PoolSettings): boolean {
  return automaticEmail(knownSettings(settings)) !== 'no';
}

/** An own SES sender on Essentials or Plus "automatically makes email messages an available MFA method". */
function automaticEmail(settings: FactorSettings): Usable {
  return both(claimed(settings.emailSender(), isOwnSender), () => claimed(settings.tier(), takesEmail));
}

function isBeyondOff({ mode, modeWord }: MfaState): Usable {
  if (mode !== 'OFF') return 'yes';
  return modeWord === 'OFF' ? 'no' : unknownWord('MfaConfiguration', modeWord);
}

function isVerifying(word: JsonValue): Usable {
  if (word === 'SINGLE_FACTOR') return 'no';
  return word === verifyingFactor ? 'yes' : unknownWord('FactorConfiguration', word);
}

/** Without a role nothing is sent, unless by a way that this version does not know. */
function sends(configuration: JsonObject | null): Usable {
  if (configuration === null) return 'no';
  return smsRole(configuration) === null ? unknownWord('SmsConfiguration', Object.keys(configuration).sort()) : 'yes';
}

function isOwnSender(sender: string | null): Usable {
  if (sender === null || sender === 'COGNITO_DEFAULT') return 'no';
  return sender === 'DEVELOPER' ? 'yes' : unknownWord('EmailSendingAccount', sender);
}

function takesEmail(tier: string | null): Usable {
  if (tier === null) return { what: 'the feature plan (UserPoolTier), which is not said', failure: null };
  if (tier === 'LITE') return 'no';
  return tier === 'ESSENTIALS' || tier === 'PLUS' ? 'yes' : unknownWord('UserPoolTier', tier);
}

/** A no settles it, also beside what is not known. */
function both(first: Usable, second: () => Usable): Usable {
  if (first === 'no') return 'no';
  const other = second();
  return other === 'yes' ? first : other;
}

/** A yes settles it, also beside what is not known. */
function either(first: Usable, second: () => Usable): Usable {
  if (first === 'yes') return 'yes';
  const other = second();
  return other === 'no' ? first : other;
}

/** AWS may invent a word at any time; which factors come with it is not known until this program knows the word. */
function unknownWord(member: string, word: JsonValue): Missing {
  const what = `what ${member} ${JSON.stringify(word)} means`;
  const remedy = 'Use a newer version of mfa-drift, which may know the word, or read the pool by hand.';
  return { what, failure: { code: 'expectation-unreadable', message: 'a new word of AWS', remedy } };
}

function readFrom<T>(member: Known<JsonValue | undefined>, read: (value: JsonValue | undefined) => T): Known<T> {
  return member.known ? known(read(member.value)) : member;
}

function claimed<T>(fact: Known<T>, claim: (value: T) => Usable): Usable {
  return fact.known ? claim(fact.value) : fact.missing;
}
