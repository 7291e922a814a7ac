/** What the risk of a change depends on, beside the change itself: one named claim for each condition of the table. */
import { readConfiguration, type Configuration } from '../../model/configuration.ts';
import { isEmailAutomatic, type PoolSettings } from '../../model/pool-settings.ts';
import type { JsonObject } from '../../model/json.ts';

export interface ChangeContext {
  readonly before: Configuration;
  readonly after: Configuration;
  readonly settings: PoolSettings;
}

/** `before` is the starting point of the call, with the SMS block that waits beside OFF. */
export function changeContextOf(before: JsonObject, after: JsonObject, settings: PoolSettings): ChangeContext {
  return { before: readConfiguration(before), after: readConfiguration(after), settings };
}

interface Condition {
  /** Completes "where …". */
  readonly says: string;
  holds(context: ChangeContext): boolean;
}

export const conditions = {
  'sms-configured': {
    says: 'the pool has an SMS configuration',
    holds: ({ before, settings }) => settings.smsConfiguration !== null || before.sms !== null,
  },
  'email-automatic': {
    says: 'e-mail is an automatic factor (own SES sender on Essentials or Plus)',
    holds: ({ before, settings }) => isEmailAutomatic(settings) || before.email !== null,
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
    holds: ({ after, settings }) => after.isPasskeyVerifying && settings.firstFactors.includes('WEB_AUTHN'),
  },
  'strong-factor-there': {
    says: 'TOTP or a verifying passkey factor is there already',
    holds: ({ before, settings }) => hasTotp(before) || hasPasskeyFactor(before, settings),
  },
  'no-factor-there': {
    says: 'it is the first factor of the pool',
    holds: ({ before, settings }) =>
      !hasTotp(before) && !hasPasskeyFactor(before, settings) && !hasCodeFactor(before, settings),
  },
  'relying-party-new': {
    says: 'the relying party is new too',
    holds: ({ before, after }) => before.relyingParty === null && after.relyingParty !== null,
  },
} as const satisfies Record<string, Condition>;

export type ConditionName = keyof typeof conditions;

function hasTotp({ mode, totp }: Configuration): boolean {
  return mode !== 'OFF' && totp;
}

function hasPasskeyFactor({ isPasskeyVerifying }: Configuration, { firstFactors }: PoolSettings): boolean {
  return isPasskeyVerifying && firstFactors.includes('WEB_AUTHN');
}

/** SMS or e-mail, set or automatic. */
function hasCodeFactor({ mode, sms, email }: Configuration, settings: PoolSettings): boolean {
  if (mode === 'OFF') return false;
  return sms !== null || settings.smsConfiguration !== null || email !== null || isEmailAutomatic(settings);
}
