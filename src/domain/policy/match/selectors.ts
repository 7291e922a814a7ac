/** Which accounts, regions and pools a policy, an exception or the configuration speaks of. */
import type { Expectation } from '../expect/expectations.ts';
import { compileGlob } from './globs.ts';
import { keyEntry, type EntriesName, type Entry, type SelectorKey, type TagsName } from './selector-keys.ts';
import type { Tags } from '../../model/observation.ts';
import type { SourceLocation } from '../../model/source-files.ts';

export type TagSelector = Readonly<Record<string, readonly string[]>>;

/** Every key given must match; inside a key any entry may; a tag key asks for every tag named, any of its values. */
export type Selector = { readonly [Key in EntriesName]?: readonly string[] } & {
  readonly [Key in TagsName]?: TagSelector;
} & { readonly exclude?: readonly Selector[] };

/** A selector ready to be asked: all of `keys`, and none of `exclude`. */
export interface CompiledSelector {
  readonly keys: readonly CompiledKey[];
  readonly exclude: readonly CompiledSelector[];
  readonly location: SourceLocation;
}

export interface CompiledKey {
  readonly key: SelectorKey;
  /** The key as a reader names it, with the tag where there is one: `poolTags.audience`. */
  readonly label: string;
  readonly test: KeyTest;
}

export type KeyTest =
  | { readonly kind: 'entries'; readonly entries: readonly Entry[] }
  /** For `accountTags` and `poolTags`: `label`'s tag has one of these values. */
  | { readonly kind: 'tag'; readonly tag: string; readonly entries: readonly Entry[] }
  | { readonly kind: 'expectations'; readonly expectations: readonly Expectation[] };

export function compileEntry(key: SelectorKey, text: string, location: SourceLocation): Entry {
  const entry = keyEntry(key);
  const isId = entry.holds === 'entries' && entry.isId(text);
  return { text, location, isId, matches: compileGlob(text) };
}

export function tagMatches(test: Extract<KeyTest, { kind: 'tag' }>, tags: Tags): boolean {
  const value = Object.hasOwn(tags, test.tag) ? tags[test.tag] : undefined;
  return value !== undefined && test.entries.some((entry) => entry.matches(value));
}
