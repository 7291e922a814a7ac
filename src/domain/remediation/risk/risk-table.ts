/**
 * The risk of every change of a field: the one place that says what a fix may do to users. The compiler holds the table
 * whole: every field has an entry for every pair of its values. A pair without a case that applies has no risk that
 * anybody has thought through, and such a change is refused (`unknown-transition`).
 *
 * Sources: AWS developer guide, "Adding MFA to a user pool"; API model, SetUserPoolMfaConfig and WebAuthnConfigurationType.
 */
import type { ConfigValuePath } from '../../model/api/api-model.ts';
import type { CodeBlock, Mode } from '../../model/mfa/mfa-state.ts';
import type { ConditionName } from './risk-conditions.ts';
import type { Risk } from '../../model/risk.ts';

/** `from → to` for every two different values. */
type Pair<Value extends string> = {
  [From in Value]: { [To in Value]: From extends To ? never : `${From} → ${To}` }[Value];
}[Value];

/** A text whose value does not matter to the risk: there or not, or another one. */
export type TextChange = 'absent → X' | 'X → Y' | 'X → absent';

/** Every member of the SMS and e-mail blocks is a field of its own. */
export type TextField = ConfigValuePath<CodeBlock>;

export interface FieldChanges extends Readonly<Record<TextField, TextChange>> {
  readonly MfaConfiguration: Pair<Mode>;
  readonly SoftwareTokenMfaConfiguration: Pair<'off' | 'on'>;
  readonly SmsMfaConfiguration: Pair<'absent' | 'present'>;
  readonly EmailMfaConfiguration: Pair<'absent' | 'present'>;
  readonly 'WebAuthnConfiguration.RelyingPartyId': TextChange;
  readonly 'WebAuthnConfiguration.UserVerification': Pair<'absent' | 'preferred' | 'required'>;
  readonly 'WebAuthnConfiguration.FactorConfiguration': Pair<'SINGLE_FACTOR' | 'MULTI_FACTOR_WITH_USER_VERIFICATION'>;
}

export type FieldName = keyof FieldChanges;

/** Of the cases with a condition all that hold apply, the highest risk first; `otherwise` only where none does. */
export interface Case {
  readonly when: ConditionName | 'otherwise';
  readonly risk: Risk;
  /** What it means for users: a whole sentence without its full stop. */
  readonly reason: string;
}

export type RiskTable = { readonly [Name in FieldName]: Readonly<Record<FieldChanges[Name], readonly Case[]>> };

const always = (risk: Risk, reason: string): readonly Case[] => [{ when: 'otherwise', risk, reason }];
const none: readonly Case[] = [];

const toOn = 'Every user must complete MFA to sign in, and one without a factor must be able to enrol';

const codeFactorAdded = (factor: string): readonly Case[] => [
  {
    when: 'strong-factor-there',
    risk: 'weakening',
    reason: `${factor} codes become a way around the stronger factor that is there`,
  },
  { when: 'no-factor-there', risk: 'disruptive', reason: `${factor} becomes the first factor of the pool` },
];

/** The same, whether the text comes, goes or becomes another. */
const disruptive = (reason: string): Readonly<Record<TextChange, readonly Case[]>> => {
  const cases = always('disruptive', reason);
  return { 'absent → X': cases, 'X → Y': cases, 'X → absent': cases };
};

const templateChanged = disruptive('The message that users know changes');
const externalIdChanged = disruptive('Messages fail where the role does not trust the external id that it is given');
const regionChanged = disruptive('Messages leave from another region, with its own quotas, senders and sandbox');
const registrationChanged = disruptive('Messages to India fail where they do not say what is registered there');

/** Source: API model, SmsMfaConfigType, SmsConfigurationType, EumsSmsType, EmailMfaConfigType. */
const textFields: Readonly<Record<TextField, Readonly<Record<TextChange, readonly Case[]>>>> = {
  'SmsMfaConfiguration.SmsAuthenticationMessage': templateChanged,
  'SmsMfaConfiguration.SmsConfiguration.SnsCallerArn': disruptive(
    'Messages are sent through Amazon SNS with another role, or not through it any more, and fail where the role cannot send',
  ),
  'SmsMfaConfiguration.SmsConfiguration.ExternalId': externalIdChanged,
  'SmsMfaConfiguration.SmsConfiguration.SnsRegion': regionChanged,
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.CallerArn': disruptive(
    'Messages are sent through End User Messaging with another role, or not through it any more, and fail where the role cannot send',
  ),
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.ExternalId': externalIdChanged,
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.OriginationIdentity': disruptive(
    'Messages leave from another sender, and fail where it cannot send to a country',
  ),
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.ConfigurationSetName': disruptive(
    'Messages are sent with another configuration set, and fail where there is none of that name',
  ),
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.InEntityId': registrationChanged,
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.InTemplateId': registrationChanged,
  'SmsMfaConfiguration.SmsConfiguration.EumsSms.Region': regionChanged,
  'EmailMfaConfiguration.Message': templateChanged,
  'EmailMfaConfiguration.Subject': templateChanged,
};

