import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/model/json.ts';
import type { TemplateEntry } from '../schema.ts';

/** What a pool entry says with its templates: members of `userPool`, tags and answers go over each other one by one, `mfa` as a whole. */
export interface PoolTraits {
  readonly mfa: JsonObject;
  readonly userPool: JsonObject;
  readonly tags: Readonly<Record<string, string>>;
  /** By operation. */
  readonly answers: Readonly<Record<string, JsonObject>>;
}

export type PoolTemplates = Readonly<Record<string, TemplateEntry>>;

const untouched: PoolTraits = { mfa: { MfaConfiguration: 'OFF' }, userPool: {}, tags: {}, answers: {} };

/** The names that an entry goes back to, nearest first; ends where a name is unknown or comes again. */
export function ancestry(like: string | undefined, templates: PoolTemplates): readonly string[] {
  const names: string[] = [];
  for (let name = like; name !== undefined && !names.includes(name); name = own(templates, name)?.like)
    names.push(name);
  return names;
}

export function own<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

export function factsOf(entry: TemplateEntry, templates: PoolTemplates): PoolTraits {
  const layers = [entry, ...ancestry(entry.like, templates).flatMap((name) => own(templates, name) ?? [])];
  return layers.toReversed().reduce(laidOver, untouched);
}

function laidOver(below: PoolTraits, { mfa, userPool, tags, answers }: TemplateEntry): PoolTraits {
  return {
    mfa: mfa === undefined ? below.mfa : jsonObject(mfa),
    userPool: { ...below.userPool, ...jsonObject(userPool ?? {}) },
    tags: { ...below.tags, ...tags },
    answers: {
      ...below.answers,
      ...Object.fromEntries(
        Object.entries(answers ?? {}).map(([operation, answer]) => [operation, jsonObject(answer)]),
      ),
    },
  };
}

/** A part of a document that was read from JSON or YAML, where JSON Schema leaves the type open. */
export function jsonObject(value: unknown): JsonObject {
  const json: JsonValue = JSON.parse(JSON.stringify(value));
  return isJsonObject(json) ? json : {};
}
