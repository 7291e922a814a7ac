/**
 * JSON Schema (draft 2020-12) in pieces that know the TypeScript type they describe: a member that is missing, extra or
 * of another type than the domain's does not compile, so the published schema can't fall behind the code.
 */
import { momentPattern } from '../../domain/model/day.ts';
import type { JsonObject, JsonValue } from '../../domain/model/json.ts';

declare const describes: unique symbol;

/** A schema of exactly `T`: neither a wider nor a narrower one fits in its place. */
export type Schema<T> = JsonObject & { readonly [describes]?: (value: T) => T };

type Members<T> = { readonly [Name in keyof T]-?: Schema<Exclude<T[Name], undefined>> };

export const text: Schema<string> = { type: 'string' };
export const flag: Schema<boolean> = { type: 'boolean' };
export const count: Schema<number> = { type: 'integer', minimum: 0 };
/** A share of a whole. */
export const part: Schema<number> = { type: 'number', minimum: 0, maximum: 1 };
export const anyValue: Schema<JsonValue> = {};
export const anyObject: Schema<JsonObject> = { type: 'object' };

export const moment: Schema<string> = { type: 'string', pattern: momentPattern };

export function constant<const T extends string | false>(value: T): Schema<T> {
  return { const: value };
}

export function choice<const T extends string | number>(values: readonly T[]): Schema<T> {
  return { enum: values };
}

export function list<T>(items: Schema<T>): Schema<readonly T[]> {
  return { type: 'array', items };
}

export function map<T>(values: Schema<T>): Schema<Readonly<Record<string, T>>> {
  return { type: 'object', additionalProperties: values };
}

export function either<A, B>(one: Schema<A>, other: Schema<B>): Schema<A | B> {
  return { anyOf: [one, other] };
}

export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  const plain: JsonObject = schema;
  const { type, enum: values } = plain;
  if (typeof type === 'string') return { ...plain, type: [type, 'null'] };
  if (Array.isArray(values)) return { enum: [...values, null] };
  return { anyOf: [schema, { type: 'null' }] };
}

/**
 * An object with all of these members; others are allowed where it stands open (see `closed`).
 *
 * @param optional members that may be absent
 */
export function open<T>(members: Members<T>, optional: readonly (keyof T)[] = []): Schema<T> {
  const names = Object.keys(members);
  return {
    type: 'object',
    required: names.filter((name) => !optional.some((one) => one === name)),
    properties: members,
  };
}

/**
 * An object with all of these members and no other.
 *
 * @param optional members that may be absent
 */
export function record<T>(members: Members<T>, optional: readonly (keyof T)[] = []): Schema<T> {
  return { ...open<T>(members, optional), additionalProperties: false };
}

/** Points at a definition of the same document. */
export function reference<T>(name: string, _schema: Schema<T>): Schema<T> {
  return { $ref: `#/$defs/${name}` };
}

/** An open object by reference, with no member beyond its own. */
export function closed<T>(name: string, schema: Schema<T>): Schema<T> {
  return { type: 'object', ...reference(name, schema), unevaluatedProperties: false };
}

export function described<T>(description: string, schema: Schema<T>): Schema<T> {
  return { description, ...schema };
}
