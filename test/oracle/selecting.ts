/** Does a selector match? Yes, no, or not known, where something that it asks about was not read. */
import type { JsonObject } from '../../src/domain/model/json.ts';
import { judge } from './judging.ts';
import type { Selector } from './language.ts';
import { all, not, some, truth, type Three } from './three.ts';

/** A known unit's name may be hidden while its id is known. */
interface UnitFact {
  readonly id: string;
  readonly name: string | null;
}

/** What is known of an account, a region of it, or a pool there; `null`: could not be read. */
export interface Facts {
  readonly account: {
    readonly id: string;
    readonly name: string | null;
    readonly path: readonly UnitFact[] | null;
    readonly tags: Readonly<Record<string, string>> | null;
  };
  /** `undefined`: this is about the whole account. */
  readonly region?: string;
  /** `undefined`: this is about the whole region. */
  readonly pool?: PoolFacts;
}

export interface PoolFacts {
  readonly id: string;
  readonly name: string;
  /** `DescribeUserPool`'s answer. */
  readonly userPool: JsonObject | null;
}

export function matches(selector: Selector, facts: Facts): Three {
  const { account, region, pool } = facts;
  const asked: Three[] = [];
  if (selector.accounts) asked.push(idOrName(selector.accounts, account.id, account.name));
  if (selector.organizationalUnits)
    asked.push(some(selector.organizationalUnits.map((unit) => isUnder(account.path, unit))));
  if (selector.accountTags) asked.push(tagged(selector.accountTags, account.tags));
  if (selector.regions)
    asked.push(region === undefined ? 'unknown' : truth(selector.regions.some((each) => glob(each, region))));
  if (selector.pools) asked.push(pool === undefined ? 'unknown' : idOrName(selector.pools, pool.id, pool.name));
  if (selector.poolTags) asked.push(tagged(selector.poolTags, pool?.userPool ? tagsOf(pool.userPool) : null));
  if (selector.UserPool) asked.push(describedAs(selector.UserPool, pool?.userPool ?? null));
  const excluded = some((selector.exclude ?? []).map((block) => matches(block, facts)));
  return all([...asked, not(excluded)]);
}

export function tagsOf(userPool: JsonObject): Readonly<Record<string, string>> {
  const tags = userPool['UserPoolTags'] ?? {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]));
}

function idOrName(entries: readonly string[], id: string, name: string | null): Three {
  if (entries.includes(id)) return 'yes';
  if (name === null) return entries.every((entry) => /^\d{12}$/.test(entry)) ? 'no' : 'unknown';
  return truth(entries.some((entry) => glob(entry, name)));
}

/** By path (`/Workloads/Prod`) or id, and all below it. */
function isUnder(path: readonly UnitFact[] | null, wanted: string): Three {
  if (path === null) return 'unknown';
  if (!wanted.startsWith('/')) return truth(path.some(({ id }) => id === wanted));
  const names = wanted.slice(1).split('/');
  if (names.length > path.length) return 'no';
  return all(names.map((name, depth) => (path[depth]!.name === null ? 'unknown' : truth(path[depth]!.name === name))));
}

function tagged(
  wanted: Readonly<Record<string, readonly string[]>>,
  tags: Readonly<Record<string, string>> | null,
): Three {
  if (tags === null) return 'unknown';
  return all(
    Object.entries(wanted).map(([key, values]) => {
      const value = tags[key];
      return truth(value !== undefined && values.some((each) => glob(each, value)));
    }),
  );
}

function describedAs(wanted: JsonObject, userPool: JsonObject | null): Three {
  const { misses, unknown } = judge({ UserPool: wanted }, { config: {}, userPool, name: () => null });
  if (misses.length > 0) return 'no';
  return unknown ? 'unknown' : 'yes';
}

/** `*` is any run of characters, `?` one; the whole text has to match. */
function glob(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [first, rest] = [pattern[0]!, pattern.slice(1)];
  if (first === '*') return glob(rest, text) || (text !== '' && glob(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && glob(rest, text.slice(1));
}