export const textFieldNames = Object.keys(textFields) as readonly TextField[];

export const riskTable: RiskTable = {
  MfaConfiguration: {
    'OFF → OPTIONAL': [
      {
        when: 'sms-configured',
        risk: 'disruptive',
        reason: 'The pool has an SMS configuration, so SMS becomes a factor at once, and messages cost money',
      },
      {
        when: 'email-automatic',
        risk: 'disruptive',
        reason: 'The pool sends e-mail through an own SES sender, so e-mail becomes a factor at once',
      },
      {
        when: 'other-first-factors',
        risk: 'disruptive',
        reason: 'A user who sets up a factor can no longer sign in with a passkey or one-time password as first factor',
      },
      { when: 'otherwise', risk: 'tightening', reason: 'Users may set up a factor, and nobody has to' },
    ],
    'OFF → ON': always('disruptive', toOn),
    'OPTIONAL → ON': always('disruptive', toOn),
    'ON → OPTIONAL': always('weakening', 'Users without a factor sign in with a password alone'),
    'ON → OFF': always('weakening', 'Every user signs in without a second factor'),
    'OPTIONAL → OFF': always('weakening', 'Users who set up a second factor are no longer asked for it'),
  },
  SoftwareTokenMfaConfiguration: {
    'off → on': [
      { when: 'mode-stays-optional', risk: 'tightening', reason: 'Users may set up an authenticator app' },
      { when: 'mode-comes-from-off', risk: 'tightening', reason: 'Users may set up an authenticator app' },
      { when: 'mode-is-on', risk: 'disruptive', reason: 'Users who must enrol are offered another factor' },
    ],
    'on → off': [
      {
        when: 'passkey-factor-remains',
        risk: 'disruptive',
        reason: 'Users of an authenticator app must set up a passkey',
      },
      {
        when: 'otherwise',
        risk: 'weakening',
        reason: 'Users of an authenticator app lose it, and no factor as strong remains',
      },
    ],
  },
  SmsMfaConfiguration: {
    'absent → present': codeFactorAdded('SMS'),
    'present → absent': always('disruptive', 'Users of SMS codes must set up another factor'),
  },
  EmailMfaConfiguration: {
    'absent → present': codeFactorAdded('E-mail'),
    'present → absent': always('disruptive', 'Users of e-mail codes must set up another factor'),
  },
  ...textFields,
  'WebAuthnConfiguration.RelyingPartyId': {
    'absent → X': always('tightening', 'Passkeys are registered with this relying party from now on'),
    'X → Y': always('disruptive', 'Every passkey that users registered stops working'),
    'X → absent': always('weakening', 'Passkeys can no longer be used'),
  },
  'WebAuthnConfiguration.UserVerification': {
    'absent → preferred': [
      { when: 'relying-party-new', risk: 'tightening', reason: 'New passkeys verify the user where the device can' },
    ],
    'absent → required': [{ when: 'relying-party-new', risk: 'tightening', reason: 'New passkeys verify the user' }],
    'preferred → required': always('disruptive', 'Passkeys on devices that cannot verify their user stop working'),
    'required → preferred': always('weakening', 'A passkey no longer proves that its user was verified'),
    'preferred → absent': none,
    'required → absent': none,
  },
  'WebAuthnConfiguration.FactorConfiguration': {
    'SINGLE_FACTOR → MULTI_FACTOR_WITH_USER_VERIFICATION': always(
      'disruptive',
      'A passkey counts as both factors, and one that does not verify its user no longer signs in',
    ),
    'MULTI_FACTOR_WITH_USER_VERIFICATION → SINGLE_FACTOR': always(
      'weakening',
      'A passkey no longer counts as a second factor',
    ),
  },
};
