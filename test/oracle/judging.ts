/** Does a configuration hold what a policy expects? By plain recursion over the two documents. */
import type { JsonObject, JsonValue } from '../../src/domain/model/json.ts';
import { isJsonObject } from '../../src/domain/model/json.ts';
import { usableFactors, type Usable } from './factors.ts';
import { all, truth, type Three } from './three.ts';

/** One place that does not hold. */
export interface Miss {
  readonly path: string;
  readonly actual: JsonValue;
}

/** What surely does not hold, and whether something that could not be read leaves more open. */
export interface Judgement {
  readonly misses: readonly Miss[];
  readonly unknown: boolean;
}

/** What a pool is judged by. */
export interface Subject {
  /** `GetUserPoolMfaConfig`'s answer. */
  readonly config: JsonObject;
  /** `DescribeUserPool`'s; `null`: could not be read. */
  readonly userPool: JsonObject | null;
  /** A variable's value: `undefined` where there is none (a missing tag), `null` where it could not be read. */
  readonly name: (variable: string) => string | undefined | null;
}

/** A value in an answer: it, that there is none, or that the answer could not be read. */
type Found = { readonly value: JsonValue } | 'absent' | 'unread';

const holds: Judgement = { misses: [], unknown: false };
const open: Judgement = { misses: [], unknown: true };
const operators = ['oneOf', 'noneOf', 'pattern', 'min', 'max', 'includes', 'excludes', 'present'];

/** What an absent member reads as, since the service reads it so. */
const defaults: Readonly<Record<string, JsonValue>> = {
  MfaConfiguration: 'OFF',
  'SoftwareTokenMfaConfiguration.Enabled': false,
  'WebAuthnConfiguration.FactorConfiguration': 'SINGLE_FACTOR',
};

/** A policy's whole `expect`. */
export function judge(expect: JsonObject, subject: Subject): Judgement {
  return judgeMap(expect, { value: subject.config }, '', subject);
}

function judgeMap(map: JsonObject, found: Found, path: string, subject: Subject): Judgement {
  return together(
    Object.entries(map).map(([key, wanted]) => {
      if (key === 'anyOf') return judgeAlternatives(list(wanted), found, path, subject);
      if (path === '' && key === 'factors' && isJsonObject(wanted)) return judgeFactors(wanted, subject);
      const member = path === '' && key === 'UserPool' ? described(subject) : memberOf(found, key);
      return judgeAt(wanted, member, join(path, key), subject);
    }),
  );
}

function judgeAt(wanted: JsonValue, found: Found, path: string, subject: Subject): Judgement {
  if (!isJsonObject(wanted)) return judgeScalar(wanted, found, path, subject);
  if (isJsonObject(wanted['ifPresent'])) {
    if (found === 'unread') return open;
    return found === 'absent' ? holds : judgeAt(wanted['ifPresent'], found, path, subject);
  }
  const { set: _set, ...asked } = wanted;
  const isAboutFields = Object.keys(asked).some((key) => !operators.includes(key) && key !== 'anyOf');
  if (isAboutFields) return judgeFields(asked, found, path, subject);
  const { anyOf, ...tests } = asked;
  const parts = [judgeOperators(tests, found, path, subject)];
  if (anyOf !== undefined) parts.push(judgeAlternatives(list(anyOf), found, path, subject));
  return together(parts);
}

function judgeFields(wanted: JsonObject, found: Found, path: string, subject: Subject): Judgement {
  if (found === 'unread') return open;
  const isReadAsThere = Object.keys(defaults).some((each) => each.startsWith(`${path}.`));
  if (found !== 'absent' && !isJsonObject(found.value)) return miss(path, found);
  const inside = judgeMap(wanted, found, path, subject);
  const isMissing = found === 'absent' && !isReadAsThere && inside.misses.length === 0;
  return isMissing ? miss(path, found) : inside;
}

function judgeScalar(wanted: JsonValue, found: Found, path: string, subject: Subject): Judgement {
  return judgeOperators({ oneOf: [wanted] }, found, path, subject);
}

/** Every operator beside each other has to hold; together they are one place. */
function judgeOperators(tests: JsonObject, found: Found, path: string, subject: Subject): Judgement {
  const names = [...JSON.stringify(tests).matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => subject.name(name ?? ''));
  if (names.includes(undefined)) return miss(path, read(found, path));
  if (names.includes(null)) return open;
  const answers = Object.entries(tests).map(([operator, operand]) =>
    operator === 'present' ? isThere(operand, found) : test(operator, operand, read(found, path), subject),
  );
  const answer = all(answers);
  if (answer === 'no') return miss(path, read(found, path));
  return answer === 'unknown' ? open : holds;
}

/** As RE2 reads it: a dot is any character but a line's end. */
function wholePattern(source: JsonValue): RegExp {
  if (typeof source !== 'string') throw new Error('A pattern is text.');
  return new RegExp(`^(?:${source})$`, 'u');
}

function isThere(wanted: JsonValue, found: Found): Three {
  return found === 'unread' ? 'unknown' : truth((found !== 'absent') === wanted);
}

