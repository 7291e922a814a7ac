/** Every entry of every selector that somebody wrote, and what would use it. */
import type { Account, Tags } from '../model/observation.ts';
import type { PolicySet } from './policy.ts';
import { entryMatches, missingFor } from './match/selection.ts';
import type { Candidate, Entry } from './match/selector-keys.ts';
import { compileSelector } from './match/selector-compilation.ts';
import { tagMatches, type CompiledKey, type CompiledSelector, type Selector } from './match/selectors.ts';
import type { Settings } from '../settings.ts';
import type { SourceLocation } from '../model/source-files.ts';
import { known, poolTags, type Subject } from '../model/subject.ts';

export interface Site {
  /** `policy NAME`, `the exception of OWNER`, `accounts.include`. */
  readonly owner: string;
  /** All that was written there, with what excludes: of an exception too, whose owner may have several. */
  readonly selector: CompiledSelector;
  readonly key: CompiledKey;
  readonly entry: Entry;
  /** The keys that must match too where the entry does: of its block, and of the blocks around it. */
  readonly beside: readonly CompiledKey[];
}

/** How warnings about it begin. */
export function siteInWords({ owner, key, entry }: Site): string {
  return `${owner}: ${key.label} ${JSON.stringify(entry.text)}`;
}

/** `unknown`: what the entry is held against could not be read. */
export type Use = 'yes' | 'no' | 'unknown';

/** What of the configuration selects accounts. */
export type SelectingSettings = Pick<Settings, 'file' | 'include' | 'exclude'> & {
  readonly role: Pick<Settings['role'], 'overrides'>;
};

export function sitesOf(
  { policies, exceptions }: Pick<PolicySet, 'policies' | 'exceptions'>,
  { file, include, exclude, role }: SelectingSettings,
): readonly Site[] {
  // The configuration's selectors carry no lines.
  const location: SourceLocation = { file: file ?? '', line: 0, column: 0 };
  const ofScope = (owner: string, selectors: readonly Selector[]): readonly Site[] =>
    selectors.flatMap((selector) => sitesOfSelector(owner, compileSelector(selector, location)));
  return [
    ...policies.flatMap(({ name, match }) => sitesOfSelector(`policy ${name}`, match)),
    ...exceptions.flatMap(({ owner, match }) => sitesOfSelector(`the exception of ${owner}`, match)),
    ...ofScope('accounts.include', include),
    ...ofScope('accounts.exclude', exclude),
    ...ofScope(
      'role.overrides',
      Object.keys(role.overrides).map((id) => ({ accounts: [id] })),
    ),
  ];
}

function sitesOfSelector(owner: string, selector: CompiledSelector): readonly Site[] {
  const within = ({ keys, exclude }: CompiledSelector, around: readonly CompiledKey[]): readonly Site[] => {
    const beside = [...around, ...keys];
    const own = keys.flatMap((key) =>
      key.test.kind === 'expectations'
        ? []
        : key.test.entries.map((entry) => ({ owner, selector, key, entry, beside })),
    );
    return [...own, ...exclude.flatMap((block) => within(block, beside))];
  };
  return within(selector, []);
}

/** For entries that speak of accounts. */
export function accountUse({ key, entry }: Site, account: Account): Use {
  const candidate: Candidate = { account, region: null, pool: null, subject: null };
  if (key.test.kind === 'tag') return account.tags === null ? 'unknown' : tagUse(key, entry, account.tags);
  if (entryMatches(key, entry, candidate)) return 'yes';
  return missingFor(key, entry, candidate) === null ? 'no' : 'unknown';
}

/** For entries that speak of pools. */
export function poolUse({ key, entry }: Site, candidate: Candidate, subject: Subject): Use {
  if (key.test.kind !== 'tag') return entryMatches(key, entry, candidate) ? 'yes' : 'no';
  const tags = subject.pool.userPool === null ? known({}) : poolTags(subject);
  return tags.known ? tagUse(key, entry, tags.value) : 'unknown';
}

function tagUse({ test }: CompiledKey, entry: Entry, tags: Tags): Use {
  return test.kind === 'tag' && tagMatches({ ...test, entries: [entry] }, tags) ? 'yes' : 'no';
}
