/** A pool's MFA state: the answer of `GetUserPoolMfaConfig`, read the way the service reads it. */
import { mfaConfigMembers } from '../api/api-model.ts';
import { configMember, objectAt, rawMember, textAt } from '../api/api-values.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { mismatches } from '../api/model-mismatch.ts';

export const modes = ['OFF', 'OPTIONAL', 'ON'] as const;
export type Mode = (typeof modes)[number];

export const verifyingFactor = 'MULTI_FACTOR_WITH_USER_VERIFICATION';

/** The blocks of the factors that send codes: such a block is there or not, whatever is in it. */
export const codeBlocks = ['SmsMfaConfiguration', 'EmailMfaConfiguration'] as const;
export type CodeBlock = (typeof codeBlocks)[number];

/** The blocks that the service refuses beside OFF; a passkey block is not one of them. */
export const factorBlocks = ['SoftwareTokenMfaConfiguration', ...codeBlocks] as const;

/** Absent members have their defaults (`readDefaults`); a block is `null` where the answer does not have it. */
export interface MfaState {
  /** OFF also for a word that is none of the three: nothing is written into such a pool (`unknownValues`). */
  readonly mode: Mode;
  /** The mode as the answer says it. */
  readonly modeWord: JsonValue;
  readonly totp: boolean;
  readonly sms: JsonObject | null;
  readonly email: JsonObject | null;
  readonly relyingParty: string | null;
  readonly userVerification: string | null;
  /** `FactorConfiguration` of passkeys, as the answer says it. */
  readonly passkeyWord: JsonValue;
  readonly isPasskeyVerifying: boolean;
}

const paths = {
  mode: ['MfaConfiguration'],
  totp: ['SoftwareTokenMfaConfiguration', 'Enabled'],
  passkeys: ['WebAuthnConfiguration', 'FactorConfiguration'],
} as const;

export function mfaStateOf(config: JsonObject): MfaState {
  const passkeyWord = configMember(config, paths.passkeys).value ?? null;
  return {
    mode: modeOf(config),
    modeWord: configMember(config, paths.mode).value ?? null,
    totp: configMember(config, paths.totp).value === true,
    sms: objectAt(config, 'SmsMfaConfiguration'),
    email: objectAt(config, 'EmailMfaConfiguration'),
    relyingParty: textAt(config, 'WebAuthnConfiguration', 'RelyingPartyId'),
    userVerification: textAt(config, 'WebAuthnConfiguration', 'UserVerification'),
    passkeyWord,
    isPasskeyVerifying: passkeyWord === verifyingFactor,
  };
}

export function modeOf(config: JsonObject): Mode {
  const mode = config['MfaConfiguration'];
  return modes.find((known) => known === mode) ?? 'OFF';
}

/**
 * Paths of values that the API model does not know: another type, or a word that is not among the member's values. An
 * answer without a mode counts too, since the service always says it. Members that the model does not know are
 * `unknownFields`.
 */
export function unknownValues(config: JsonObject): readonly string[] {
  const missing = rawMember(config, paths.mode) === undefined ? ['MfaConfiguration'] : [];
  return [...missing, ...mismatches(config, mfaConfigMembers).map(({ path }) => path)].sort();
}
