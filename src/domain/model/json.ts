/** A value that JSON can hold. Configurations stay in this form, so that members no model knows survive. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: JsonValue;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** More than an answer of AWS may have, since what is saved holds answers. */
const deepestSaved = 100;

/** Whether what was saved lies so deep in one another that whatever goes down into it, as JSON.stringify does, might never come back. */
export function isTooDeep(value: unknown): boolean {
  return isDeeperThan(value, deepestSaved);
}

export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const member of Object.values(value)) if (isDeeperThan(member, levels - 1)) return true;
  return false;
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
