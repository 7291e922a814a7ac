/** Asking a selector: yes, no, or not known where the answer rests on something that could not be read. */
import { evaluate } from '../expect/evaluation.ts';
import { keyEntry, type Candidate, type Entry } from './selector-keys.ts';
import { tagMatches, type CompiledKey, type CompiledSelector, type KeyTest } from './selectors.ts';
import { unreadWords, type Missing, type Subject } from '../../model/subject.ts';

export type MatchAnswer = 'yes' | 'no' | 'unknown';

export interface KeyAnswer {
  readonly key: CompiledKey;
  readonly answer: MatchAnswer;
  /** The entry that matched; `null` where none did, or the key has none. */
  readonly entry: Entry | null;
  /** For `unknown`: what could not be read. */
  readonly missing: Missing | null;
}

export interface Selection {
  readonly answer: MatchAnswer;
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
  const entry = test.entries.find((one) => entryMatches(key, one, candidate));
  if (entry !== undefined) return { key, answer: 'yes', entry, missing: null };
  const [missing = null] = test.entries.flatMap((one) => missingFor(key, one, candidate) ?? []);
  return { key, answer: missing === null ? 'no' : 'unknown', entry: null, missing };
}

/** Whether the entry surely matches. */
export function entryMatches({ key }: CompiledKey, entry: Entry, candidate: Candidate): boolean {
  const asked = keyEntry(key);
  return asked.holds === 'entries' && asked.matches(entry, candidate);
}

/** For an entry that does not surely match: what could not be read and may make it match. */
export function missingFor({ key }: CompiledKey, entry: Entry, candidate: Candidate): Missing | null {
  const asked = keyEntry(key);
  return asked.holds === 'entries' ? asked.missing(entry, candidate) : null;
}

function askTag(key: CompiledKey, test: Extract<KeyTest, { kind: 'tag' }>, candidate: Candidate): KeyAnswer {
  const no: KeyAnswer = { key, answer: 'no', entry: null, missing: null };
  const asked = keyEntry(key.key);
  if (asked.holds !== 'tags' || (asked.level === 'pools' && candidate.pool === null)) return no;
  const tags = asked.tags(candidate, test.tag);
  if (!tags.known) return { ...no, answer: 'unknown', missing: tags.missing };
  return tagMatches(test, tags.value) ? { ...no, answer: 'yes' } : no;
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
    return { ...base, answer: 'unknown', missing: { what: unreadWords('userPool'), failure: null } };
  const checks = evaluate(expectations, { subject, config: {} });
  if (checks.some(({ verdict }) => verdict === 'misses')) return { ...base, answer: 'no' };
  const doubt = checks.find(({ verdict }) => verdict === 'unknown');
  return doubt === undefined ? { ...base, answer: 'yes' } : { ...base, answer: 'unknown', missing: doubt.missing };
}
