/** `match` blocks of policies and exceptions. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { compileKeys } from '../../domain/policy/match/selector-compilation.ts';
import { entriesNames, tagsNames, type EntriesName, type TagsName } from '../../domain/policy/match/selector-keys.ts';
import type { CompiledKey, CompiledSelector, Selector, TagSelector } from '../../domain/policy/match/selectors.ts';
import type { Path } from '../../yaml/document.ts';
import { compileFurther } from './compile-expect.ts';
import { locationAt, type Compiling, type ExpectContext } from './compiling.ts';

/** The map has the shape of its schema already; `exclude` holds blocks of the same keys. */
export function compileMatch(match: JsonObject, at: Path, context: Compiling): CompiledSelector {
  const { UserPool: userPool, exclude, ...rest } = match;
  const keys = compileKeys(toSelector(rest), (path) => locationAt(context, [...at, ...path]));
  const blocks: readonly JsonObject[] = Array.isArray(exclude) ? exclude.filter(isJsonObject) : [];
  return {
    keys: userPool === undefined ? keys : [...keys, userPoolKey(userPool, [...at, 'UserPool'], context)],
    exclude: blocks.map((block, index) => compileMatch(block, [...at, 'exclude', index], context)),
    location: locationAt(context, at),
  };
}

function userPoolKey(value: JsonValue, at: Path, context: Compiling): CompiledKey {
  const inMatch: ExpectContext = { ...context, allowsVariables: false, isFixable: false, needsFixValue: false };
  const expectations = compileFurther('userPool', value, at, inMatch);
  return { key: 'UserPool', label: 'UserPool', test: { kind: 'expectations', expectations } };
}

function toSelector(map: JsonObject): Omit<Selector, 'exclude'> {
  return { ...textsIn(map), ...tagsIn(map) };
}

function textsIn(map: JsonObject): Pick<Selector, EntriesName> {
  const made: Partial<Record<EntriesName, readonly string[]>> = {};
  for (const key of entriesNames) if (Array.isArray(map[key])) made[key] = listOf(map[key]);
  return made;
}

function tagsIn(map: JsonObject): Pick<Selector, TagsName> {
  const made: Partial<Record<TagsName, TagSelector>> = {};
  for (const key of tagsNames) {
    const value = map[key];
    if (!isJsonObject(value)) continue;
    made[key] = Object.fromEntries(Object.entries(value).map(([tag, values]) => [tag, listOf(values)]));
  }
  return made;
}

function listOf(value: JsonValue): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
