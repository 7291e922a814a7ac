/** Reading members of an answer the way the service reads them. */
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** A value as it is judged. */
export interface Actual {
  /** What the service reads, defaults filled in; `undefined`: nothing. */
  readonly value: JsonValue | undefined;
  /** Whether the raw answer has it, before defaults. */
  readonly present: boolean;
}

/**
 * What an absent member of `GetUserPoolMfaConfig`'s answer reads as, by its path; every other one reads as nothing.
 * Source: measured answers (floci-io/floci, go-to-k/cdkd); AWS developer guide, Adding MFA.
 */
export const readDefaults = {
  MfaConfiguration: 'OFF',
  'SoftwareTokenMfaConfiguration.Enabled': false,
  'WebAuthnConfiguration.FactorConfiguration': 'SINGLE_FACTOR',
} as const satisfies Readonly<Record<string, JsonValue>>;

const defaults: ReadonlyMap<string, JsonValue> = new Map(Object.entries(readDefaults));

/** The blocks that read as if they were there, since one of their members has a default. */
const defaultBlocks: ReadonlyMap<string, JsonObject> = new Map(
  Object.entries(readDefaults).flatMap(([path, value]) => {
    const [block = '', member] = path.split('.');
    return member === undefined ? [] : [[block, { [member]: value }] as const];
  }),
);

/** The default of a single member; `undefined`: it has none. */
export function defaultAt(path: string): JsonValue | undefined {
  return defaults.get(path);
}

/** Whether an absent block reads as one that is there. */
export function isDefaultBlock(path: string): boolean {
  return defaultBlocks.has(path);
}

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
  return { value: defaults.get(dotted) ?? defaultBlocks.get(dotted), present: false };
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
