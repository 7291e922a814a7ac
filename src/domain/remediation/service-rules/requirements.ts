/**
 * What a call must meet before it is sent: the service refuses it otherwise, or does what nobody asked for. Each rule
 * says in its sentence what to mend.
 */
import type { JsonObject } from '../../model/json.ts';
import { mfaStateOf } from '../../model/mfa/mfa-state.ts';
import { emailRequirements } from './email-requirements.ts';
import { lengthRequirements } from './length-requirements.ts';
import { modeRequirements } from './mode-requirements.ts';
import { passkeyRequirements } from './passkey-requirements.ts';
import type { PoolSettings } from '../../model/mfa/pool-settings.ts';
import type { Objection } from '../model/refusals.ts';
import type { CallUnderTest, Requirement } from './requirement.ts';
import { smsRequirements } from './sms-requirements.ts';
import { verificationRequirements } from './verification-requirements.ts';

export const requirements: readonly Requirement[] = [
  ...modeRequirements,
  ...smsRequirements,
  ...emailRequirements,
  ...passkeyRequirements,
  ...verificationRequirements,
  ...lengthRequirements,
];

export function unmetRequirements(before: JsonObject, input: JsonObject, settings: PoolSettings): readonly Objection[] {
  const attempt: CallUnderTest = { before: mfaStateOf(before), sent: mfaStateOf(input), input, settings };
  return requirements.flatMap((requirement) => {
    const message = requirement.unmet(attempt);
    return message === null ? [] : [{ code: requirement.code, message }];
  });
}
