/** What a passkey block asks of its pool, and of itself. */
import type { MfaState } from '../../model/mfa/mfa-state.ts';
import { tierTooLow } from './email-requirements.ts';
import type { Requirement } from './requirement.ts';

export const passkeyRequirements: readonly Requirement[] = [
  {
    id: 'P7 passkey',
    code: 'prerequisite',
    source: 'API model, WebAuthnConfigurationType: FactorConfiguration needs "the Essentials tier or higher"',
    unmet: ({ before, sent, settings }) =>
      sent.isPasskeyVerifying || before.isPasskeyVerifying ? tierTooLow('A passkey as second factor', settings) : null,
  },
  {
    id: 'relying party',
    code: 'prerequisite',
    source:
      'WebAuthn: a passkey belongs to a relying party; not measured: what the service makes of settings without one',
    unmet: ({ before, sent }) =>
      changesPasskeys(before, sent) && sent.relyingParty === null
        ? 'Passkeys need a relying party: a policy must ask for WebAuthnConfiguration.RelyingPartyId too.'
        : null,
  },
  {
    id: 'user verification',
    code: 'prerequisite',
    source: 'API model, WebAuthnConfigurationType: optional, no default named; not measured: what Get shows without it',
    unmet: ({ before, sent }) =>
      before.relyingParty === null && sent.relyingParty !== null && sent.userVerification === null
        ? 'A new relying party needs a policy that asks for WebAuthnConfiguration.UserVerification too, since what Cognito takes without it is not documented.'
        : null,
  },
  {
    id: 'user verification stays',
    code: 'not-possible',
    source: 'not measured: whether a member that a passkey block leaves out is removed',
    unmet: ({ before, sent }) =>
      before.userVerification !== null && sent.userVerification === null
        ? 'WebAuthnConfiguration.UserVerification can be changed, not taken away.'
        : null,
  },
];

function changesPasskeys(before: MfaState, sent: MfaState): boolean {
  return (
    before.relyingParty !== sent.relyingParty ||
    before.userVerification !== sent.userVerification ||
    before.isPasskeyVerifying !== sent.isPasskeyVerifying
  );
}
