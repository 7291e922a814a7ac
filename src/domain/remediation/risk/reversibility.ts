/** What undoing a change gives back, said before the change is made. */
import { userPoolAfter } from '../write/after-settings.ts';
import type { Call } from '../write/call.ts';
import { mfaStateOf, type MfaState } from '../../model/mfa/mfa-state.ts';
import { settingsOf } from '../../model/mfa/pool-settings.ts';
import type { PoolNow } from '../model/pool-now.ts';
import { obstacles, restoreCall } from '../write/restore-call.ts';
import { readingDifferences, stateDifferences } from '../../model/mfa/config-diff.ts';
import { shownAt } from '../write/shown-value.ts';
import type { Reversible } from '../model/plan.ts';

export interface Reversibility {
  readonly reversible: Reversible;
  /** Whole sentences; empty for `full`. */
  readonly lost: readonly string[];
}

export function reversibilityOf(pool: PoolNow, call: Call): Reversibility {
  const userPool = userPoolAfter(pool.userPool, call.input);
  const now = { ...pool, config: call.after, userPool };
  const target = restoreCall(pool.config, now);
  const settings = settingsOf(userPool, pool.region);
  const before = mfaStateOf(pool.config);
  const after = mfaStateOf(call.after);
  const remaining = target?.remaining ?? stateDifferences(call.after, pool.config, settings);
  const relyingParty = relyingPartyLosses(before, after);
  const stuck = remaining
    .filter(({ path }) => relyingParty.length === 0 || !path.startsWith('WebAuthnConfiguration'))
    .map(({ path, from }) => `Cognito does not take ${path} back from ${shownAt(path, from)}.`);
  const reasons = stuck.length === 0 ? [] : obstacles(pool.config, now).map((message) => `The way back: ${message}`);
  const lost = [
    ...relyingParty,
    ...stuck,
    ...reasons,
    ...lossesOfGoing(before, after),
    ...lossesOfReturning(before, after),
  ];
  if (relyingParty.length + remaining.length > 0) return { reversible: 'no', lost };
  const isEqual = target === null || readingDifferences(target.after, pool.config).length === 0;
  return { reversible: isEqual && lost.length === 0 ? 'full' : 'partial', lost };
}

function relyingPartyLosses(before: MfaState, after: MfaState): readonly string[] {
  if (before.relyingParty === after.relyingParty) return [];
  if (before.relyingParty === null) {
    return [
      'A relying party cannot be taken away again: it can only be changed, and passkeys registered with it stay.',
    ];
  }
  return [
    `Passkeys registered with ${before.relyingParty} stop working at once, and passkeys registered with the new relying party stop working on the way back.`,
  ];
}

/** What the change itself drops. */
function lossesOfGoing(before: MfaState, after: MfaState): readonly string[] {
  const dropsTotp = before.totp && !after.totp;
  const dropsEmail = before.email !== null && Object.keys(before.email).length > 0 && isGone(after, 'email');
  const dropsTemplate = before.sms?.['SmsAuthenticationMessage'] !== undefined && isGone(after, 'sms');
  return [
    ...(dropsTotp ? ["Whether users' authenticator apps outlive TOTP being off is not documented."] : []),
    ...(dropsEmail && before.mode === 'OFF'
      ? ['The e-mail text that waits beside OFF is dropped, and Cognito takes none back while MFA is OFF.']
      : []),
    ...(dropsTemplate && before.mode === 'OFF'
      ? ['The SMS text that waits beside OFF may be dropped, and Cognito takes none back while MFA is OFF.']
      : []),
    ...(before.mode !== 'OFF' && after.mode === 'OFF'
      ? ['Whether users keep their second factors while MFA is OFF is not documented.']
      : []),
  ];
}

/** What the way back drops: the factor blocks that were not there before. */
function lossesOfReturning(before: MfaState, after: MfaState): readonly string[] {
  if (after.mode === 'OFF') return [];
  const returnsToOff = before.mode === 'OFF';
  const drops = (had: boolean, has: boolean): boolean => has && (returnsToOff || !had);
  return [
    ...(drops(before.totp, after.totp) ? ['Authenticator apps that users register until then may be lost.'] : []),
    ...(drops(before.sms !== null, after.sms !== null)
      ? ['SMS stops being a factor for users who chose it until then, and its text may be lost.']
      : []),
    ...(drops(before.email !== null, after.email !== null)
      ? ['E-mail stops being a factor for users who chose it until then, and its text is lost.']
      : []),
  ];
}

function isGone(after: MfaState, block: 'sms' | 'email'): boolean {
  return after.mode === 'OFF' || after[block] === null;
}
