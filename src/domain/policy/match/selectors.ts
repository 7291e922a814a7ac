/** Which accounts, regions and pools a policy, an exception or the configuration speaks of. */
import type { Expectation } from '../expect/expectations.ts';
import { compileGlob, matchesEverything } from './globs.ts';
import type { Account, Tags } from '../../model/observation.ts';
import type { SourcePlace } from '../../model/source-place.ts';
import type { Known } from '../../model/subject.ts';

export type TagSelector = Readonly<Record<string, readonly string[]>>;

/** Every key given must match; inside a key any entry may; a tag key asks for every tag named, any of its values. */
export interface Selector {
  readonly accounts?: readonly string[];
  readonly organizationalUnits?: readonly string[];
  readonly accountTags?: TagSelector;
  readonly regions?: readonly string[];
  readonly pools?: readonly string[];
  readonly poolTags?: TagSelector;
  readonly exclude?: readonly Selector[];
}

export const selectorKeys = [
  'accounts',
  'organizationalUnits',
  'accountTags',
  'regions',
  'pools',
  'poolTags',
  'UserPool',
] as const;
export type SelectorKey = (typeof selectorKeys)[number];

/** A selector ready to be asked: all of `keys`, and none of `exclude`. */
export interface CompiledSelector {
  readonly keys: readonly CompiledKey[];
  readonly exclude: readonly CompiledSelector[];
  readonly place: SourcePlace;
}

export interface CompiledKey {
  readonly key: SelectorKey;
  /** The key as a reader names it, with the tag where there is one: `poolTags.audience`. */
  readonly label: string;
  readonly place: SourcePlace;
  readonly test: KeyTest;
}

export type KeyTest =
  | { readonly kind: 'entries'; readonly entries: readonly Entry[] }
  /** For `accountTags` and `poolTags`: `label`'s tag has one of these values. */
  | { readonly kind: 'tag'; readonly tag: string; readonly entries: readonly Entry[] }
  | { readonly kind: 'expectations'; readonly expectations: readonly Expectation[] };

export interface Entry {
  readonly text: string;
  readonly place: SourcePlace;
  /** Whether the text can only be an id, which AWS gives; a glob speaks of a name, which somebody chose. */
  readonly isId: boolean;
  readonly matches: (value: string) => boolean;
}

const accountId = /^\d{12}$/;
const unitId = /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/;
/** A pool name may hold the same characters; a text of this form is read as an id, so that no name can pose as one. */
const poolId = /^[a-z]{2,}(-[a-z0-9]+)+-\d+_[0-9A-Za-z]+$/;

export function compileEntry(key: SelectorKey, text: string, place: SourcePlace): Entry {
  const isId =
    (key === 'accounts' && accountId.test(text)) ||
    (key === 'organizationalUnits' && unitId.test(text)) ||
    (key === 'pools' && poolId.test(text));
  return { text, place, isId, matches: compileGlob(text) };
}

export function isCertain(entry: Entry): boolean {
  return !entry.isId && matchesEverything(entry.text);
}

/** A path of unit names, such as `/Workloads/Prod`, holds for that unit and all below it; `/` for the organization. */
export function unitMatches(entry: Entry, account: Account): boolean {
  const path = account.path ?? [];
  if (entry.isId) return path.some(({ id }) => id === entry.text);
  const wanted = entry.text.replace(/\/+$/, '');
  if (wanted !== '' && path.some(({ name }) => name === null)) return false;
  const names = path.map(({ name }) => `/${name}`).join('');
  return names === wanted || names.startsWith(`${wanted}/`);
}

export function tagMatches(test: Extract<KeyTest, { kind: 'tag' }>, tags: Known<Tags>): boolean {
  if (!tags.known || !Object.hasOwn(tags.value, test.tag)) return false;
  const value = tags.value[test.tag];
  return value !== undefined && test.entries.some((entry) => entry.matches(value));
}

export type { Tags };
