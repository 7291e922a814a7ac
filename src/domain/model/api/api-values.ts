/** Reading members of an answer the way the service reads them. */
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** A value as it is judged. */
export interface Actual {
  /** What the service reads, defaults filled in; `undefined`: nothing. */
  readonly value: JsonValue | undefined;
  /** Whether the raw answer has it, before defaults. */
  readonly present: boolean;
}

/** What an absent member of `GetUserPoolMfaConfig`'s answer means. Source: measured answers; AWS developer guide. */
const defaults: Readonly<Record<string, JsonValue>> = {
  MfaConfiguration: 'OFF',
  'SoftwareTokenMfaConfiguration.Enabled': false,
  'WebAuthnConfiguration.FactorConfiguration': 'SINGLE_FACTOR',
};

/** The blocks that read as if they were there, since one of their members has a default. */
const defaultBlocks: Readonly<Record<string, JsonObject>> = {
  SoftwareTokenMfaConfiguration: { Enabled: false },
  WebAuthnConfiguration: { FactorConfiguration: 'SINGLE_FACTOR' },
};

/** The value at a path of member names; `null` reads as absent. */
export function rawMember(root: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let value = root;
  for (const name of path) value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value ?? undefined;
}

/** A member of `GetUserPoolMfaConfig`'s answer, its default where it has one. */
export function configMember(config: JsonObject, path: readonly string[]): Actual {
  const raw = rawMember(config, path);
  if (raw !== undefined) return { value: raw, present: true };
  const dotted = path.join('.');
  return { value: defaults[dotted] ?? defaultBlocks[dotted], present: false };
}
