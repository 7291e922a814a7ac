/** When two configurations are the same: as readings, and as states of a pool. */
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { factorBlocks, modeOf } from './configuration.ts';
import { isEmailAutomatic, type PoolSettings } from './pool-settings.ts';

/** One path that reads differently; `null`: there is nothing. */
export interface Difference {
  readonly path: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
}

/**
 * Where two answers read differently to the service: absent TOTP is `Enabled: false`, an absent `FactorConfiguration`
 * is SINGLE_FACTOR, the order of members never matters. Sorted by path, down to single members.
 */
export function readingDifferences(from: JsonObject, to: JsonObject): readonly Difference[] {
  return differencesBetween(withoutDefaults(from), withoutDefaults(to), '');
}

/**
 * Like `readingDifferences`, without what the service may show or leave out of the same state. Not measured: whether
 * `GetUserPoolMfaConfig` shows factor blocks that wait beside OFF, and an empty e-mail block where an own SES sender
 * makes e-mail a factor by itself.
 */
export function stateDifferences(from: JsonObject, to: JsonObject, settings: PoolSettings): readonly Difference[] {
  return differencesBetween(stateOf(from, settings), stateOf(to, settings), '');
}

function withoutDefaults(config: JsonObject): JsonObject {
  return without(config, (name, value) => {
    if (name === 'SoftwareTokenMfaConfiguration') return withoutDefault(value, 'Enabled', false);
    if (name === 'WebAuthnConfiguration') return withoutDefault(value, 'FactorConfiguration', 'SINGLE_FACTOR');
    return value;
  });
}

function stateOf(config: JsonObject, settings: PoolSettings): JsonObject {
  const isOff = modeOf(config) === 'OFF';
  const hidden: readonly string[] = isOff ? factorBlocks : [];
  return without(withoutDefaults(config), (name, value) => {
    if (hidden.includes(name)) return null;
    const isEmptyEmail = name === 'EmailMfaConfiguration' && isJsonObject(value) && Object.keys(value).length === 0;
    return isEmptyEmail && isEmailAutomatic(settings) ? null : value;
  });
}

function without(config: JsonObject, reading: (name: string, value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]) => {
      const read = reading(name, value);
      return read === null ? [] : [[name, read] as const];
    }),
  );
}

/** The block without a member that says its default; `null` where nothing else is in it. */
function withoutDefault(block: JsonValue, member: string, value: JsonValue): JsonValue {
  if (!isJsonObject(block)) return block;
  const rest = Object.entries(block).filter(([name, entry]) => entry !== null && !(name === member && entry === value));
  return rest.length === 0 ? null : Object.fromEntries(rest);
}

/** An absent block reads as one without members, so that a difference names single members wherever there are any. */
function differencesBetween(from: JsonValue, to: JsonValue, path: string): readonly Difference[] {
  const [was, is] = [membersOf(from), membersOf(to)];
  const names = was === null || is === null ? [] : [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  if (was === null || is === null || names.length === 0) return isSame(from, to) ? [] : [{ path, from, to }];
  return names.flatMap((name) =>
    differencesBetween(was[name] ?? null, is[name] ?? null, path === '' ? name : `${path}.${name}`),
  );
}

function membersOf(value: JsonValue): JsonObject | null {
  if (value === null) return {};
  return isJsonObject(value) ? value : null;
}

function isSame(from: JsonValue, to: JsonValue): boolean {
  return from === to || JSON.stringify(from) === JSON.stringify(to);
}
