/** What `SetUserPoolMfaConfig` asks of a pool before it takes an e-mail block or passkeys as a factor: tier, sender, recovery. */
import { isDeepStrictEqual } from 'node:util';
import type { ServiceError } from '../../world/stored-pool.ts';
import { hasOwnSender, memberAt, recoveryMechanisms, tierOf } from '../pool-settings.ts';
import { invalidParameter, type RuleRefusal, type SetCall } from './rule.ts';
import { answers } from '../open-questions.ts';

const emailBlock = 'EmailMfaConfiguration';

export const tierRefusals: readonly RuleRefusal[] = [
  {
    id: 'set.email-on-lite',
    says: 'An e-mail block needs the feature plan ESSENTIALS or PLUS.',
    source:
      'botocore 1.43.67, EmailMfaConfigType; wording after hashicorp/terraform-provider-aws#40734 (another feature)',
    refuse: (call) => {
      if (!(emailBlock in call.request) || tierOf(call.pool) !== 'LITE' || isAcceptedEcho(call)) return null;
      const error = unavailableInTier('Email MFA');
      return answers(call.switches, 'email-on-lite', 'InvalidParameterException')
        ? invalidParameter(error.message)
        : error;
    },
  },
  {
    id: 'set.passkey-factor-on-lite',
    says: 'Passkeys as a second factor need the feature plan ESSENTIALS or PLUS.',
    source:
      'botocore 1.43.67, WebAuthnConfigurationType; wording after hashicorp/terraform-provider-aws#40734 (another feature)',
    refuse: ({ pool, request, switches }) => {
      const asked = memberAt(request, 'WebAuthnConfiguration', 'FactorConfiguration');
      if (asked === undefined || tierOf(pool) !== 'LITE') return null;
      return asked === 'SINGLE_FACTOR' && answers(switches, 'single-factor-on-lite', 'accepted')
        ? null
        : unavailableInTier('Passkey MFA');
    },
  },
];

export const emailRefusals: readonly RuleRefusal[] = [
  {
    id: 'set.email-without-own-sender',
    says: 'An e-mail block needs EmailSendingAccount DEVELOPER; this is checked after the exclusion of OFF.',
    source: 'go-to-k/cdkd cognito-provider.ts (measured 2026-08)',
    refuse: ({ pool, request }) =>
      emailBlock in request && !hasOwnSender(pool)
        ? invalidParameter(
            'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT.',
          )
        : null,
  },
  {
    id: 'set.email-with-email-recovery',
    says: 'An e-mail block needs an account recovery that is set and is more than verified_email alone.',
    source: 'hashicorp/terraform-provider-aws#41049; AWS developer guide, Adding MFA',
    refuse: ({ pool, request }) =>
      emailBlock in request && recoveryMechanisms(pool).every((mechanism) => mechanism === 'verified_email')
        ? invalidParameter(
            'Cannot set EmailMfaConfiguration when user pool AccountRecoverySetting is not set or contains only verified_email in RecoveryMechanisms.',
          )
        : null,
  },
  {
    id: 'set.email-subject-length',
    says: 'An e-mail subject has at most 140 characters.',
    source: 'AWS developer guide, Quotas in Amazon Cognito; not in the API model, wording not measured',
    refuse: ({ request, switches }) => {
      const subject = memberAt(request, emailBlock, 'Subject');
      const tooLong = typeof subject === 'string' && Array.from(subject).length > 140;
      return tooLong && answers(switches, 'email-subject-over-140', 'InvalidParameterException')
        ? invalidParameter('EmailMfaConfiguration Subject must have length less than or equal to 140.')
        : null;
    },
  },
];

function isAcceptedEcho({ pool, request, switches }: SetCall): boolean {
  const isEcho = isDeepStrictEqual(request[emailBlock], pool.mfaConfig[emailBlock]);
  return isEcho && answers(switches, 'echoed-email-on-lite', 'accepted');
}

function unavailableInTier(feature: string): ServiceError {
  return {
    name: 'FeatureUnavailableInTierException',
    message: `The following features need to be disabled for the LITE pricing tier configured: ${feature}`,
    status: 400,
  };
}
