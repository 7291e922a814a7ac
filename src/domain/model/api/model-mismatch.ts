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
  const found: Mismatch[] = [];
  lookInside(value, members, '', found);
  return found;
}

/** The first value of another type, as a sentence without its end; `null`: there is none. */
export function malformedMember(value: JsonObject, members: Members): string | null {
  const first = mismatches(value, members).find(({ kind }) => kind === 'type');
  return first === undefined ? null : `${first.path} is ${first.says}`;
}

/** Every answer goes through here, and hardly one has a mismatch: nothing is made for a member that is as it should be. */
function lookInside(value: JsonObject, members: Members, prefix: string, found: Mismatch[]): void {
  for (const name in members)
    if (Object.hasOwn(value, name)) look(value[name] ?? null, members[name], prefix, name, found);
}

/** `prefix` and `name` together are the path of the value. */
function look(value: JsonValue, shape: Shape | undefined, prefix: string, name: string, found: Mismatch[]): void {
  if (value === null || shape === undefined) return;
  if (typeof shape === 'string') {
    if (typeof value !== shape) found.push(otherType(value, typeNames[shape], prefix + name));
  } else if ('values' in shape) {
    if (typeof value !== 'string' || !shape.values.includes(value)) found.push(otherWord(value, prefix + name));
  } else if ('list' in shape) lookAtList(value, shape.list, prefix + name, found);
  else if (!isJsonObject(value)) found.push(otherType(value, 'an object', prefix + name));
  else if ('members' in shape) lookInside(value, shape.members, `${prefix}${name}.`, found);
  else for (const key of Object.keys(value)) look(value[key] ?? null, shape.map, `${prefix}${name}.`, key, found);
}

/** A member may be absent; an entry of a list is there. */
function lookAtList(value: JsonValue, shape: Shape, path: string, found: Mismatch[]): void {
  if (!Array.isArray(value)) found.push(otherType(value, 'a list', path));
  else
    value.forEach((entry: JsonValue, index) => {
      if (entry === null) found.push(otherType(entry, 'an entry', `${path}[${index}]`));
      else look(entry, shape, path, `[${index}]`, found);
    });
}

function otherWord(value: JsonValue, path: string): Mismatch {
  if (typeof value !== 'string') return otherType(value, 'a text', path);
  return { path, kind: 'word', says: `${JSON.stringify(value)}, which this version does not know` };
}

const typeNames = { string: 'a text', boolean: 'a truth value', number: 'a number' } as const;

function otherType(value: JsonValue, wanted: string, path: string): Mismatch {
  return { path, kind: 'type', says: `${jsonKind(value)}, not ${wanted}` };
}
