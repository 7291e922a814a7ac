/** What ON and OPTIONAL ask of a pool. */
import { sendsFactor } from '../../model/mfa/factors.ts';
import type { Requirement } from './requirement.ts';

export const modeRequirements: readonly Requirement[] = [
  {
    id: 'P1',
    code: 'no-factor',
    source:
      'aws/aws-sdk-js#4186 and go-to-k/cdkd#1920 (measured): "can\'t disable all MFAs with a required or optional configuration"',
    unmet: ({ sent }) =>
      sent.mode === 'OFF' || sendsFactor(sent)
        ? null
        : `MFA cannot be ${sent.mode} without a factor: a policy must ask for one too, such as SoftwareTokenMfaConfiguration: { Enabled: true }.`,
  },
  {
    id: 'P2',
    code: 'prerequisite',
    source:
      'go-to-k/cdkd (measured): "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled"',
    unmet: ({ sent, settings }) => {
      const others = settings.firstFactors.filter((factor) => factor !== 'PASSWORD' && factor !== 'WEB_AUTHN');
      return sent.mode !== 'ON' || others.length === 0
        ? null
        : `MFA cannot be ON while ${others.join(' and ')} ${others.length === 1 ? 'is' : 'are'} among the pool's first factors: remove that from Policies.SignInPolicy.AllowedFirstAuthFactors, or ask for OPTIONAL.`;
    },
  },
  {
    id: 'P3',
    code: 'prerequisite',
    source:
      'go-to-k/cdkd#2064 (measured): "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required"',
    unmet: ({ sent, settings }) =>
      sent.mode !== 'ON' || !settings.firstFactors.includes('WEB_AUTHN') || sent.isPasskeyVerifying
        ? null
        : "MFA cannot be ON while WEB_AUTHN is among the pool's first factors and a passkey counts as a single factor: a policy must ask for WebAuthnConfiguration.FactorConfiguration MULTI_FACTOR_WITH_USER_VERIFICATION too.",
  },
  {
    id: 'P11',
    code: 'prerequisite',
    source: 'AWS developer guide, Adding MFA: with adaptive authentication in full function MFA must be optional',
    unmet: ({ sent, settings }) =>
      sent.mode === 'ON' && settings.isThreatProtectionEnforced
        ? 'MFA cannot be ON beside threat protection in full function (UserPoolAddOns.AdvancedSecurityMode ENFORCED), which itself asks for MFA by risk: ask for OPTIONAL, or set it to AUDIT.'
        : null,
  },
];