function test(operator: string, operand: JsonValue, found: Found, subject: Subject): Three {
  if (found === 'unread') return 'unknown';
  if (found === 'absent') return truth(operator === 'noneOf' || operator === 'excludes');
  const { value } = found;
  const operands = list(operand).map((each) => fill(each, subject, (text) => text));
  switch (operator) {
    case 'oneOf':
      return truth(operands.some((each) => equal(each, value)));
    case 'noneOf':
      return truth(!operands.some((each) => equal(each, value)));
    case 'pattern':
      return truth(typeof value === 'string' && wholePattern(fill(operand, subject, escape)).test(value));
    case 'min':
      return truth(typeof value === 'number' && typeof operand === 'number' && value >= operand);
    case 'max':
      return truth(typeof value === 'number' && typeof operand === 'number' && value <= operand);
    case 'includes':
      return truth(Array.isArray(value) && value.some((each: JsonValue) => equal(each, operands[0]!)));
    case 'excludes':
      return truth(Array.isArray(value) && !value.some((each: JsonValue) => equal(each, operands[0]!)));
    default:
      throw new Error(`The oracle does not know the operator ${operator}.`);
  }
}

/** A miss is one place, and its actual value is the paths that each alternative misses. */
function judgeAlternatives(
  alternatives: readonly JsonValue[],
  found: Found,
  path: string,
  subject: Subject,
): Judgement {
  const judged = alternatives.map((alternative) =>
    path === '' && isJsonObject(alternative)
      ? judgeMap(alternative, found, path, subject)
      : judgeAt(alternative, found, path, subject),
  );
  if (judged.some(({ misses, unknown }) => misses.length === 0 && !unknown)) return holds;
  if (judged.some(({ misses }) => misses.length === 0)) return open;
  return {
    misses: [{ path: join(path, 'anyOf'), actual: judged.map((each) => each.misses.map((one) => one.path)) }],
    unknown: false,
  };
}

function judgeFactors(wanted: JsonObject, subject: Subject): Judgement {
  const usable = usableFactors(subject.config, subject.userPool);
  const names = Object.keys(usable) as (keyof Usable)[];
  const actual = names.filter((name) => usable[name] === 'yes');
  const parts: Judgement[] = [];
  const allowed = wanted['allow'];
  if (allowed !== undefined) {
    const answer = all(
      names
        .filter((name) => !list(allowed).includes(name))
        .map((name) => (usable[name] === 'unknown' ? 'unknown' : truth(usable[name] === 'no'))),
    );
    parts.push(place(answer, 'factors.allow', actual));
  }
  const oneOfThese = wanted['atLeastOne'];
  if (oneOfThese !== undefined) {
    const these = names.filter((name) => list(oneOfThese).includes(name)).map((name) => usable[name]);
    const answer = these.includes('yes') ? 'yes' : these.includes('unknown') ? 'unknown' : 'no';
    parts.push(place(answer, 'factors.atLeastOne', actual));
  }
  return together(parts);
}

/** Members of the answer that `expect` does not name: known or unknown, at any depth that it describes. */
export function extraMembers(expect: JsonObject, value: JsonObject, path = ''): readonly Miss[] {
  const named = namedMembers(expect);
  return Object.entries(value).flatMap(([key, member]) => {
    const asked = named.get(key);
    if (asked === undefined) return [{ path: join(path, key), actual: member }];
    if (!isJsonObject(member)) return [];
    const inner = asked.filter(describesMembers);
    return inner.length === 0 || inner.length < asked.length
      ? []
      : extraMembers({ anyOf: inner }, member, join(path, key));
  });
}

/** Each member that a map asks for, with everything that is asked of it, alternatives included. */
function namedMembers(map: JsonObject): Map<string, JsonValue[]> {
  const named = new Map<string, JsonValue[]>();
  for (const [key, wanted] of Object.entries(map)) {
    const parts = key === 'anyOf' ? list(wanted) : key === 'ifPresent' ? [wanted] : null;
    if (parts === null) named.set(key, [...(named.get(key) ?? []), wanted]);
    else
      for (const part of parts)
        if (isJsonObject(part))
          for (const [name, asked] of namedMembers(part)) named.set(name, [...(named.get(name) ?? []), ...asked]);
  }
  return named;
}

function describesMembers(wanted: JsonValue): boolean {
  if (!isJsonObject(wanted)) return false;
  if (isJsonObject(wanted['ifPresent'])) return describesMembers(wanted['ifPresent']);
  return Object.keys(wanted).some((key) => /^[A-Z]/.test(key));
}

function described({ userPool }: Subject): Found {
  return userPool === null ? 'unread' : { value: userPool };
}

function memberOf(found: Found, key: string): Found {
  if (typeof found === 'string') return found;
  const member = isJsonObject(found.value) ? found.value[key] : undefined;
  return member === undefined ? 'absent' : { value: member };
}

function read(found: Found, path: string): Found {
  const value = defaults[path];
  return found === 'absent' && value !== undefined ? { value } : found;
}

function miss(path: string, found: Found): Judgement {
  return { misses: [{ path, actual: typeof found === 'string' ? null : found.value }], unknown: false };
}

function place(answer: Three, path: string, actual: JsonValue): Judgement {
  if (answer === 'unknown') return open;
  return answer === 'yes' ? holds : { misses: [{ path, actual }], unknown: false };
}

function together(parts: readonly Judgement[]): Judgement {
  return { misses: parts.flatMap(({ misses }) => misses), unknown: parts.some(({ unknown }) => unknown) };
}

function fill(value: JsonValue, subject: Subject, change: (text: string) => string): JsonValue {
  if (typeof value !== 'string') return value;
  return value.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => change(subject.name(name) ?? ''));
}

function escape(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function equal(one: JsonValue, other: JsonValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function list(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [value];
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
