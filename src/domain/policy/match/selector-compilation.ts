/** From a selector as it is written to one that can be asked. */
import { compileEntry, type CompiledKey, type CompiledSelector, type Selector, type TagSelector } from './selectors.ts';
import { entriesNames, tagsNames, type EntriesName, type TagsName } from './selector-keys.ts';
import type { SourcePlace } from '../../model/source-files.ts';

/** Where an entry of the selector stands, by its path from the selector. */
export type PlaceOf = (path: readonly (string | number)[]) => SourcePlace;

/** A selector of the configuration, whose parts have no lines: all of it stands at one place. */
export function compileSelector(selector: Selector, place: SourcePlace): CompiledSelector {
  const exclude = (selector.exclude ?? []).map((block) => compileSelector(block, place));
  return { keys: compileKeys(selector, () => place), exclude, place };
}

/** Every key but `UserPool`, whose expectations are compiled where the API's fields are known. */
export function compileKeys(selector: Omit<Selector, 'exclude'>, placeOf: PlaceOf): readonly CompiledKey[] {
  return [
    ...entriesNames.flatMap((key) => listKey(key, selector[key], placeOf)),
    ...tagsNames.flatMap((key) => tagKeys(key, selector[key], placeOf)),
  ];
}

function listKey(key: EntriesName, texts: readonly string[] | undefined, placeOf: PlaceOf): CompiledKey[] {
  if (texts === undefined) return [];
  const entries = texts.map((text, index) => compileEntry(key, text, placeOf([key, index])));
  return [{ key, label: key, test: { kind: 'entries', entries } }];
}

function tagKeys(key: TagsName, tags: TagSelector | undefined, placeOf: PlaceOf): CompiledKey[] {
  return Object.entries(tags ?? {}).map(([tag, values]) => {
    const entries = values.map((text, index) => compileEntry(key, text, placeOf([key, tag, index])));
    return { key, label: `${key}.${tag}`, test: { kind: 'tag', tag, entries } };
  });
}

/** Every key of a selector, those of its exclude blocks too. */
export function* allKeys(selector: CompiledSelector): Generator<CompiledKey> {
  yield* selector.keys;
  for (const block of selector.exclude) yield* allKeys(block);
}
