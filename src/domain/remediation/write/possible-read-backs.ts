/** The answers that `GetUserPoolMfaConfig` may give of one state: what no source has measured is taken both ways. */
import type { JsonObject } from '../../model/json.ts';
import { mfaStateOf, modeOf } from '../../model/mfa/mfa-state.ts';
import { isEmailAutomatic } from '../../model/mfa/factors.ts';
import type { PoolSettings } from '../../model/mfa/pool-settings.ts';

/** `after` itself first. What the answer before the change has shown already is not open any more. */
export function plausibleAnswers(before: JsonObject, after: JsonObject, settings: PoolSettings): readonly JsonObject[] {
  return modeOf(after) === 'OFF'
    ? [after, ...smsBesideOff(before, after)]
    : [after, ...automaticEmail(before, after, settings)];
}

/** Beside OFF the SMS block of a pool may be hidden, and its text may be gone. */
function smsBesideOff(before: JsonObject, after: JsonObject): readonly JsonObject[] {
  const { SmsMfaConfiguration: _, ...hidden } = after;
  const { sms } = mfaStateOf(after);
  if (sms === null) return [];
  const { SmsAuthenticationMessage: template, ...silent } = sms;
  const earlier = mfaStateOf(before);
  const isShown = earlier.mode === 'OFF' && earlier.sms !== null;
  return [...(template === undefined ? [] : [{ ...after, SmsMfaConfiguration: silent }]), ...(isShown ? [] : [hidden])];
}

/** Where e-mail is a factor by itself, a block may be there that nobody sent. */
function automaticEmail(before: JsonObject, after: JsonObject, settings: PoolSettings): readonly JsonObject[] {
  const isOpen = modeOf(before) === 'OFF' && mfaStateOf(after).email === null;
  return isOpen && isEmailAutomatic(settings) ? [{ ...after, EmailMfaConfiguration: {} }] : [];
}
