import { isJsonObject, type JsonValue } from '../../src/domain/model/json.ts';

/**
 * Whether an answer has what a case says of it: members among others, lists entry by entry, `null` where there is
 * none. An object is also looked for in a text that holds one as JSON, as CloudTrail's events do.
 */
export function covers(found: JsonValue | undefined, expected: JsonValue): boolean {
  if (expected === null) return found === undefined || found === null;
  if (Array.isArray(expected)) {
    return (
      Array.isArray(found) &&
      found.length === expected.length &&
      expected.every((entry: JsonValue, at) => covers(found[at], entry))
    );
  }
  if (!isJsonObject(expected)) return found === expected;
  const read: JsonValue | undefined = typeof found === 'string' ? JSON.parse(found) : found;
  const members = isJsonObject(read) ? read : {};
  return Object.entries(expected).every(([name, value]) => covers(members[name], value));
}
