/**
 * Who could be locked out by a change to ON. Sources: AWS developer guide, "Adding MFA to a user pool" (required MFA,
 * users without a factor, account recovery) and "SMS message settings"; API model, UserPoolType.
 */
import { counted } from '../../../number-format.ts';
import { knownSettings, mayBeReady } from '../../model/mfa/factors.ts';
import type { ChangeContext } from './risk-conditions.ts';

export interface Lockout {
  /** Conditions that this pool's settings make possible: whole sentences, the hardest first. */
  readonly conditions: readonly string[];
  /** What settings can't tell: whole sentences. */
  readonly unknown: readonly string[];
}

interface Hazard {
  isPossible(context: ChangeContext): boolean;
  says(context: ChangeContext): string;
}

const hazards: readonly Hazard[] = [
  {
    isPossible: () => true,
    says: ({ settings }) =>
      settings.hasDomain
        ? 'Users without a factor must enrol at their next sign-in: managed login does that, but an application that signs users in by itself must handle MFA_SETUP and SELECT_MFA_TYPE, or all of its users without a factor are locked out.'
        : 'Users without a factor must enrol at their next sign-in: the pool has no domain and so no managed login, and every application must handle MFA_SETUP and SELECT_MFA_TYPE, or all of its users without a factor are locked out.',
  },
  {
    isPossible: (context) => !context.after.totp && lackingAttributes(context).length > 0,
    says: (context) =>
      `TOTP is off, so a user without ${lackingAttributes(context).join(' or ')} has no factor to enrol and cannot sign in until an administrator adds one.`,
  },
  {
    isPossible: (context) => hasEmail(context) && recoversBy(context, 'verified_email'),
    says: () =>
      'A user whose only attribute is an e-mail address, which is also the way to recover the account, gets an error at sign-in; ForgotPassword fails for one whose second factor is e-mail.',
  },
  {
    isPossible: (context) => hasSms(context) && recoversBy(context, 'verified_phone_number'),
    says: () =>
      'A user whose only attribute is a phone number, which is also the way to recover the account, gets an error at sign-in; ForgotPassword fails for one whose second factor is SMS.',
  },
  {
    isPossible: (context) => hasSms(context) && context.settings.smsFailures.includes('SNSSandbox'),
    says: () => 'SMS is in the SNS sandbox: codes reach only numbers that were verified there.',
  },
  {
    isPossible: (context) => hasSms(context) && context.settings.hasCustomSmsSender,
    says: () => 'SMS codes go through a Lambda function (CustomSMSSender): where it fails, no code arrives.',
  },
  {
    isPossible: (context) => hasEmail(context) && context.settings.hasCustomEmailSender,
    says: () => 'E-mail codes go through a Lambda function (CustomEmailSender): where it fails, no code arrives.',
  },
  {
    isPossible: ({ settings }) => settings.hasCustomChallenge,
    says: () => 'The pool has custom challenges (DefineAuthChallenge), whose applications must cope with MFA too.',
  },
  {
    isPossible: ({ before, after, settings }) =>
      settings.firstFactors.includes('WEB_AUTHN') && !before.isPasskeyVerifying && after.isPasskeyVerifying,
    says: () => 'A passkey on a device that does not verify its user no longer signs in.',
  },
];

/**
 * `null`: the change does not make MFA required.
 *
 * @param isMeasured its users were asked for their factors
 */
export function lockoutOf(context: ChangeContext, isMeasured = false): Lockout | null {
  const { before, after, settings } = context;
  if (after.mode !== 'ON' || before.mode === 'ON') return null;
  const users = settings.users ?? 0;
  return {
    conditions: hazards.filter((hazard) => hazard.isPossible(context)).map((hazard) => hazard.says(context)),
    unknown: [
      ...(isMeasured
        ? []
        : [
            `How many of the pool's ${counted(users, 'user')} have a factor (the number itself is an estimate, and federated users never get MFA from Cognito).`,
          ]),
      'Whether each application of the pool handles MFA_SETUP and SELECT_MFA_TYPE.',
      ...(hasSms(context) ? ['Whether SMS is delivered: spending limit, origination identity, country.'] : []),
    ],
  };
}

/** Attributes that codes go to and that not every user need have; empty where every user surely has one of them. */
function lackingAttributes(context: ChangeContext): readonly string[] {
  const usable = [...(hasEmail(context) ? ['email'] : []), ...(hasSms(context) ? ['phone_number'] : [])];
  return usable.some((name) => context.settings.sureAttributes.includes(name)) ? [] : usable;
}

function hasSms({ after, settings }: ChangeContext): boolean {
  return mayBeReady('sms', after, knownSettings(settings));
}

function hasEmail({ after, settings }: ChangeContext): boolean {
  return mayBeReady('email', after, knownSettings(settings));
}

/** Where no recovery is set, Cognito uses a phone number, else an e-mail address. */
function recoversBy({ settings }: ChangeContext, mechanism: string): boolean {
  return settings.recovery.length === 0 || settings.recovery.includes(mechanism);
}
