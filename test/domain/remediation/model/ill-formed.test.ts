import { expect, test } from 'vitest';
import { illFormedPaths } from '../../../../src/domain/remediation/model/ill-formed.ts';

test.each([
  [null, []],
  [5, []],
  ['a 😀', []],
  ['\ud800', ['']],
  [{ a: { b: '\ud800', c: null, d: 5 }, e: ['x', '\udc00'] }, ['a.b', 'e.1']],
  [{ a: { '\udfff': 1, '\udffe': '\ud800' } }, ['a', 'a.\udffe']],
])('half of a surrogate pair stands in %j at %j', (value, paths) => {
  expect(illFormedPaths(value)).toEqual(paths);
});
