/** `match` blocks of policies and exceptions. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { compileSelector } from '../../domain/policy/match/selector-compilation.ts';
import type { CompiledKey, CompiledSelector, Selector } from '../../domain/policy/match/selectors.ts';
import type { Path } from '../../yaml/document.ts';
import { compileUserPool } from './compile-expect.ts';
import { placeAt, type Compiling, type ExpectContext } from './compiling.ts';

/** The map has the shape of its schema already; `exclude` holds blocks of the same keys. */
export function compileMatch(match: JsonObject, at: Path, context: Compiling): CompiledSelector {
  const { UserPool: userPool, exclude, ...rest } = match;
  const plain = compileSelector(toSelector(rest), (path) => placeAt(context, [...at, ...path]));
  const blocks: readonly JsonObject[] = Array.isArray(exclude) ? exclude.filter(isJsonObject) : [];
  return {
    keys: userPool === undefined ? plain.keys : [...plain.keys, userPoolKey(userPool, [...at, 'UserPool'], context)],
    exclude: blocks.map((block, index) => compileMatch(block, [...at, 'exclude', index], context)),
    place: plain.place,
  };
}

function userPoolKey(value: JsonValue, at: Path, context: Compiling): CompiledKey {
  const inMatch: ExpectContext = { ...context, allowsVariables: false, isFixable: false, needsTarget: false };
  const expectations = compileUserPool(value, at, inMatch);
  return {
    key: 'UserPool',
    label: 'UserPool',
    place: placeAt(context, at),
    test: { kind: 'expectations', expectations },
  };
}

function toSelector(map: JsonObject): Selector {
  return {
    ...texts('accounts', map),
    ...texts('organizationalUnits', map),
    ...texts('regions', map),
    ...texts('pools', map),
    ...tags('accountTags', map),
    ...tags('poolTags', map),
  };
}

function texts<K extends string>(key: K, map: JsonObject): Partial<Record<K, readonly string[]>> {
  const value = map[key];
  return Array.isArray(value) ? record(key, value.map(String)) : {};
}

function tags<K extends string>(key: K, map: JsonObject): Partial<Record<K, Record<string, readonly string[]>>> {
  const value = map[key];
  if (!isJsonObject(value)) return {};
  const entries = Object.entries(value).map(([tag, values]): [string, readonly string[]] => [tag, listOf(values)]);
  return record(key, Object.fromEntries(entries));
}

function record<K extends string, V>(key: K, value: V): Partial<Record<K, V>> {
  const made: Partial<Record<K, V>> = {};
  made[key] = value;
  return made;
}

function listOf(value: JsonValue): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
