/** Ranks as tables of the sign test have them (Conover, Practical Nonparametric Statistics, table A3, p = 0.5). */
import { expect, it } from 'vitest';
import { median, medianInterval } from '../../bench/figure.ts';

const ranks = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

it.each([
  [6, 1, 6],
  [7, 1, 7],
  [8, 1, 8],
  [9, 2, 8],
  [15, 4, 12],
  [20, 6, 15],
])('of %i runs the median lies between the %ith and the %ith, at 95 %', (count, low, high) => {
  expect(medianInterval(ranks(count).toReversed())).toEqual([low, high]);
});

it.each([0, 1, 5])('%i runs say nothing of it at 95 %', (count) => {
  expect(medianInterval(ranks(count))).toBeNull();
});

it('the median of an even number of runs is the middle of the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
