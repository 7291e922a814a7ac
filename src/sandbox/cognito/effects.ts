/** What an accepted `SetUserPoolMfaConfig` leaves behind: it replaces the MFA state, with the exceptions listed here. */
import type { JsonObject, JsonValue } from '../../domain/model/json.ts';
import { hasOwnSender, objectAt, smsConfigurationOf, tierOf } from './pool-settings.ts';
import type { Effect, PoolState, SetCall } from './rules/rule.ts';
import { requestedSms } from './rules/sms-rules.ts';
import { answers } from './open-questions.ts';

export const effects: readonly Effect[] = [
  {
    id: 'set.replaces-everything',
    says: 'Nothing of the MFA state stays by itself: factors that are left out are removed, and so are members no model knows.',
    source: 'go-to-k/cdkd cognito-provider.ts (measured 2026-08), floci-io/floci#2831 (measured)',
    apply: ({ userPool }) => ({ config: {}, userPool }),
  },
  {
    id: 'set.omitted-mode-is-off',
    says: 'A mode that is left out is OFF: a request with a pool id alone turns MFA off.',
    source: 'go-to-k/cdkd cognito-provider.ts (measured 2026-08), floci-io/floci#2831 (measured)',
    apply: (state, { mode }) => withMember(state, 'MfaConfiguration', mode),
  },
  {
    id: 'set.blocks-kept-as-sent',
    says: 'A factor block is kept as it was sent, Enabled: false too.',
    source: 'hashicorp/terraform-provider-aws, user pool acceptance tests',
    apply: (state, { request }) => {
      const { UserPoolId: _, MfaConfiguration: __, ...blocks } = request;
      return { ...state, config: { ...state.config, ...blocks } };
    },
  },
  {
    id: 'set.sms-configuration-is-the-pools',
    says: 'The SMS configuration of a block becomes the pool’s own, and outlives the block and the mode; its template is the pool’s too.',
    source: 'AWS SDK 3.1169.0, SmsMfaConfigType; hashicorp/terraform-provider-aws, user pool acceptance tests',
    apply: keepSmsConfiguration,
  },
  {
    id: 'set.sms-stays',
    says: 'On a pool with an SMS configuration, SMS stays available when its block is left out.',
    source: 'AWS developer guide, Adding MFA; aws/aws-sdk-js#4186',
    apply: showSmsThatStays,
  },
  {
    id: 'set.email-of-own-sender',
    says: 'With an own sender, ESSENTIALS or PLUS, and MFA on, e-mail is available without a block; that Get shows it is not known.',
    source: 'AWS developer guide, Adding MFA',
    apply: (state, { mode, pool, switches }) =>
      mode !== 'OFF' &&
      hasOwnSender(pool) &&
      tierOf(pool) !== 'LITE' &&
      answers(switches, 'own-sender-shows-email-block', 'yes')
        ? { ...state, config: { EmailMfaConfiguration: {}, ...state.config } }
        : state,
  },
  {
    id: 'set.omitted-passkey-is-single-factor',
    says: 'A passkey block that is left out falls back to SINGLE_FACTOR; whether the relying party is cleared is not known.',
    source: 'go-to-k/cdkd, measurements of 2026-09-23',
    apply: fallBackToSingleFactor,
  },
  {
    id: 'set.passkey-block-replaced',
    says: 'A passkey block that is sent replaces the one before, as a whole.',
    source:
      'go-to-k/cdkd cognito-provider.ts: a relying party survives when it is echoed; single members are not measured',
    apply: completePasskeyBlock,
  },
];

/** The state after all of `steps`. */
export function stateAfter(call: SetCall, steps: readonly Effect[]): PoolState {
  const before: PoolState = { config: call.pool.mfaConfig, userPool: call.pool.userPool };
  return steps.reduce((state, step) => step.apply(state, call), before);
}

function withMember(state: PoolState, name: string, value: JsonValue): PoolState {
  return { ...state, config: { ...state.config, [name]: value } };
}

function keepSmsConfiguration(state: PoolState, call: SetCall): PoolState {
  const block = objectAt(call.request, 'SmsMfaConfiguration');
  const configuration = requestedSms(call) ?? smsConfigurationOf(call.pool);
  if (configuration === null) return state;
  const template = block?.['SmsAuthenticationMessage'];
  const kept = {
    config: state.config,
    userPool: {
      ...state.userPool,
      SmsConfiguration: configuration,
      ...(template === undefined ? {} : { SmsAuthenticationMessage: template }),
    },
  };
  return block === null ? kept : withMember(kept, 'SmsMfaConfiguration', { ...block, SmsConfiguration: configuration });
}

function showSmsThatStays(state: PoolState, { mode, pool, request, switches }: SetCall): PoolState {
  const configuration = smsConfigurationOf(pool);
  if ('SmsMfaConfiguration' in request || configuration === null) return state;
  if (mode !== 'OFF' && answers(switches, 'totp-only-with-sms-configuration', 'accepted-sms-hidden')) return state;
  const template = objectAt(pool.mfaConfig, 'SmsMfaConfiguration')?.['SmsAuthenticationMessage'];
  const keepsTemplate = template !== undefined && answers(switches, 'omitted-sms-block-keeps-template', 'yes');
  return withMember(state, 'SmsMfaConfiguration', {
    ...(keepsTemplate ? { SmsAuthenticationMessage: template } : {}),
    SmsConfiguration: configuration,
  });
}

function fallBackToSingleFactor(state: PoolState, { pool, request, switches }: SetCall): PoolState {
  const before = objectAt(pool.mfaConfig, 'WebAuthnConfiguration');
  if ('WebAuthnConfiguration' in request || before === null) return state;
  if (answers(switches, 'omitted-webauthn-wipes-relying-party', 'yes')) return state;
  return withMember(state, 'WebAuthnConfiguration', {
    ...passkeyMembers(before),
    FactorConfiguration: 'SINGLE_FACTOR',
  });
}

function completePasskeyBlock(state: PoolState, { pool, request, switches }: SetCall): PoolState {
  const sent = objectAt(request, 'WebAuthnConfiguration');
  if (sent === null) return state;
  const before = objectAt(pool.mfaConfig, 'WebAuthnConfiguration') ?? {};
  const merged = answers(switches, 'partial-webauthn-block', 'merges') ? { ...passkeyMembers(before), ...sent } : sent;
  const lacksVerification = 'RelyingPartyId' in merged && !('UserVerification' in merged);
  return withMember(
    state,
    'WebAuthnConfiguration',
    lacksVerification && answers(switches, 'relying-party-without-user-verification', 'preferred')
      ? { ...merged, UserVerification: 'preferred' }
      : merged,
  );
}

/** The members that say who the relying party is and what it asks of users. */
function passkeyMembers({ RelyingPartyId, UserVerification }: JsonObject): JsonObject {
  return {
    ...(RelyingPartyId === undefined ? {} : { RelyingPartyId }),
    ...(UserVerification === undefined ? {} : { UserVerification }),
  };
}
