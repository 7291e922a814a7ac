/** Which accounts, regions and pools a policy, an exception or the configuration speaks of. */
import type { Tags } from './observation.ts';

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

export type { Tags };
