/** Expected values as findings show them: without what a fix would write. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';

/** Leaves out every `set`, at any depth. */
export function withoutSet(map: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(map)
      .filter(([name]) => name !== 'set')
      .map(([name, value]) => [name, inside(value)]),
  );
}

function inside(value: JsonValue): JsonValue {
  if (isJsonObject(value)) return withoutSet(value);
  return Array.isArray(value) ? value.map(inside) : value;
}
