import { expect, it } from 'vitest';
import { counted, duration, wholeNumber } from '../src/number-format.ts';

it.each([
  [0, '0.0s'],
  [840, '0.8s'],
  [9_999, '10.0s'],
  [10_000, '10s'],
  [59_400, '59s'],
  [60_000, '1m 00s'],
  [151_000, '2m 31s'],
  [3_599_600, '1h 00m'],
  [3_840_000, '1h 04m'],
])('%d ms read as %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

it('groups thousands and counts in the right number', () => {
  expect(wholeNumber(12_406)).toBe('12,406');
  expect(counted(1, 'pool')).toBe('1 pool');
  expect(counted(1_846, 'pool')).toBe('1,846 pools');
  expect(counted(2, 'policy', 'policies')).toBe('2 policies');
});
