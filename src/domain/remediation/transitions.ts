/** Which fields of the risk table a change touches, and how. */
import type { JsonObject } from '../json.ts';
import { objectAt, textAt, verifyingFactor, type Configuration } from './configuration.ts';
import type { Field, FieldName } from './risk-table.ts';
import { readingDifferences } from './sameness.ts';
import type { Situation } from './situation.ts';
import { smsRegion, smsRole } from './sms.ts';

/** One entry of the table. */
export type Transition = {
  readonly [Name in FieldName]: { readonly field: Name; readonly change: Field[Name] };
}[FieldName];

/** In the order of the table. While the mode stays OFF, factor blocks are left out of the call, which is not a change. */
export function transitionsOf({ before, after }: Situation): readonly Transition[] {
  const staysOff = before.mode === 'OFF' && after.mode === 'OFF';
  return [
    ...modeTransition(before, after),
    ...(staysOff ? [] : factorTransitions(before, after)),
    ...passkeyTransitions(before, after),
  ];
}

function modeTransition({ mode: from }: Configuration, { mode: to }: Configuration): readonly Transition[] {
  if (from === 'OFF') return to === 'OFF' ? [] : [{ field: 'MfaConfiguration', change: `${from} → ${to}` }];
  if (from === 'ON') return to === 'ON' ? [] : [{ field: 'MfaConfiguration', change: `${from} → ${to}` }];
  return to === 'OPTIONAL' ? [] : [{ field: 'MfaConfiguration', change: `${from} → ${to}` }];
}

function factorTransitions(before: Configuration, after: Configuration): readonly Transition[] {
  const totp: readonly Transition[] =
    before.totp === after.totp
      ? []
      : [{ field: 'SoftwareTokenMfaConfiguration', change: after.totp ? 'off → on' : 'on → off' }];
  return [...totp, ...smsTransitions(before.sms, after.sms), ...emailTransitions(before.email, after.email)];
}

function smsTransitions(before: JsonObject | null, after: JsonObject | null): readonly Transition[] {
  if (before === null || after === null) {
    if (before === after) return [];
    return [{ field: 'SmsMfaConfiguration', change: after === null ? 'present → absent' : 'absent → present' }];
  }
  const template = textChange(textAt(before, 'SmsAuthenticationMessage'), textAt(after, 'SmsAuthenticationMessage'));
  return [
    ...senderTransitions(objectAt(before, 'SmsConfiguration') ?? {}, objectAt(after, 'SmsConfiguration') ?? {}),
    ...(template === null ? [] : [{ field: 'SmsMfaConfiguration: template', change: template } as const]),
  ];
}

/** With another role the whole sender is another one; with the same role each other member counts by itself. */
function senderTransitions(before: JsonObject, after: JsonObject): readonly Transition[] {
  if (smsRole(before) !== smsRole(after)) return [{ field: 'SmsMfaConfiguration: role', change: 'X → Y' }];
  const region = textChange(smsRegion(before), smsRegion(after));
  const others = readingDifferences(before, after).filter(
    ({ path }) => path !== 'SnsRegion' && path !== 'EumsSms.Region',
  );
  return [
    ...(region === null ? [] : [{ field: 'SmsMfaConfiguration: region', change: region } as const]),
    ...others.map(({ from, to }): Transition => ({
      field: 'SmsMfaConfiguration: anything else',
      change: from === null ? 'absent → X' : to === null ? 'X → absent' : 'X → Y',
    })),
  ];
}

function emailTransitions(before: JsonObject | null, after: JsonObject | null): readonly Transition[] {
  if (before === null || after === null) {
    if (before === after) return [];
    return [{ field: 'EmailMfaConfiguration', change: after === null ? 'present → absent' : 'absent → present' }];
  }
  return ['Message', 'Subject'].flatMap((member): readonly Transition[] => {
    const change = textChange(textAt(before, member), textAt(after, member));
    return change === null ? [] : [{ field: 'EmailMfaConfiguration: template', change }];
  });
}

function passkeyTransitions(before: Configuration, after: Configuration): readonly Transition[] {
  const relyingParty = textChange(before.relyingParty, after.relyingParty);
  return [
    ...(relyingParty === null
      ? []
      : [{ field: 'WebAuthnConfiguration.RelyingPartyId', change: relyingParty } as const]),
    ...verificationTransition(before.userVerification, after.userVerification),
    ...factorTransition(before.isPasskeyVerifying, after.isPasskeyVerifying),
  ];
}

function verificationTransition(from: string | null, to: string | null): readonly Transition[] {
  const field = 'WebAuthnConfiguration.UserVerification';
  if (from === to) return [];
  if (from === null) return [{ field, change: to === 'required' ? 'absent → required' : 'absent → preferred' }];
  if (to === null) return [{ field, change: from === 'required' ? 'required → absent' : 'preferred → absent' }];
  return [{ field, change: to === 'required' ? 'preferred → required' : 'required → preferred' }];
}

function factorTransition(from: boolean, to: boolean): readonly Transition[] {
  if (from === to) return [];
  const change = to ? (`SINGLE_FACTOR → ${verifyingFactor}` as const) : (`${verifyingFactor} → SINGLE_FACTOR` as const);
  return [{ field: 'WebAuthnConfiguration.FactorConfiguration', change }];
}

function textChange(from: string | null, to: string | null): 'absent → X' | 'X → Y' | 'X → absent' | null {
  if (from === to) return null;
  if (from === null) return 'absent → X';
  return to === null ? 'X → absent' : 'X → Y';
}
