/** Where an answer is not what the API model says: values of another type, and words that the model does not list. */
import type { Members, Shape } from './api-model.ts';
import { isJsonObject, jsonKind, type JsonObject, type JsonValue } from '../json.ts';

export interface Mismatch {
  readonly path: string;
  /** `type`: nobody knows what it means. `word`: a new one, perhaps, of a list that AWS may lengthen at any time. */
  readonly kind: 'type' | 'word';
  /** Completes "PATH is …". */
  readonly says: string;
}

/** In the model's order. `null` reads as absent, and members that the model does not know are not its business. */
export function mismatches(value: JsonObject, members: Members): readonly Mismatch[] {
  return insideMembers(value, members, '');
}

/** The first value of another type, as a sentence without its end; `null`: there is none. */
export function malformedMember(value: JsonObject, members: Members): string | null {
  const first = mismatches(value, members).find(({ kind }) => kind === 'type');
  return first === undefined ? null : `${first.path} is ${first.says}`;
}

function insideMembers(value: JsonObject, members: Members, prefix: string): readonly Mismatch[] {
  return Object.entries(members).flatMap(([name, shape]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    return Object.hasOwn(value, name) ? inside(value[name] ?? null, shape, path) : [];
  });
}

function inside(value: JsonValue, shape: Shape, path: string): readonly Mismatch[] {
  if (value === null) return [];
  if (typeof shape === 'string') return typeof value === shape ? [] : [otherType(value, typeNames[shape], path)];
  if ('values' in shape) return insideValues(value, shape.values, path);
  if ('list' in shape) {
    if (!Array.isArray(value)) return [otherType(value, 'a list', path)];
    return value.flatMap((entry: JsonValue, index) => insideEntry(entry, shape.list, `${path}[${index}]`));
  }
  if (!isJsonObject(value)) return [otherType(value, 'an object', path)];
  if ('members' in shape) return insideMembers(value, shape.members, path);
  return Object.entries(value).flatMap(([name, entry]) => inside(entry, shape.map, `${path}.${name}`));
}

/** A member may be absent; an entry of a list is there. */
function insideEntry(value: JsonValue, shape: Shape, path: string): readonly Mismatch[] {
  return value === null ? [otherType(value, 'an entry', path)] : inside(value, shape, path);
}

function insideValues(value: JsonValue, known: readonly string[], path: string): readonly Mismatch[] {
  if (typeof value !== 'string') return [otherType(value, 'a text', path)];
  if (known.includes(value)) return [];
  return [{ path, kind: 'word', says: `${JSON.stringify(value)}, which this version does not know` }];
}

const typeNames = { string: 'a text', boolean: 'a truth value', number: 'a number' } as const;

function otherType(value: JsonValue, wanted: string, path: string): Mismatch {
  return { path, kind: 'type', says: `${jsonKind(value)}, not ${wanted}` };
}
