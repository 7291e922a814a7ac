import { expect, test } from 'vitest';
import { isJsonObject, jsonKind, type JsonValue } from '../../../src/domain/model/json.ts';

test.each<[JsonValue, string]>([
  ['x', 'a text'],
  [7, 'a number'],
  [false, 'a truth value'],
  [null, 'null'],
  [[], 'a list'],
  [{}, 'an object'],
])('%j is %s, and an object only where it says so', (value, kind) => {
  expect(jsonKind(value)).toBe(kind);
  expect(isJsonObject(value)).toBe(kind === 'an object');
});

test('what is not there is no object', () => {
  expect(isJsonObject(undefined)).toBe(false);
});
