/** The pool as it would be if MFA were required, with the factors that it has. */
import { sendsFactor } from '../model/mfa/factors.ts';
import type { MfaState } from '../model/mfa/mfa-state.ts';
import type { PoolSettings } from '../model/mfa/pool-settings.ts';
import { poolFactsOf, type PoolFacts } from './decision-list.ts';

/** A pool without a factor would need one, and TOTP is the one that needs nothing else. */
export function requiredFacts(now: MfaState, settings: PoolSettings): PoolFacts {
  return poolFactsOf({ ...now, mode: 'ON', modeWord: 'ON', totp: now.totp || !sendsFactor(now) }, settings);
}
