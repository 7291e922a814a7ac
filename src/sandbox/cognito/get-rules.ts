/** What `GetUserPoolMfaConfig` shows of what is stored. */
import { smsConfigurationOf } from './pool-settings.ts';
import type { AnswerRule } from './rules/rule.ts';
import { answers } from './open-questions.ts';

export const answerRules: readonly AnswerRule[] = [
  {
    id: 'get.shows-what-is-stored',
    says: 'Factors that were never set are absent members, an explicit Enabled: false is there, and so is what no model knows.',
    source: 'floci-io/floci#2831 (measured); hashicorp/terraform-provider-aws, user pool acceptance tests',
    answer: (_, { mfaConfig }) => mfaConfig,
  },
  {
    id: 'get.sms-block-while-off',
    says: 'The SMS block of a pool with an SMS configuration is there although MFA is off.',
    source: 'aws/aws-sdk-js#4186; the exact conditions are not known',
    answer: (answer, pool, switches) => {
      const { SmsMfaConfiguration: sms, ...rest } = answer;
      const hides = sms !== undefined && answer['MfaConfiguration'] === 'OFF' && smsConfigurationOf(pool) !== null;
      return hides && answers(switches, 'sms-block-shown-while-off', 'no') ? rest : answer;
    },
  },
];
