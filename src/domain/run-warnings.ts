/**
 * Warnings that only a run can give: selectors that matched nothing, and policies that can't agree on a pool. Told
 * pool by pool, it remembers what is still unmatched and nothing else.
 */
import { newConflictLog } from './conflict-log.ts';
import { acceptingExceptions } from './gap-acceptance.ts';
import type { Account, Place, Failure, PoolObservation } from './observation.ts';
import type { PolicyException, PolicySet } from './policy.ts';
import type { Warning } from './result.ts';
import { candidateOf, entryMatches, select, type Candidate } from './selection.ts';
import { allKeys, compileSelector } from './selector-compilation.ts';
import type { CompiledKey, CompiledSelector, Entry, Selector, SelectorKey } from './selectors.ts';
import type { Settings } from './settings.ts';
import type { SourcePlace } from './source-place.ts';
import { known, poolTags, type Subject } from './subject.ts';
import type { PoolVerdict } from './verdicts.ts';
import { warningAt } from './warning.ts';

export interface RunWarnings {
  /** Every account that is known, left-out ones too. */
  account(account: Account): void;
  /** A region in which some account was read. */
  region(region: string): void;
  pool(subject: Subject, verdict: PoolVerdict): void;
  gap(gap: Place & Failure, account: Account | null, pool?: PoolObservation | null): void;
  /** Of any run. */
  conflicts(): readonly Warning[];
  /** Only of a complete run that no flag narrowed: in any other, what matched nothing may not have been looked at. */
  unused(): readonly Warning[];
}

interface Site {
  readonly owner: string;
  readonly key: CompiledKey;
  readonly entry: Entry;
}

export function newRunWarnings(set: PolicySet, settings: Pick<Settings, 'file' | 'include' | 'exclude'>): RunWarnings {
  const sites = new Set([...sitesOfSet(set), ...sitesOfScope(settings)]);
  const policies = new Set(set.policies);
  const exceptions = new Set(set.exceptions);
  const conflicts = newConflictLog();
  const settle = (keys: readonly SelectorKey[], isUsed: (site: Site) => boolean): void => {
    for (const site of sites) if (keys.includes(site.key.key) && isUsed(site)) sites.delete(site);
  };
  return {
    account: (account) =>
      settle(['accounts', 'organizationalUnits', 'accountTags'], (site) => accountUses(site, account)),
    region: (region) => settle(['regions'], ({ entry }) => entry.matches(region)),
    pool(subject, verdict) {
      const candidate = candidateOf(subject);
      settle(['pools', 'poolTags'], (site) => poolUses(site, candidate, subject));
      for (const { policy } of verdict.matching) policies.delete(policy);
      for (const exception of exceptions) if (mayCover(exception, candidate)) exceptions.delete(exception);
      conflicts.add(subject, verdict.conflicts);
    },
    gap(gap, account, pool = null) {
      if (account === null) return;
      for (const exception of acceptingExceptions({ exceptions: [...exceptions] }, gap, account, pool)) {
        exceptions.delete(exception);
      }
    },
    conflicts: () => conflicts.warnings(),
    unused: () => unusedWarnings([...sites], [...policies], [...exceptions]),
  };
}

function mayCover(exception: PolicyException, candidate: Candidate): boolean {
  return exception.gaps === null && select(exception.match, candidate).answer !== 'no';
}

function sitesOfSet(set: PolicySet): readonly Site[] {
  return [
    ...set.policies.flatMap(({ name, match }) => sitesOf(`policy ${name}`, match)),
    ...set.exceptions.flatMap(({ owner, match }) => sitesOf(`the exception of ${owner}`, match)),
  ];
}

/** The configuration's selectors carry no lines. */
function sitesOfScope({ file, include, exclude }: Pick<Settings, 'file' | 'include' | 'exclude'>): readonly Site[] {
  const place: SourcePlace = { file: file ?? '', line: 0, column: 0 };
  const of = (owner: string, selectors: readonly Selector[]): readonly Site[] =>
    selectors.flatMap((selector) =>
      sitesOf(
        owner,
        compileSelector(selector, () => place),
      ),
    );
  return [...of('accounts.include', include), ...of('accounts.exclude', exclude)];
}

function sitesOf(owner: string, selector: CompiledSelector): readonly Site[] {
  return [...allKeys(selector)].flatMap((key) =>
    key.test.kind === 'expectations' ? [] : key.test.entries.map((entry) => ({ owner, key, entry })),
  );
}

/** What is not known may match: it is no reason to warn. */
function accountUses({ key, entry }: Site, account: Account): boolean {
  if (key.key === 'accountTags') {
    return account.tags === null || tagUses(key, entry, account.tags);
  }
  if (key.key === 'organizationalUnits' && account.path === null) return true;
  if (key.key === 'accounts' && !entry.isId && account.name === null) return true;
  return entryMatches(key, entry, { account, region: null, pool: null, subject: null });
}

function poolUses({ key, entry }: Site, candidate: Candidate, subject: Subject): boolean {
  if (key.key === 'pools') return entryMatches(key, entry, candidate);
  const tags = subject.pool.userPool === null ? known({}) : poolTags(subject);
  return !tags.known || tagUses(key, entry, tags.value);
}

function tagUses({ test }: CompiledKey, entry: Entry, tags: Readonly<Record<string, string>>): boolean {
  if (test.kind !== 'tag' || !Object.hasOwn(tags, test.tag)) return false;
  return entry.matches(tags[test.tag] ?? '');
}

const nouns: Readonly<Record<SelectorKey, string>> = {
  accounts: 'account',
  organizationalUnits: 'account',
  accountTags: 'account',
  regions: 'region that was read',
  pools: 'pool',
  poolTags: 'pool',
  UserPool: 'pool',
};

/** A selector whose own entries explain why it matched nothing is not named twice. */
function unusedWarnings(
  sites: readonly Site[],
  policies: PolicySet['policies'],
  exceptions: readonly PolicyException[],
): readonly Warning[] {
  const explained = new Set(sites.map(({ owner }) => owner));
  return [
    ...sites.map(({ owner, key, entry }) =>
      warningAt(
        entry.place,
        'selector-unused',
        `${owner}: ${key.label} ${JSON.stringify(entry.text)} matches no ${nouns[key.key]}`,
      ),
    ),
    ...policies
      .filter(({ name }) => !explained.has(`policy ${name}`))
      .map(({ name, place }) => warningAt(place, 'policy-unused', `policy ${name} matches no pool`)),
    ...exceptions
      .filter(({ owner }) => !explained.has(`the exception of ${owner}`))
      .map(({ owner, gaps, place }) =>
        warningAt(place, 'exception-unused', `the exception of ${owner} matches no ${gaps === null ? 'pool' : 'gap'}`),
      ),
  ];
}
