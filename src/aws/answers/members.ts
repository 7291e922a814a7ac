/**
 * Members of an answer, taken by name and type. The model promises both; what is of another type is a malformed answer,
 * never a value.
 */
import type { Page } from '../../ports/cloud.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { MalformedAnswer } from '../failures/malformed-answer.ts';

/** What a list's items are read as, in their order. Throws MalformedAnswer where there is no list, or an item is no object. */
export function listIn<T>(answer: JsonObject, name: string, read: (item: JsonObject) => T): readonly T[] {
  const list: JsonValue | undefined = answer[name];
  if (!Array.isArray(list)) throw unlike(`${name} is no list`);
  return list.map((item: JsonValue) => {
    if (!isJsonObject(item)) throw unlike(`${name} holds something that is no object`);
    return read(item);
  });
}

/** One page of a listing. Throws MalformedAnswer as `listIn` does. */
export function pageIn<T>(answer: JsonObject, name: string, read: (item: JsonObject) => T): Page<T> {
  return { items: listIn(answer, name, read), next: nextTokenIn(answer) };
}

/** Throws MalformedAnswer where there is no object. */
export function objectIn(answer: JsonObject, name: string): JsonObject {
  const value = answer[name];
  if (!isJsonObject(value)) throw unlike(`${name} is no object`);
  return value;
}

/** Throws MalformedAnswer where there is no text, or an empty one. */
export function textIn(answer: JsonObject, name: string): string {
  return textOf(answer[name], name);
}

/** Text of an answer that the SDK read, whose types are a promise of the service. Throws MalformedAnswer for none. */
export function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw unlike(`it has no ${name}`);
  return value;
}

/** `null` where the member is absent or null. Throws MalformedAnswer for what is neither that nor text. */
export function optionalTextIn(answer: JsonObject, name: string): string | null {
  const value = answer[name] ?? null;
  if (value !== null && typeof value !== 'string') throw unlike(`${name} is no text`);
  return value;
}

/** None where the member is absent or null. Throws MalformedAnswer for what is no list of texts. */
export function textsIn(answer: JsonObject, name: string): readonly string[] {
  const list: JsonValue = answer[name] ?? [];
  if (!Array.isArray(list)) throw unlike(`${name} is no list`);
  return list.map((item: JsonValue) => {
    if (typeof item !== 'string') throw unlike(`${name} holds something that is no text`);
    return item;
  });
}

/** A request's part that asks for a page; `null`: the first. */
export function pageToken(token: string | null): { readonly NextToken?: string } {
  return token === null ? {} : { NextToken: token };
}

/** The token of the page after this one; `null` after the last. */
function nextTokenIn(answer: JsonObject): string | null {
  return optionalTextIn(answer, 'NextToken') || null;
}

export function unlike(what: string): MalformedAnswer {
  return new MalformedAnswer(`the answer is not what the API promises: ${what}`, { isDamaged: false });
}
