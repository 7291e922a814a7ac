/**
 * What no source measures: each open question about the service is a switch, with every plausible answer. The first
 * answer is the sandbox's default. Whoever depends on one of them must be safe under all of its answers.
 */
import { distance } from 'fastest-levenshtein';
import { UserError } from '../../errors.ts';
import type { Switches } from '../world/stored-pool.ts';

export interface Switch {
  readonly id: string;
  readonly question: string;
  readonly answers: readonly [string, string, ...string[]];
  /** Who makes the answers plausible. */
  readonly source: string;
}

export const switchTable = [
  {
    id: 'omitted-webauthn-wipes-relying-party',
    question: 'Does a Set without WebAuthnConfiguration also clear RelyingPartyId and UserVerification?',
    answers: ['no', 'yes'],
    source: 'go-to-k/cdkd measured only that FactorConfiguration falls back to SINGLE_FACTOR',
  },
  {
    id: 'partial-webauthn-block',
    question: 'A WebAuthnConfiguration block that lacks a member the pool has: is that member removed or kept?',
    answers: ['replaces', 'merges'],
    source: 'not measured; factor blocks as a whole are replaced',
  },
  {
    id: 'relying-party-without-user-verification',
    question: 'What does Get show as UserVerification after a Set with a RelyingPartyId alone?',
    answers: ['absent', 'preferred'],
    source: 'API model, WebAuthnConfigurationType: optional, no default named; WebAuthn itself defaults to preferred',
  },
  {
    id: 'totp-only-with-sms-configuration',
    question:
      'Set(ON or OPTIONAL, TOTP alone) on a pool with an SMS configuration: accepted, and does Get show SMS then?',
    answers: ['accepted-sms-stays', 'accepted-sms-hidden', 'rejected'],
    source:
      'AWS developer guide, Adding MFA ("automatically makes SMS messages an available MFA method"); cfn-roadmap#1981',
  },
  {
    id: 'sms-block-shown-while-off',
    question: 'Does Get show SmsMfaConfiguration of a pool with an SMS configuration while the mode is OFF?',
    answers: ['yes', 'no'],
    source: 'aws/aws-sdk-js#4186',
  },
  {
    id: 'omitted-sms-block-keeps-template',
    question: 'Does SmsAuthenticationMessage survive a Set that leaves SmsMfaConfiguration out?',
    answers: ['no', 'yes'],
    source: 'not measured; the SMS configuration does survive (hashicorp/terraform-provider-aws, user pool tests)',
  },
  {
    id: 'sms-block-without-configuration',
    question: 'An SmsMfaConfiguration block without SmsConfiguration, on a pool that has one: is the pool’s used?',
    answers: ['pool-configuration-used', 'rejected'],
    source: 'API model, SmsMfaConfigType: SmsConfiguration may be set by CreateUserPool and UpdateUserPool too',
  },
  {
    id: 'replica-set-changed-mode',
    question:
      'A Set in a secondary region that changes what the primary decides (mode, TOTP, e-mail, passkeys): which answer?',
    answers: ['OperationNotEnabledException', 'InvalidParameterException', 'ignored'],
    source: 'AWS developer guide, Multi-Region replication; API model, OperationNotEnabledException',
  },
  {
    id: 'recovery-phone-with-sms',
    question: 'SMS MFA on a pool whose account recovery names verified_phone_number: when does Set refuse it?',
    answers: ['never', 'when-sms-is-added', 'always'],
    source: 'aws/aws-cdk#11478 saw it refused by CreateUserPool with MFA required',
  },
  {
    id: 'sms-role-and-another-external-id',
    question: "Set with another external id than the pool's for the pool's own SMS role: does the role trust it?",
    answers: ['no', 'yes'],
    source: "the role's trust policy decides, which no answer of Cognito shows",
  },
  {
    id: 'phone-verification-without-sms-block',
    question: 'A Set without an SMS block on a pool that verifies phone_number by itself: is it refused?',
    answers: ['rejected', 'accepted'],
    source:
      'hashicorp/terraform-provider-aws#28294, seen once; create and update refuse it where there is no SMS configuration',
  },
  {
    id: 'email-on-lite',
    question: 'Set with an e-mail block on a LITE pool: which error?',
    answers: ['FeatureUnavailableInTierException', 'InvalidParameterException'],
    source: 'API model, EmailMfaConfigType: the pool "must be in the Essentials tier or higher"',
  },
  {
    id: 'echoed-email-on-lite',
    question: 'A pool that came down to LITE with an e-mail block: is the same block, echoed, refused too?',
    answers: ['rejected', 'accepted'],
    source: 'not measured',
  },
  {
    id: 'single-factor-on-lite',
    question:
      'FactorConfiguration SINGLE_FACTOR on a LITE pool: accepted, or is naming the member enough to be refused?',
    answers: ['accepted', 'FeatureUnavailableInTierException'],
    source: 'API model, WebAuthnConfigurationType: "To activate this setting, … Essentials tier or higher"',
  },
  {
    id: 'required-with-enforced-threat-protection',
    question: 'Set(ON) on a pool with threat protection in full function: accepted?',
    answers: ['accepted', 'InvalidParameterException'],
    source: 'AWS developer guide, Adding MFA: with adaptive authentication "MFA must be optional"; no error is known',
  },
  {
    id: 'own-sender-shows-email-block',
    question: 'Mode not OFF, own SES sender, ESSENTIALS or PLUS, no e-mail block sent: does Get show one all the same?',
    answers: ['no', 'yes'],
    source: 'AWS developer guide, Adding MFA ("automatically makes email messages an available MFA method")',
  },
  {
    id: 'email-subject-over-140',
    question: 'An e-mail subject of more than 140 characters: is it refused?',
    answers: ['InvalidParameterException', 'accepted'],
    source: 'AWS developer guide, Quotas (subject: 140 characters); the API model names no length',
  },
  {
    id: 'prefix-of-sub',
    question: 'ListUsers with the filter sub ^= "…": does it find whose sub begins so?',
    answers: ['answered', 'finds-nobody', 'rejected'],
    source:
      'API reference, ListUsers: sub is among the attributes that can be searched for; prefixes were not measured',
  },
  {
    id: 'user-pool-id-in-events',
    question: "Do CloudTrail's events of changed user pools show the pool's id?",
    answers: ['shown', 'hidden'],
    source:
      'no event of SetUserPoolMfaConfig was found published; those of users hide much as HIDDEN_DUE_TO_SECURITY_REASONS',
  },
] as const satisfies readonly Switch[];

