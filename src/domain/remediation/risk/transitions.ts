/** Which fields of the risk table a change touches, and how. */
import type { JsonObject } from '../../model/json.ts';
import { type CodeBlock, verifyingFactor, type MfaState } from '../../model/mfa/mfa-state.ts';
import { textAt } from '../../model/api/api-values.ts';
import { textFieldNames, type FieldChanges, type FieldName, type TextChange, type TextField } from './risk-table.ts';
import type { ChangeContext } from './risk-conditions.ts';

/** One entry of the table. */
export type Transition =
  | { readonly field: TextField; readonly change: TextChange }
  | { readonly [Name in OtherField]: { readonly field: Name; readonly change: FieldChanges[Name] } }[OtherField];
type OtherField = Exclude<FieldName, TextField>;

/** In the order of the table. While the mode stays OFF, factor blocks are left out of the call, which is not a change. */
export function transitionsOf({ before, after }: ChangeContext): readonly Transition[] {
  const staysOff = before.mode === 'OFF' && after.mode === 'OFF';
  return [
    ...modeTransition(before, after),
    ...(staysOff ? [] : factorTransitions(before, after)),
    ...passkeyTransitions(before, after),
  ];
}

function modeTransition({ mode: from }: MfaState, { mode: to }: MfaState): readonly Transition[] {
  if (from === 'OFF') return to === 'OFF' ? [] : [{ field: 'MfaConfiguration', change: `${from} → ${to}` }];
  if (from === 'ON') return to === 'ON' ? [] : [{ field: 'MfaConfiguration', change: `${from} → ${to}` }];
  return to === 'OPTIONAL' ? [] : [{ field: 'MfaConfiguration', change: `${from} → ${to}` }];
}

function factorTransitions(before: MfaState, after: MfaState): readonly Transition[] {
  const totp: readonly Transition[] =
    before.totp === after.totp
      ? []
      : [{ field: 'SoftwareTokenMfaConfiguration', change: after.totp ? 'off → on' : 'on → off' }];
  return [
    ...totp,
    ...codeTransitions('SmsMfaConfiguration', before.sms, after.sms),
    ...codeTransitions('EmailMfaConfiguration', before.email, after.email),
  ];
}

/** A factor that sends codes comes or goes as a whole; while it is there, each of its members counts by itself. */
function codeTransitions(block: CodeBlock, before: JsonObject | null, after: JsonObject | null): readonly Transition[] {
  if (before === null || after === null) {
    if (before === after) return [];
    return [{ field: block, change: after === null ? 'present → absent' : 'absent → present' }];
  }
  return textFieldNames.flatMap((field): readonly Transition[] => {
    const [name, ...path] = field.split('.');
    const change = name === block ? textChange(textAt(before, ...path), textAt(after, ...path)) : null;
    return change === null ? [] : [{ field, change }];
  });
}

function passkeyTransitions(before: MfaState, after: MfaState): readonly Transition[] {
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

function textChange(from: string | null, to: string | null): TextChange | null {
  if (from === to) return null;
  if (from === null) return 'absent → X';
  return to === null ? 'X → absent' : 'X → Y';
}
