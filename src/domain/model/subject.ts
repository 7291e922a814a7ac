/** The pool that a policy is asked about, with what is known of it and of its account. */
import { mfaConfigMembers } from './api/api-model.ts';
import { actionOf, poolReads, type FurtherRead } from './api/reads.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { malformedMember } from './api/model-mismatch.ts';
import { gapMeanings, type Account, type Failure, type PoolObservation, type Tags } from './observation.ts';
import { openAt, openInside, type OpenValues } from './open-values.ts';

export interface Subject {
  readonly account: Account;
  readonly region: string;
  readonly pool: PoolObservation;
  /**
   * The pool comes from a saved result, which holds only those members of `UserPool` that its policies needed (`null`
   * for one that was not there); any other is not known.
   */
  readonly fromResult?: boolean;
  /**
   * The pool is one that a template would make: what of it is not known before the deployment. Members of `UserPool` that
   * the template does not decide are not known either.
   */
  readonly open?: OpenValues;
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

/** The configuration, or `null` where it could not be read or is none: without its mode, or unlike the API model. */
export function configOf(pool: PoolObservation): JsonObject | null {
  return pool.mfaConfig.read && configFlaw(pool.mfaConfig.value) === null ? pool.mfaConfig.value : null;
}

/** Why an answer of `GetUserPoolMfaConfig` is no configuration, as a sentence without its end; `null`: it is one. */
export function configFlaw(value: JsonObject): string | null {
  const flaw = malformedMember(value, mfaConfigMembers);
  if (flaw !== null) return flaw;
  return (value['MfaConfiguration'] ?? '') === '' ? 'it has no MfaConfiguration, which the service always says' : null;
}

/** One member of what a further read answered; a value of `undefined` means that it was read and is not there. */
export function memberOf(
  { pool, fromResult, open }: Pick<Subject, 'pool' | 'fromResult' | 'open'>,
  read: FurtherRead,
  name: string,
): Known<JsonValue | undefined> {
  const reading = pool[read];
  if (reading === null) return unknown(unreadWords(read));
  if (!reading.read) return unknown(unreadWords(read), reading.failure);
  const { block, members } = poolReads[read];
  // Of every pool that is there nothing is open, and a text for each member costs.
  const left = open === undefined ? undefined : openInside(open, `${block}.${name}`);
  if (left !== undefined) return unknown(leftOpenWords(`${block}.${name}`, left.why));
  if (!Object.hasOwn(reading.value, name)) {
    if (open !== undefined) return unknown(`${block}.${name}, which the template does not say`);
    return fromResult === true ? unknown(`${block}.${name} in the saved result`) : known(undefined);
  }
  const flaw = malformedMember({ [name]: reading.value[name] ?? null }, members);
  return flaw === null ? known(reading.value[name] ?? undefined) : unknown(`${block}.${name}`, malformed(read, flaw));
}

/** One member of `UserPool`, likewise. */
export function userPoolMember(
  subject: Pick<Subject, 'pool' | 'fromResult' | 'open'>,
  name: string,
): Known<JsonValue | undefined> {
  return memberOf(subject, 'userPool', name);
}

/** What is missing where a read was not made, or failed. */
export function unreadWords(read: FurtherRead): string {
  return `${poolReads[read].request} of the pool`;
}

function malformed(read: FurtherRead, flaw: string): Failure {
  return { code: 'malformed', message: `${actionOf(read)}: ${flaw}`, remedy: gapMeanings.malformed.help };
}

/** What is not known before the deployment, at this path; `null`: nothing is. */
export function leftOpen({ open }: Pick<Subject, 'open'>, path: string): Missing | null {
  const left = openAt(open, path);
  return left === undefined ? null : unknown(leftOpenWords(path, left.why)).missing;
}

function leftOpenWords(path: string, why: string): string {
  return `${path}: ${why}`;
}

/** A fact that a template may leave open. */
export function given<T>(subject: Pick<Subject, 'open'>, path: string, value: T): Known<T> {
  const missing = leftOpen(subject, path);
  return missing === null ? known(value) : { known: false, missing };
}

const tagsPath = 'UserPool.UserPoolTags';

/** `UserPoolTags` of `DescribeUserPool`; a pool without tags has no such member. `tag`: the one that is asked about. */
export function poolTags(subject: Pick<Subject, 'pool' | 'fromResult' | 'open'>, tag?: string): Known<Tags> {
  const member = userPoolMember(subject, 'UserPoolTags');
  if (!member.known) return unknown(`tags of the pool (${member.missing.what})`, member.missing.failure);
  const entries = isJsonObject(member.value) ? Object.entries(member.value) : [];
  // A tag of `null` is none, and no other value passes the model.
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const tags = Object.fromEntries(texts);
  const isOpen = tag !== undefined && (subject.open?.has(`${tagsPath}.${tag}`) ?? false);
  if (tag === undefined || (Object.hasOwn(tags, tag) && !isOpen)) return known(tags);
  return given(subject, `${tagsPath}.${tag}`, tags);
}

export function accountName(account: Account): Known<string> {
  return account.name === null ? unknown('name of the account') : known(account.name);
}

export function accountTags(account: Account): Known<Tags> {
  return account.tags === null ? unknown('tags of the account') : known(account.tags);
}
