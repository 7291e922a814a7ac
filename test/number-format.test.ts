import { describe, expect, it } from 'vitest';
import { counted, duration, percent, percents, wholeNumber } from '../src/number-format.ts';

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

describe('a share in words', () => {
  it.each([
    [1, '100.0 %'],
    [0.9999, '99.9+ %'],
    [0.98, '98.0 %'],
    [0.0001, 'under 0.1 %'],
    [0, '0.0 %'],
    [0.7 + 0.1, '80.0 %'],
  ])('%d is %s', (share, words) => {
    expect(percent(share)).toBe(words);
  });

  it('has its ends rounded outwards, so that what is below a line never reads as being on it', () => {
    expect(percents({ share: 0.99, low: 0.97999, high: 0.99501 })).toBe('99.0 % (95 %: 97.9 % to 99.6 %)');
    expect(percents({ share: 0.99, low: 0.98, high: 0.995 })).toBe('99.0 % (95 %: 98.0 % to 99.5 %)');
    expect(percents({ share: 0.5, low: 0.5, high: 0.5 })).toBe('50.0 %');
  });
});
