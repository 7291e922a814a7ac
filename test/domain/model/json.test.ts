import { expect, test } from 'vitest';
import { isDeeperThan, isJsonObject, isTooDeep, jsonKind, type JsonValue } from '../../../src/domain/model/json.ts';

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

test('how deep a value is counts its lists and objects, wherever the deepest lies', () => {
  const depths: readonly (readonly [JsonValue, number])[] = [
    ['x', 0],
    [null, 0],
    [[], 1],
    [{ a: 1, b: null }, 1],
    [[1, { a: [2] }, []], 3],
    [{ a: {}, b: { c: {} }, d: 7 }, 3],
  ];
  for (const [value, depth] of depths) {
    expect(isDeeperThan(value, depth)).toBe(false);
    expect(isDeeperThan(value, depth - 1)).toBe(depth > 0);
  }
});

test('more than a hundred levels are too many to save', () => {
  const nested = (levels: number) => Array.from({ length: levels }).reduce<JsonValue>((inner) => [inner], 'x');
  expect(isTooDeep(nested(100))).toBe(false);
  expect(isTooDeep(nested(101))).toBe(true);
});
