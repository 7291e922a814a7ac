/**
 * Who can sign in once MFA is required: the service's decisions as the AWS developer guide lists them ("Adding MFA to a
 * user pool", Details of MFA logic at user runtime), the first row that holds deciding. Steps are that list's numbers.
 */
import { usability, knownSettings } from '../model/mfa/factors.ts';
import type { MfaState } from '../model/mfa/mfa-state.ts';
import type { PoolSettings } from '../model/mfa/pool-settings.ts';
import type { UserFacts, UserFactors } from './users.ts';

/** `passkey-only` users are locked out too, and told apart since another remedy helps them. */
export const signInOutcomes = ['ready', 'must-enrol', 'locked-out', 'passkey-only'] as const;
export type SignInOutcome = (typeof signInOutcomes)[number];

/**
 * What the guide leaves open, read in two ways: a user whose only attribute is the recovery route gets an error `as-written`,
 * or is asked to enrol TOTP where the pool has it (`lenient`). Nobody has published a measurement.
 */
export const readings = ['as-written', 'lenient'] as const;
export type GuideReading = (typeof readings)[number];

/** What decides of a pool, as it would be after the change. */
export interface PoolFacts {
  /** MFA is required (`MfaConfiguration` ON); else who has no factor is not asked for one. */
  readonly required: boolean;
  /** Passkeys that users have registered still work: their relying party stays. */
  readonly passkeys: boolean;
  readonly totp: boolean;
  readonly sms: boolean;
  readonly email: boolean;
  /** The primary route of `AccountRecoverySetting`; `null`: none, an administrator recovers accounts. */
  readonly recovery: 'email' | 'phone' | null;
}

/**
 * A factor of which it is not known whether users could use it counts as none, so that nobody is taken for safer than they are.
 * @param before whose passkeys users have
 */
export function poolFactsOf(after: MfaState, settings: PoolSettings, before: MfaState = after): PoolFacts {
  const has = (factor: 'totp' | 'sms' | 'email') => usability(factor, after, knownSettings(settings)) === 'yes';
  return {
    required: after.mode === 'ON',
    passkeys: before.relyingParty === null || before.relyingParty === after.relyingParty,
    totp: has('totp'),
    sms: has('sms'),
    email: has('email'),
    recovery: primaryRoute(settings.recovery),
  };
}

/** "In the absence of this setting, Amazon Cognito uses the legacy behavior … where SMS is preferred over email" (API model). */
function primaryRoute(recovery: readonly string[]): PoolFacts['recovery'] {
  const [first] = recovery;
  if (first === 'verified_email') return 'email';
  return first === 'admin_only' ? null : 'phone';
}

type User = UserFacts & UserFactors;

interface Branch {
  /** Of the guide's list, or the other source. */
  readonly source: string;
  /** Whom it is about, as a plural: "have a preferred factor that the pool has on". */
  readonly says: string;
  holds(user: User, pool: PoolFacts): boolean;
  readonly outcome: SignInOutcome;
  /** The outcome in the other reading, where the guide leaves it open; a function of the pool. */
  readonly lenient?: (pool: PoolFacts) => SignInOutcome;
}

const always = () => true;

