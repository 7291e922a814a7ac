import { describe, expect, test } from 'vitest';
import { clockWarnings, clockWarningsIn } from '../../../src/domain/result/clock-warnings.ts';
import type { Warning } from '../../../src/domain/result/warning.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('a clock', () => {
  // SigV4 takes a signature for five minutes.
  test.each([0, 5 * minute, -5 * minute])('that differs by %i ms is near enough', (aheadMs) => {
    expect(clockWarnings(aheadMs)).toEqual([]);
  });

  test.each([
    [5 * minute + 1, '5 minutes behind'],
    [-(5 * minute + 1), '5 minutes ahead of'],
    [59 * minute, '59 minutes behind'],
    [hour, '1 hour behind'],
    [3 * hour + 10 * minute, '3 hours behind'],
    [-(hour + 40 * minute), '2 hours ahead of'],
    [day - 1, '24 hours behind'],
    [day, '1 day behind'],
    [-90 * day, '90 days ahead of'],
  ])('that AWS is %i ms ahead of is %s', (aheadMs, words) => {
    expect(clockWarnings(aheadMs)).toEqual([
      {
        code: 'clock-off',
        message: expect.stringMatching(
          new RegExp(
            `^this machine's clock is ${words} AWS's: set it\\. Times are AWS's here; an exception counts only`,
          ),
        ),
        file: null,
        line: null,
      },
    ]);
  });

  test('that nothing can be held against is alone', () => {
    expect(clockWarnings(null)).toEqual([
      {
        code: 'clock-alone',
        message: expect.stringMatching(/^AWS's time could not be had .* by this machine's clock alone\.$/),
        file: null,
        line: null,
      },
    ]);
  });
});

test('among other warnings those of clocks are found, in their order', () => {
  const other: Warning = { code: 'conflict', message: 'x', file: 'a.yaml', line: 1 };
  const [off] = clockWarnings(hour);
  const [alone] = clockWarnings(null);
  expect(clockWarningsIn([other, ...clockWarnings(null), other, ...clockWarnings(hour)])).toEqual([alone, off]);
  expect(clockWarningsIn([other])).toEqual([]);
});
