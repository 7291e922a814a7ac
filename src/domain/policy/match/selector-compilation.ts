/** From a selector as it is written to one that can be asked. */
import { compileEntry, type CompiledKey, type CompiledSelector, type Selector, type TagSelector } from './selectors.ts';
import { entriesNames, tagsNames, type EntriesName, type TagsName } from './selector-keys.ts';
import type { SourceLocation } from '../../model/source-files.ts';

/** Where an entry of the selector stands, by its path from the selector. */
export type LocationOf = (path: readonly (string | number)[]) => SourceLocation;

/** For a selector of which nobody asks where it stands. */
export const nowhere: SourceLocation = { file: '', line: 1, column: 1 };

/** A selector of the configuration, whose parts have no lines: all of it stands at one location. */
export function compileSelector(selector: Selector, location: SourceLocation): CompiledSelector {
  const exclude = (selector.exclude ?? []).map((block) => compileSelector(block, location));
  return { keys: compileKeys(selector, () => location), exclude, location };
}

/** Every key but `UserPool`, whose expectations are compiled where the API's fields are known. */
export function compileKeys(selector: Omit<Selector, 'exclude'>, locationOf: LocationOf): readonly CompiledKey[] {
  return [
    ...entriesNames.flatMap((key) => listKey(key, selector[key], locationOf)),
    ...tagsNames.flatMap((key) => tagKeys(key, selector[key], locationOf)),
  ];
}

function listKey(key: EntriesName, texts: readonly string[] | undefined, locationOf: LocationOf): CompiledKey[] {
  if (texts === undefined) return [];
  const entries = texts.map((text, index) => compileEntry(key, text, locationOf([key, index])));
  return [{ key, label: key, test: { kind: 'entries', entries } }];
}

function tagKeys(key: TagsName, tags: TagSelector | undefined, locationOf: LocationOf): CompiledKey[] {
  return Object.entries(tags ?? {}).map(([tag, values]) => {
    const entries = values.map((text, index) => compileEntry(key, text, locationOf([key, tag, index])));
    return { key, label: `${key}.${tag}`, test: { kind: 'tag', tag, entries } };
  });
}

/** Every key of a selector, those of its exclude blocks too. */
export function* allKeys(selector: CompiledSelector): Generator<CompiledKey> {
  yield* selector.keys;
  for (const block of selector.exclude) yield* allKeys(block);
}
