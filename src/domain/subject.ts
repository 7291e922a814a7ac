/** The pool that a policy is asked about, with what is known of it and of its account. */
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import type { Account, Failure, PoolObservation, Tags } from './observation.ts';

export interface Subject {
  readonly account: Account;
  readonly region: string;
  readonly pool: PoolObservation;
  /**
   * The pool comes from a saved result, which holds only those members of `UserPool` that its policies needed (`null`
   * for one that was not there); any other is not known.
   */
  readonly fromResult?: boolean;
}

/** What could not be read, in words, and the failure behind it where a read was tried. */
export interface Missing {
  readonly what: string;
  readonly failure: Failure | null;
}

export type Known<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly missing: Missing };

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function unknown(what: string, failure: Failure | null = null): { known: false; missing: Missing } {
  return { known: false, missing: { what, failure } };
}

/** The configuration, or `null` where it could not be read; an answer without `MfaConfiguration` is not one. */
export function configOf(pool: PoolObservation): JsonObject | null {
  if (!pool.mfaConfig.read) return null;
  return typeof pool.mfaConfig.value['MfaConfiguration'] === 'string' ? pool.mfaConfig.value : null;
}

/** One member of `UserPool`; a value of `undefined` means that it was read and is not there. */
export function userPoolMember(
  subject: Pick<Subject, 'pool' | 'fromResult'>,
  name: string,
): Known<JsonValue | undefined> {
  const reading = subject.pool.userPool;
  if (reading === null) return unknown('DescribeUserPool of the pool');
  if (!reading.read) return unknown('DescribeUserPool of the pool', reading.failure);
  if (!Object.hasOwn(reading.value, name)) {
    return subject.fromResult === true ? unknown(`UserPool.${name} in the saved result`) : known(undefined);
  }
  return known(reading.value[name] ?? undefined);
}

/** `UserPoolTags` of `DescribeUserPool`; a pool without tags has no such member. */
export function poolTags(subject: Pick<Subject, 'pool' | 'fromResult'>): Known<Tags> {
  const member = userPoolMember(subject, 'UserPoolTags');
  if (!member.known) return unknown(`tags of the pool (${member.missing.what})`, member.missing.failure);
  const entries = isJsonObject(member.value) ? Object.entries(member.value) : [];
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return known(Object.fromEntries(texts));
}

export function accountName(account: Account): Known<string> {
  return account.name === null ? unknown('name of the account') : known(account.name);
}

export function accountTags(account: Account): Known<Tags> {
  return account.tags === null ? unknown('tags of the account') : known(account.tags);
}
