/** What the verification of attributes asks of every call, whatever it changes. */
import type { Requirement } from './requirement.ts';

export const verificationRequirements: readonly Requirement[] = [
  {
    id: 'P14',
    code: 'prerequisite',
    source:
      'hashicorp/terraform-provider-aws#28294: "SMS configuration is required when phone_number is selected for auto verification", seen once',
    unmet: ({ sent, settings }) => {
      if (!settings.verifiesPhone || sent.sms !== null) return null;
      const why =
        'The pool verifies phone_number by itself (AutoVerifiedAttributes), and Cognito refuses a call without an SMS block there';
      return sent.mode === 'OFF'
        ? `${why}, as well as one with it while MFA is OFF: take phone_number out of AutoVerifiedAttributes (UpdateUserPool) first.`
        : `${why}: make SMS part of the policy, or take phone_number out of AutoVerifiedAttributes (UpdateUserPool) first.`;
    },
  },
];
