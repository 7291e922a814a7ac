/** What the risk of a change depends on, beside the change itself: one named claim for each condition of the table. */
import {
  factorNames,
  knownSettings,
  mayBeReady,
  usability,
  type Factor,
  type Usable,
} from '../../model/mfa/factors.ts';
import { mfaStateOf, type MfaState } from '../../model/mfa/mfa-state.ts';
import type { PoolSettings } from '../../model/mfa/pool-settings.ts';
import type { JsonObject } from '../../model/json.ts';

export interface ChangeContext {
  readonly before: MfaState;
  readonly after: MfaState;
  readonly settings: PoolSettings;
}

/** `before` is the starting point of the call, with the SMS block that waits beside OFF. */
export function changeContextOf(before: JsonObject, after: JsonObject, settings: PoolSettings): ChangeContext {
  return { before: mfaStateOf(before), after: mfaStateOf(after), settings };
}

interface Condition {
  /** Completes "where …". */
  readonly says: string;
  holds(context: ChangeContext): boolean;
}

export const conditions = {
  'sms-configured': {
    says: 'the pool has an SMS configuration',
    holds: ({ before, settings }) => mayBeReady('sms', before, knownSettings(settings)),
  },
  'email-automatic': {
    says: 'e-mail is an automatic factor (own SES sender on Essentials or Plus)',
    holds: ({ before, settings }) => mayBeReady('email', before, knownSettings(settings)),
  },
  'other-first-factors': {
    says: 'the first factors are not PASSWORD alone',
    holds: ({ settings }) => settings.firstFactors.some((factor) => factor !== 'PASSWORD'),
  },
  'mode-stays-optional': {
    says: 'the mode is and stays OPTIONAL',
    holds: ({ before, after }) => before.mode === 'OPTIONAL' && after.mode === 'OPTIONAL',
  },
  'mode-comes-from-off': {
    says: 'the mode comes from OFF',
    holds: ({ before, after }) => before.mode === 'OFF' && after.mode !== 'OFF',
  },
  'mode-is-on': {
    says: 'the mode is ON, before or after',
    holds: ({ before, after }) => before.mode === 'ON' || (before.mode !== 'OFF' && after.mode === 'ON'),
  },
  'passkey-factor-remains': {
    says: 'a verifying passkey factor remains',
    holds: ({ after, settings }) => usable('passkey', after, settings) === 'yes',
  },
  'strong-factor-there': {
    says: 'TOTP or a verifying passkey factor is there already',
    holds: ({ before, settings }) =>
      usable('totp', before, settings) === 'yes' || usable('passkey', before, settings) === 'yes',
  },
  'no-factor-there': {
    says: 'it is the first factor of the pool',
    holds: ({ before, settings }) => factorNames.every((factor) => usable(factor, before, settings) === 'no'),
  },
  'relying-party-new': {
    says: 'the relying party is new too',
    holds: ({ before, after }) => before.relyingParty === null && after.relyingParty !== null,
  },
} as const satisfies Record<string, Condition>;

export type ConditionName = keyof typeof conditions;

function usable(factor: Factor, state: MfaState, settings: PoolSettings): Usable {
  return usability(factor, state, knownSettings(settings));
}
