/** `${account.name}` and its kind, in the expected values of a policy. `$${` stands for a `${` that is meant so. */
import type { JsonValue } from '../../model/json.ts';
import { partitionOf } from '../../model/regions.ts';
import {
  accountName,
  accountTags,
  given,
  known,
  poolTags,
  type Known,
  type Missing,
  type Subject,
} from '../../model/subject.ts';

type Lookup = (subject: Subject) => Known<string>;

const plainVariables = {
  'account.id': (subject) => given(subject, 'account.id', subject.account.id),
  'account.name': (subject) => accountName(subject.account),
  region: (subject) => given(subject, 'region', subject.region),
  partition: (subject) => given(subject, 'region', partitionOf(subject.region)),
  'pool.id': (subject) => given(subject, 'pool.id', subject.pool.poolId),
  'pool.name': (subject) => given(subject, 'pool.name', subject.pool.poolName),
} as const satisfies Record<string, Lookup>;

const tagVariables = {
  'account.tags.': (subject: Subject, _tag: string) => accountTags(subject.account),
  'pool.tags.': (subject: Subject, tag: string) => poolTags(subject, tag),
} as const;

/** Every name there is, a tag's key standing as X. */
export const variableNames: readonly string[] = [
  ...Object.keys(plainVariables),
  ...Object.keys(tagVariables).map((prefix) => `${prefix}X`),
];

const variable = /\$?\$\{([^}]*)\}/g;

/** The variables in a text, without `${}`, in order. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(variable)].filter(([whole]) => !whole.startsWith('$$')).map(([, name]) => name ?? '');
}

export function hasTemplate(value: JsonValue): boolean {
  if (typeof value === 'string') return value.includes('${');
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasTemplate);
}

export function isVariable(name: string): boolean {
  return Object.hasOwn(plainVariables, name) || tagPrefixOf(name) !== undefined;
}

export function needsPoolTags(value: JsonValue): boolean {
  return anyVariable(value, (name) => name.startsWith('pool.tags.'));
}

export function anyVariable(value: JsonValue, asks: (name: string) => boolean): boolean {
  if (typeof value === 'string') return variablesIn(value).some(asks);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner: JsonValue) => anyVariable(inner, asks));
}

/**
 * A text with its variables filled in. `unresolved`: the tag is not there; `unreadable`: it could not be asked. Both
 * keep the text as it was written.
 */
export type Filled =
  | { readonly state: 'filled'; readonly text: string }
  | { readonly state: 'unresolved'; readonly variable: string }
  | { readonly state: 'unreadable'; readonly missing: Missing };

export function fillText(text: string, subject: Subject, escape: (value: string) => string = (value) => value): Filled {
  const values = new Map<string, string>();
  for (const name of variablesIn(text)) {
    const value = lookUp(name, subject);
    if (value === undefined) return { state: 'unresolved', variable: name };
    if (!value.known) return { state: 'unreadable', missing: value.missing };
    values.set(name, escape(value.value));
  }
  const filled = text.replaceAll(variable, (whole, name: string) =>
    whole.startsWith('$$') ? whole.slice(1) : (values.get(name) ?? whole),
  );
  return { state: 'filled', text: filled };
}

/** `undefined`: the tag is not there. */
function lookUp(name: string, subject: Subject): Known<string> | undefined {
  for (const [plain, read] of Object.entries(plainVariables)) if (plain === name) return read(subject);
  for (const [prefix, read] of Object.entries(tagVariables)) {
    if (!name.startsWith(prefix)) continue;
    const key = name.slice(prefix.length);
    const tags = read(subject, key);
    if (!tags.known) return tags;
    const value = Object.hasOwn(tags.value, key) ? tags.value[key] : undefined;
    return value === undefined ? undefined : known(value);
  }
  return undefined;
}

function tagPrefixOf(name: string): string | undefined {
  return Object.keys(tagVariables).find((prefix) => name.startsWith(prefix) && name.length > prefix.length);
}
