/**
 * What a selector can select by: each key is one entry of the table below, and one of the schemas in
 * src/config/schemas/selector-schema.ts. Asking, explaining, warning and reading follow from them.
 */
import { isAccountId, isPoolId } from '../../model/ids.ts';
import type { FurtherRead } from '../../model/api/reads.ts';
import type { Account, Tags } from '../../model/observation.ts';
import type { SourceLocation } from '../../model/source-files.ts';
import {
  accountName,
  accountTags,
  leftOpen,
  poolTags,
  unknown,
  type Known,
  type Missing,
  type Subject,
} from '../../model/subject.ts';
import { matchesEverything } from './globs.ts';

/** Whom a selector is asked about. What is not of one region, or not a pool, matches no key that speaks of such. */
export interface Candidate {
  readonly account: Account;
  readonly region: string | null;
  readonly pool: { readonly id: string; readonly name: string } | null;
  /** With what `DescribeUserPool` said, where it was asked. */
  readonly subject: Subject | null;
}

export interface Entry {
  readonly text: string;
  readonly location: SourceLocation;
  /** Whether the text can only be an id, which AWS gives; a glob speaks of a name, which somebody chose. */
  readonly isId: boolean;
  readonly matches: (value: string) => boolean;
}

/** What one must know to tell whether an entry of a key matches anything. */
export type KeyLevel = 'accounts' | 'regions' | 'pools';

interface AnyKey {
  readonly level: KeyLevel;
  /** What an entry that matches nothing matches none of. */
  readonly noun: string;
  /** What of an account or a pool may be unread, so that nobody knows whether an entry matches; `null`: nothing. */
  readonly fact: string | null;
  /** What must be asked of AWS for it, beside the listings; `accountNames` for names alone. */
  readonly needs: 'accountNames' | 'accountPaths' | 'accountTags' | FurtherRead | null;
  /** What of it whoever works in the audited account can choose. */
  readonly chosenInside: 'all' | 'names' | 'nothing';
  /** Members that it reads of what the read in `needs` answers. */
  readonly members: readonly string[];
}

interface EntriesKey extends AnyKey {
  readonly holds: 'entries';
  isId(text: string): boolean;
  /** Whether the entry surely matches. */
  matches(entry: Entry, candidate: Candidate): boolean;
  /** For an entry that does not surely match: what could not be read and may make it match. */
  missing(entry: Entry, candidate: Candidate): Missing | null;
  /** What the candidate has there, for whoever reads why. */
  actual(candidate: Candidate): string | null;
}

interface TagsKey extends AnyKey {
  readonly holds: 'tags';
  /** With an answer about this one at least. */
  tags(candidate: Candidate, tag: string): Known<Tags>;
}

/** Compiled where the API's fields are known. */
interface ExpectationsKey extends AnyKey {
  readonly holds: 'expectations';
}

type KeyEntry = EntriesKey | TagsKey | ExpectationsKey;

const unitUnknown = unknown('organizational unit of the account').missing;