/** In the order in which they are asked. */
export const branches = {
  'not-asked': {
    source: 'API reference, SetUserMFAPreference: "If an MFA type is activated for a user, the user will be prompted"',
    says: 'have set up no factor, and MFA is optional',
    holds: (user, { required, passkeys }) =>
      !required && user.active.length === 0 && (passkeys || !hasPasskeyAlone(user)),
    outcome: 'ready',
  },
  'preferred-factor': {
    source: 'step 3',
    says: 'have a preferred factor that the pool has on',
    holds: ({ preferred, active }, pool) => preferred !== null && active.includes(preferred) && isOn(preferred, pool),
    outcome: 'ready',
  },
  'totp-registered': {
    source: 'step 4',
    says: 'have registered TOTP, which the pool has on',
    holds: ({ active }, { totp }) => totp && active.includes('SOFTWARE_TOKEN_MFA'),
    outcome: 'ready',
  },
  'passkey-only': {
    source: 'Passkeys as MFA: "the user must also have at least one other MFA method"',
    says: 'sign in with a passkey and have no password and no other factor',
    holds: hasPasskeyAlone,
    outcome: 'passkey-only',
  },
  'only-attribute-recovers': {
    source: 'step 6',
    says: 'have one address or number, which is the way to recover the account',
    holds: (user, { recovery }) => hasOne(user) && recovery === attributeOf(user),
    outcome: 'locked-out',
    lenient: ({ totp }) => (totp ? 'must-enrol' : 'locked-out'),
  },
  'only-attribute-gets-codes': {
    source: 'steps 6.2 and 6.3',
    says: 'get codes at their one address or number',
    holds: (user, pool) => hasOne(user) && getsCodes(user, pool),
    outcome: 'ready',
  },
  'both-attributes-get-codes': {
    source: 'step 7',
    says: 'get codes at the address or number that does not recover the account',
    holds: (user, pool) => user.hasEmail && user.hasPhone && getsCodes(user, pool),
    outcome: 'ready',
  },
  'attribute-without-factor': {
    source: 'steps 6.4 and 6.5',
    says: 'have an address or number that gets no codes, and can enrol TOTP',
    holds: ({ hasEmail, hasPhone }, { totp }) => (hasEmail || hasPhone) && totp,
    outcome: 'must-enrol',
  },
  'attribute-without-any-factor': {
    source: 'step 6.4',
    says: 'have an address or number that gets no codes, in a pool without TOTP',
    holds: ({ hasEmail, hasPhone }) => hasEmail || hasPhone,
    outcome: 'locked-out',
  },
  'no-attribute-can-enrol': {
    source: 'step 8',
    says: 'have neither address nor number, and can enrol TOTP or e-mail',
    holds: (_user, { totp, email, recovery }) => totp || (email && recovery !== 'email'),
    outcome: 'must-enrol',
  },
  /** SMS alone asks for a number that only an administrator can add: MFAMethodNotFoundException. */
  'no-attribute': {
    source: 'step 8; aws-amplify/amplify-js#14013',
    says: 'have neither address nor number, and the pool has no factor that they could enrol',
    holds: always,
    outcome: 'locked-out',
  },
} as const satisfies Readonly<Record<string, Branch>>;

export type BranchName = keyof typeof branches;
export const branchNames = Object.keys(branches) as readonly BranchName[];

/** The row that decides about a local user. */
export function branchOf(user: User, pool: PoolFacts): BranchName {
  return branchNames.find((name) => branches[name].holds(user, pool)) ?? 'no-attribute';
}

export function outcomeOf(name: BranchName, pool: PoolFacts, reading: GuideReading): SignInOutcome {
  const branch: Branch = branches[name];
  return reading === 'lenient' ? (branch.lenient?.(pool) ?? branch.outcome) : branch.outcome;
}

const factorWords: Readonly<Record<string, (pool: PoolFacts) => boolean>> = {
  SOFTWARE_TOKEN_MFA: ({ totp }) => totp,
  SMS_MFA: ({ sms }) => sms,
  EMAIL_OTP: ({ email }) => email,
};

function isOn(word: string, pool: PoolFacts): boolean {
  return factorWords[word]?.(pool) === true;
}

function hasPasskeyAlone({ first }: UserFactors): boolean {
  return first.includes('WEB_AUTHN') && !first.some((factor) => factor.startsWith('PASSWORD'));
}

function hasOne({ hasEmail, hasPhone }: UserFacts): boolean {
  return hasEmail !== hasPhone;
}

function attributeOf({ hasEmail }: UserFacts): 'email' | 'phone' {
  return hasEmail ? 'email' : 'phone';
}

/** At an attribute that is not the primary way to recover the account. */
function getsCodes({ hasEmail, hasPhone }: UserFacts, { email, sms, recovery }: PoolFacts): boolean {
  return (hasEmail && email && recovery !== 'email') || (hasPhone && sms && recovery !== 'phone');
}
