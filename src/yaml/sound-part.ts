/** The part of a faulty document that can still be judged, so that one mistake does not hide another. */
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/model/json.ts';
import type { Path, YamlDocument } from './document.ts';
import type { CompiledSchema } from './built-schemas.ts';
import { validate } from './validate.ts';

export interface SoundPart<T> {
  readonly value: T;
  /** The same document with that value: places stay where they are. */
  readonly document: YamlDocument;
}

/**
 * The document without the parts that its schema refuses, each taken out whole at the depth of `depth` steps, and with
 * `filler` for what is required and missing. `null` where that leaves nothing that the schema accepts.
 */
export function soundPart<T>(
  schema: CompiledSchema<T>,
  document: YamlDocument,
  depth: number,
  filler: (value: JsonObject) => JsonObject,
): SoundPart<T> | null {
  let part = document.value;
  // What is left without a part may be refused in turn: a map that must not be empty.
  for (let round = 0; round <= depth; round += 1) {
    if (!isJsonObject(part)) return null;
    const value = filler(part);
    const validated = validate(schema, { ...document, value });
    if ('value' in validated) return { value: validated.value, document: { ...document, value } };
    part = without(
      value,
      validated.faulty.map((path) => path.slice(0, depth)),
    );
  }
  return null;
}

/** A list keeps its length: the place of an entry is its number. */
function without(value: JsonValue, paths: readonly Path[]): JsonValue {
  const below = new Map<string, Path[]>();
  for (const [step, ...rest] of paths) {
    if (step === undefined) return null;
    const known = below.get(String(step));
    if (known === undefined) below.set(String(step), [rest]);
    else known.push(rest);
  }
  if (Array.isArray(value)) return value.map((entry, index) => without(entry, below.get(String(index)) ?? []));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => below.get(key)?.some(({ length }) => length === 0) !== true);
  return Object.fromEntries(kept.map(([key, inner]) => [key, without(inner, below.get(key) ?? [])]));
}
