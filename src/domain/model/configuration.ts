/** A pool's MFA configuration as `GetUserPoolMfaConfig` answers it, read the way the service reads it. */
import { mfaConfigMembers } from './api/api-model.ts';
import { rawMember } from './api/api-values.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { mismatches } from './api/model-mismatch.ts';

export const modes = ['OFF', 'OPTIONAL', 'ON'] as const;
export type Mode = (typeof modes)[number];

export const verifyingFactor = 'MULTI_FACTOR_WITH_USER_VERIFICATION';

/** The blocks that the service refuses beside OFF; a passkey block is not one of them. */
export const factorBlocks = ['SoftwareTokenMfaConfiguration', 'SmsMfaConfiguration', 'EmailMfaConfiguration'] as const;

/** The typed view; a block is `null` where the answer does not have it. */
export interface Configuration {
  readonly mode: Mode;
  readonly totp: boolean;
  readonly sms: JsonObject | null;
  readonly email: JsonObject | null;
  readonly relyingParty: string | null;
  readonly userVerification: string | null;
  readonly isPasskeyVerifying: boolean;
}

/** An absent mode is OFF, absent TOTP is not enabled, an absent `FactorConfiguration` is SINGLE_FACTOR. */
export function readConfiguration(config: JsonObject): Configuration {
  return {
    mode: modeOf(config),
    totp: rawMember(config, ['SoftwareTokenMfaConfiguration', 'Enabled']) === true,
    sms: objectAt(config, 'SmsMfaConfiguration'),
    email: objectAt(config, 'EmailMfaConfiguration'),
    relyingParty: textAt(config, 'WebAuthnConfiguration', 'RelyingPartyId'),
    userVerification: textAt(config, 'WebAuthnConfiguration', 'UserVerification'),
    isPasskeyVerifying: rawMember(config, ['WebAuthnConfiguration', 'FactorConfiguration']) === verifyingFactor,
  };
}

export function modeOf(config: JsonObject): Mode {
  const mode = config['MfaConfiguration'];
  return modes.find((known) => known === mode) ?? 'OFF';
}

/** The object at a path of member names, or `null` where there is none. */
export function objectAt(root: JsonValue | undefined, ...path: readonly string[]): JsonObject | null {
  const value = rawMember(root, path);
  return isJsonObject(value) ? value : null;
}

/** The text at a path of member names, or `null` where there is none. */
export function textAt(root: JsonValue | undefined, ...path: readonly string[]): string | null {
  const value = rawMember(root, path);
  return typeof value === 'string' ? value : null;
}

/**
 * Paths of values that the API model does not know: another type, or a word that is not among the member's values. An
 * answer without a mode counts too, since the service always says it. Members that the model does not know are
 * `unknownFields`.
 */
export function unknownValues(config: JsonObject): readonly string[] {
  const missing = rawMember(config, ['MfaConfiguration']) === undefined ? ['MfaConfiguration'] : [];
  return [...missing, ...mismatches(config, mfaConfigMembers).map(({ path }) => path)].sort();
}
