/** A value that JSON can hold. Configurations stay in this form, so that members no model knows survive. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: JsonValue;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Far more than any answer of AWS has. */
const deepestLevels = 100;

/** Whether lists and objects lie in one another so deep that what goes down into them, as JSON.stringify does, might never come back. */
export function isTooDeep(value: unknown, levels = deepestLevels): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isTooDeep(member, levels - 1));
}

/** What a value is, in words: `a text`, `a list`, `null`. */
export function jsonKind(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'a truth value';
    default:
      return 'an object';
  }
}
