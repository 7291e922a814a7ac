/** Asking a selector: yes, no, or not known where the answer rests on something that could not be read. */
import { evaluate } from '../expect/evaluation.ts';
import type { Account } from '../../model/observation.ts';
import {
  isCertain,
  tagMatches,
  unitMatches,
  type CompiledKey,
  type CompiledSelector,
  type Entry,
  type KeyTest,
} from './selectors.ts';
import {
  accountName,
  accountTags,
  known,
  poolTags,
  unknown,
  type Known,
  type Missing,
  type Subject,
} from '../../model/subject.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** Whom a selector is asked about. What is not of one region, or not a pool, matches no key that speaks of such. */
export interface Candidate {
  readonly account: Account;
  readonly region: string | null;
  readonly pool: { readonly id: string; readonly name: string } | null;
  /** With what `DescribeUserPool` said, where it was asked. */
  readonly subject: Subject | null;
}

export interface KeyAnswer {
  readonly key: CompiledKey;
  readonly answer: Answer;
  /** The entry that matched; `null` where none did, or the key has none. */
  readonly entry: Entry | null;
  /** For `unknown`: what could not be read. */
  readonly missing: Missing | null;
}

export interface Selection {
  readonly answer: Answer;
  /** The keys that decided: the one that said no, those that are not known, or all that said yes. */
  readonly because: readonly KeyAnswer[];
  /** The exclude block that matched or may match. */
  readonly excludedBy: CompiledSelector | null;
}

export function candidateOf(subject: Subject): Candidate {
  const { account, region, pool } = subject;
  return { account, region, pool: { id: pool.poolId, name: pool.poolName }, subject };
}

export function select(selector: CompiledSelector, candidate: Candidate): Selection {
  const answers: KeyAnswer[] = [];
  for (const key of selector.keys) {
    const answer = askKey(key, candidate);
    if (answer.answer === 'no') return { answer: 'no', because: [answer], excludedBy: null };
    answers.push(answer);
  }
  const unknownKeys = answers.filter(({ answer }) => answer === 'unknown');
  return exclude(selector.exclude, candidate, {
    answer: unknownKeys.length > 0 ? 'unknown' : 'yes',
    because: unknownKeys.length > 0 ? unknownKeys : answers,
    excludedBy: null,
  });
}

/** A block that surely matches settles it, also where the selector itself is not known. */
function exclude(blocks: readonly CompiledSelector[], candidate: Candidate, before: Selection): Selection {
  let result = before;
  for (const block of blocks) {
    const { answer, because } = select(block, candidate);
    if (answer === 'yes') return { answer: 'no', because, excludedBy: block };
    if (answer === 'unknown' && result.answer === 'yes') result = { answer: 'unknown', because, excludedBy: block };
  }
  return result;
}

export function askKey(key: CompiledKey, candidate: Candidate): KeyAnswer {
  const { test } = key;
  if (test.kind === 'expectations') return askUserPool(key, test.expectations, candidate);
  if (test.kind === 'tag') return askTag(key, test, candidate);
  const value = valueFor(key, candidate);
  const entry = test.entries.find((one) => entryMatches(key, one, candidate));
  if (entry !== undefined) return { key, answer: 'yes', entry, missing: null };
  const isPathless = key.key === 'organizationalUnits' && candidate.account.path === null;
  const mayMatch = !value.known && test.entries.some((one) => isPathless || !one.isId);
  return mayMatch
    ? { key, answer: 'unknown', entry: null, missing: value.missing }
    : { key, answer: 'no', entry: null, missing: null };
}

/** Whether the entry surely matches. */
export function entryMatches({ key }: CompiledKey, entry: Entry, { account, region, pool }: Candidate): boolean {
  switch (key) {
    case 'accounts':
      if (entry.isId) return account.id === entry.text;
      return isCertain(entry) || (account.name !== null && entry.matches(account.name));
    case 'organizationalUnits':
      return account.path !== null && account.inOrganization !== false && unitMatches(entry, account);
    case 'regions':
      return region !== null && entry.matches(region);
    case 'pools':
      if (pool === null) return false;
      return entry.text === pool.id || (!entry.isId && entry.matches(pool.name));
    case 'accountTags':
    case 'poolTags':
    case 'UserPool':
      return false;
  }
}

/** What the entries of a key are held against; only whether it is known matters here. */
function valueFor({ key }: CompiledKey, { account }: Candidate): Known<unknown> {
  if (key === 'accounts') return accountName(account);
  if (key === 'organizationalUnits' && (account.path?.some(({ name }) => name === null) ?? true))
    return unknown('organizational unit of the account');
  return known(null);
}

function askTag(key: CompiledKey, test: Extract<KeyTest, { kind: 'tag' }>, candidate: Candidate): KeyAnswer {
  const no: KeyAnswer = { key, answer: 'no', entry: null, missing: null };
  if (key.key === 'poolTags' && candidate.pool === null) return no;
  const tags = key.key === 'poolTags' ? tagsOfPool(candidate) : accountTags(candidate.account);
  if (!tags.known) return { ...no, answer: 'unknown', missing: tags.missing };
  return tagMatches(test, tags) ? { ...no, answer: 'yes' } : no;
}

function tagsOfPool({ subject }: Candidate): ReturnType<typeof poolTags> {
  return subject === null ? unknown('tags of the pool') : poolTags(subject);
}

/** Members of `UserPool` are judged like expectations: a miss is a no, and a doubt without a miss is not known. */
function askUserPool(
  key: CompiledKey,
  expectations: Parameters<typeof evaluate>[0],
  { pool, subject }: Candidate,
): KeyAnswer {
  const base = { key, entry: null, missing: null };
  if (pool === null) return { ...base, answer: 'no' };
  if (subject === null)
    return { ...base, answer: 'unknown', missing: { what: 'DescribeUserPool of the pool', failure: null } };
  const checks = evaluate(expectations, { subject, config: {} });
  if (checks.some(({ verdict }) => verdict === 'misses')) return { ...base, answer: 'no' };
  const doubt = checks.find(({ verdict }) => verdict === 'unknown');
  return doubt === undefined ? { ...base, answer: 'yes' } : { ...base, answer: 'unknown', missing: doubt.missing };
}
