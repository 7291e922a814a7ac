/** Properties of a resource as values of the API's own types, and what of them is open until the deployment. */
import type { Members, Shape } from '../model/api/api-model.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';
import type { OpenValue } from '../model/open-values.ts';
import { resolve, resolveWhole } from './functions.ts';
import type { Resolved, Resolving } from './resolving.ts';

/** What is open, by the path of the property. */
export type Opened = Map<string, OpenValue>;

/** Stands where a text will be that nobody knows yet. */
export const textToCome = 'known once it is deployed';

export function readMembers(
  values: JsonObject,
  members: Members,
  prefix: string,
  opened: Opened,
  context: Resolving,
): JsonObject {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, JsonValue][] => {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      const shape = Object.hasOwn(members, name) ? members[name] : undefined;
      const read =
        shape === undefined ? readOther(value, path, opened, context) : readValue(value, shape, path, opened, context);
      return read === undefined ? [] : [[name, read]];
    }),
  );
}

/** `undefined`: nothing is there, or what it is remains open. */
export function readValue(
  value: JsonValue,
  shape: Shape,
  path: string,
  opened: Opened,
  context: Resolving,
): JsonValue | undefined {
  const resolved = resolve(value, context);
  if (!resolved.known) return leave(resolved, shape, path, opened);
  const found = resolved.value;
  if (typeof shape === 'string' || 'values' in shape) return asTyped(found, shape);
  if ('list' in shape) return readList(found, shape.list, path, opened, context);
  if (!isJsonObject(found)) return found;
  if ('members' in shape) return readMembers(found, shape.members, path, opened, context);
  return readMembers(
    found,
    Object.fromEntries(Object.keys(found).map((name) => [name, shape.map])),
    path,
    opened,
    context,
  );
}

/** A member that the model does not know. */
function readOther(value: JsonValue, path: string, opened: Opened, context: Resolving): JsonValue | undefined {
  const resolved = resolveWhole(value, context);
  return resolved.known ? resolved.value : leave(resolved, 'string', path, opened);
}

/** A list with an entry that is not known is open as a whole. */
function readList(
  value: JsonValue | undefined,
  shape: Shape,
  path: string,
  opened: Opened,
  context: Resolving,
): JsonValue | undefined {
  if (!Array.isArray(value)) return value;
  const within: Opened = new Map();
  const entries = value.map((entry: JsonValue) => readValue(entry, shape, path, within, context));
  const [first] = within.values();
  if (first === undefined) return entries.filter((entry) => entry !== undefined);
  opened.set(path, { ...first, possible: null, isThere: false });
  return undefined;
}

function leave(
  { why, possible, isText }: Extract<Resolved, { known: false }>,
  shape: Shape,
  path: string,
  opened: Opened,
): JsonValue | undefined {
  const isThere = isText && shape === 'string';
  const typedPossible = possible?.map((value) => asTyped(value, shape)) ?? null;
  opened.set(path, { why, possible: typedPossible, isThere });
  return isThere ? textToCome : undefined;
}

/** CloudFormation takes a number or a truth value as text, and the other way round. */
function asTyped(value: JsonValue | undefined, shape: Shape): JsonValue | undefined {
  if (shape === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  if (shape === 'number') return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return shape === 'string' && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value;
}
