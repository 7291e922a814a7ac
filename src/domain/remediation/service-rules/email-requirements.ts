/** What an e-mail block asks of its pool. The service looks at its presence, also where it is only kept. */
import type { Requirement } from './requirement.ts';
import type { PoolSettings } from '../../model/mfa/pool-settings.ts';

export const emailRequirements: readonly Requirement[] = [
  {
    id: 'P5',
    code: 'prerequisite',
    source: 'go-to-k/cdkd (measured): "EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT"',
    unmet: ({ sent, settings }) =>
      sent.email === null || settings.emailSender === 'DEVELOPER'
        ? null
        : 'E-mail MFA needs an own SES sender: set EmailConfiguration.EmailSendingAccount to DEVELOPER first.',
  },
  {
    id: 'P6',
    code: 'prerequisite',
    source:
      'hashicorp/terraform-provider-aws#41049: "AccountRecoverySetting is not set or contains only verified_email"',
    unmet: ({ sent, settings }) =>
      sent.email === null || settings.recovery.some((mechanism) => mechanism !== 'verified_email')
        ? null
        : 'E-mail MFA needs an account recovery that is set and is more than verified_email alone, or one mailbox would prove both: change AccountRecoverySetting first.',
  },
  {
    id: 'P7 e-mail',
    code: 'prerequisite',
    source: 'API model, EmailMfaConfigType: "must be in the Essentials tier or higher"',
    unmet: ({ sent, settings }) => (sent.email === null ? null : tierTooLow('E-mail MFA', settings)),
  },
];

/** What a feature of Essentials and Plus lacks in this pool; a plan that was not told counts as too low. */
export function tierTooLow(feature: string, { tier }: PoolSettings): string | null {
  if (tier === 'ESSENTIALS' || tier === 'PLUS') return null;
  const found = tier === null ? 'DescribeUserPool names no feature plan' : `this one is on ${tier}`;
  return `${feature} needs a pool on the feature plan ESSENTIALS or PLUS, and ${found}: change UserPoolTier first.`;
}
