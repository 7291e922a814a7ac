/** What the attributes that a pool verifies by itself ask of `SetUserPoolMfaConfig`. */
import { verifiesPhone } from '../pool-settings.ts';
import { invalidParameter, type RuleRefusal } from './rule.ts';
import { answers } from '../open-questions.ts';

export const verificationRefusals: readonly RuleRefusal[] = [
  {
    id: 'set.phone-verification-without-sms-block',
    says: 'A pool that verifies phone_number by itself wants an SMS block in every request; refused once as far as is known, also with OFF.',
    source: 'hashicorp/terraform-provider-aws#28294',
    refuse: ({ pool, request, switches }) =>
      verifiesPhone(pool) &&
      !('SmsMfaConfiguration' in request) &&
      answers(switches, 'phone-verification-without-sms-block', 'rejected')
        ? invalidParameter('SMS configuration is required when phone_number is selected for auto verification')
        : null,
  },
];