export const selectorKeys = {
  accounts: {
    holds: 'entries',
    level: 'accounts',
    noun: 'account',
    fact: 'names',
    needs: 'accountNames',
    chosenInside: 'names',
    members: [],
    isId: isAccountId,
    matches(entry, { account }) {
      if (entry.isId) return account.id === entry.text;
      return isCertain(entry) || (account.name !== null && entry.matches(account.name));
    },
    missing({ isId }, { account, subject }) {
      const name = accountName(account);
      if (isId) return subject === null ? null : leftOpen(subject, 'account.id');
      return name.known ? null : name.missing;
    },
    actual: ({ account }) => (account.name === null ? account.id : `${account.id} ${account.name}`),
  },
  organizationalUnits: {
    holds: 'entries',
    level: 'accounts',
    noun: 'account',
    fact: 'organizational units',
    needs: 'accountPaths',
    chosenInside: 'nothing',
    members: [],
    // The schema lets through paths, which begin with a slash, and ids.
    isId: (text) => !text.startsWith('/'),
    matches: (entry, { account }) =>
      account.path !== null && account.inOrganization !== false && unitMatches(entry, account),
    missing({ isId }, { account: { path } }) {
      if (path === null) return unitUnknown;
      return !isId && path.some(({ name }) => name === null) ? unitUnknown : null;
    },
    actual({ account }) {
      if (account.inOrganization === false) return 'none: the account is in no organization';
      return account.path === null ? null : `/${account.path.map(({ name }) => name).join('/')}`;
    },
  },
  accountTags: {
    holds: 'tags',
    level: 'accounts',
    noun: 'account',
    fact: 'tags',
    needs: 'accountTags',
    chosenInside: 'nothing',
    members: [],
    tags: ({ account }) => accountTags(account),
  },
  regions: {
    holds: 'entries',
    level: 'regions',
    noun: 'region in scope',
    fact: null,
    needs: null,
    chosenInside: 'nothing',
    members: [],
    isId: () => false,
    matches: (entry, { region }) => region !== null && entry.matches(region),
    missing: (_entry, { subject }) => (subject === null ? null : leftOpen(subject, 'region')),
    actual: ({ region }) => region,
  },
  pools: {
    holds: 'entries',
    level: 'pools',
    noun: 'pool',
    fact: null,
    needs: null,
    chosenInside: 'names',
    members: [],
    isId: isPoolId,
    matches: (entry, { pool }) =>
      pool !== null && (entry.text === pool.id || (!entry.isId && entry.matches(pool.name))),
    missing: ({ isId }, { subject }) => (subject === null ? null : leftOpen(subject, isId ? 'pool.id' : 'pool.name')),
    actual: ({ pool }) => pool?.name ?? null,
  },
  poolTags: {
    holds: 'tags',
    level: 'pools',
    noun: 'pool',
    fact: 'tags',
    needs: 'userPool',
    chosenInside: 'all',
    members: ['UserPoolTags'],
    tags: ({ subject }, tag) => (subject === null ? unknown('tags of the pool') : poolTags(subject, tag)),
  },
  UserPool: {
    holds: 'expectations',
    level: 'pools',
    noun: 'pool',
    fact: null,
    needs: 'userPool',
    chosenInside: 'nothing',
    members: [],
  },
} as const satisfies Readonly<Record<string, KeyEntry>>;

export type SelectorKey = keyof typeof selectorKeys;
type KeyThatHolds<Kind extends KeyEntry['holds']> = {
  [Key in SelectorKey]: (typeof selectorKeys)[Key]['holds'] extends Kind ? Key : never;
}[SelectorKey];
export type EntriesName = KeyThatHolds<'entries'>;
export type TagsName = KeyThatHolds<'tags'>;
export type NameAt<Level extends KeyLevel> = {
  [Key in SelectorKey]: (typeof selectorKeys)[Key]['level'] extends Level ? Key : never;
}[SelectorKey];

export const selectorKeyNames = Object.keys(selectorKeys) as readonly SelectorKey[];
export const entriesNames = selectorKeyNames.filter((key): key is EntriesName => selectorKeys[key].holds === 'entries');
export const tagsNames = selectorKeyNames.filter((key): key is TagsName => selectorKeys[key].holds === 'tags');

export function keyEntry(key: SelectorKey): KeyEntry {
  return selectorKeys[key];
}

export function isCertain(entry: Entry): boolean {
  return !entry.isId && matchesEverything(entry.text);
}

/** A path of unit names, such as `/Workloads/Prod`, holds for that unit and all below it; `/` for the organization. */
function unitMatches(entry: Entry, account: Account): boolean {
  const path = account.path ?? [];
  if (entry.isId) return path.some(({ id }) => id === entry.text);
  const wanted = entry.text.replace(/\/+$/, '');
  if (wanted !== '' && path.some(({ name }) => name === null)) return false;
  const names = path.map(({ name }) => `/${name}`).join('');
  return names === wanted || names.startsWith(`${wanted}/`);
}