export type SwitchId = (typeof switchTable)[number]['id'];
type AnswerTo<Id extends SwitchId> = Extract<(typeof switchTable)[number], { readonly id: Id }>['answers'][number];

/** Whether a switch stands at an answer; one that nobody set stands at its default. */
export function answers<Id extends SwitchId>(switches: Switches, id: Id, answer: AnswerTo<NoInfer<Id>>): boolean {
  const entry: Switch | undefined = switchTable.find((each) => each.id === id);
  return (switches[id] ?? entry?.answers[0]) === answer;
}

/** Every switch with its answer: those given, the default for the others. Throws a `UserError` for an unknown id or answer. */
export function switchesWithDefaults(overrides: Readonly<Record<string, string>>): Switches {
  const table: readonly Switch[] = switchTable;
  const switches: Record<string, string> = Object.fromEntries(table.map(({ id, answers: [first] }) => [id, first]));
  for (const [id, answer] of Object.entries(overrides)) {
    const entry = table.find((each) => each.id === id);
    if (entry === undefined)
      throw new UserError(`There is no switch "${id}". ${didYouMean(id, Object.keys(switches))}`);
    if (!entry.answers.includes(answer)) {
      throw new UserError(`"${answer}" is no answer to the switch "${id}". ${didYouMean(answer, entry.answers)}`);
    }
    switches[id] = answer;
  }
  return switches;
}

function didYouMean(word: string, words: readonly string[]): string {
  const byDistance = [...words].sort((a, b) => distance(word, a) - distance(word, b));
  return `Did you mean "${byDistance[0] ?? ''}"? There are: ${words.join(', ')}.`;
}
