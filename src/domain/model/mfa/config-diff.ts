/** When two configurations are the same: as readings, and as states of a pool. */
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { factorBlocks, mfaStateOf } from './mfa-state.ts';
import { compareTexts } from '../order.ts';
import { defaultAt, isDefaultBlock } from '../api/api-values.ts';
import { isEmailAutomatic } from './factors.ts';
import type { PoolSettings } from './pool-settings.ts';

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
  return sorted(differencesBetween(from, to, ''));
}

/**
 * Like `readingDifferences`, without what the service may show or leave out of the same state. Not measured: whether
 * `GetUserPoolMfaConfig` shows factor blocks that wait beside OFF, and an empty e-mail block where an own SES sender
 * makes e-mail a factor by itself.
 */
export function stateDifferences(from: JsonObject, to: JsonObject, settings: PoolSettings): readonly Difference[] {
  return sorted(differencesBetween(stateOf(from, settings), stateOf(to, settings), ''));
}

function stateOf(config: JsonObject, settings: PoolSettings): JsonObject {
  const { mode, email } = mfaStateOf(config);
  if (mode === 'OFF') return without(config, factorBlocks);
  const isEmpty = email !== null && Object.keys(email).length === 0;
  return isEmpty && isEmailAutomatic(settings) ? without(config, ['EmailMfaConfiguration']) : config;
}

function without(config: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !names.includes(name)));
}

/** An absent block reads as one without members, so that a difference names single members wherever there are any. */
function differencesBetween(from: JsonValue, to: JsonValue, path: string): readonly Difference[] {
  if (from === to) return [];
  const [was, is] = [membersOf(from), membersOf(to)];
  const names = was === null || is === null ? [] : namesOf(was, is);
  if (was === null || is === null || names.length === 0) return differenceOf(from, to, path);
  return names.flatMap((name) =>
    differencesBetween(was[name] ?? null, is[name] ?? null, path === '' ? name : `${path}.${name}`),
  );
}

function namesOf(was: JsonObject, is: JsonObject): readonly string[] {
  return [...Object.keys(was), ...Object.keys(is).filter((name) => !Object.hasOwn(was, name))];
}

function sorted(differences: readonly Difference[]): readonly Difference[] {
  return [...differences].sort((a, b) => compareTexts(a.path, b.path));
}

function differenceOf(from: JsonValue, to: JsonValue, path: string): readonly Difference[] {
  const [was, is] = [from ?? readAs(path), to ?? readAs(path)];
  return was === is || JSON.stringify(was) === JSON.stringify(is) ? [] : [{ path, from: was, to: is }];
}

/** What an absent value reads as; a block with a default inside is no other than an empty one. */
function readAs(path: string): JsonValue {
  return isDefaultBlock(path) ? {} : (defaultAt(path) ?? null);
}

function membersOf(value: JsonValue): JsonObject | null {
  if (value === null) return {};
  return isJsonObject(value) ? value : null;
}
