import { assert, constantFrom, double, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readinessBar, readinessBars } from '../../../src/report/text/readiness-bar.ts';

const exactly = (share: number) => ({ share, low: share, high: share });

describe('a share, drawn', () => {
  test.each([
    [exactly(0), 0.98, '●······································┃·'],
    [exactly(1), 0.98, '·······································┃●'],
    [exactly(0.5), 1, '····················●···················┃'],
    [{ share: 0.5, low: 0.25, high: 0.75 }, 0.98, '··········├─────────●─────────┤········┃·'],
    [{ share: 0.98, low: 0.95, high: 1 }, 0.98, '······································├●┤'],
  ])('%j', (share, waitsFor, bar) => {
    expect(readinessBar(share, waitsFor)).toBe(bar);
  });

  test('is always as wide, and has its share', () => {
    const part = double({ min: 0, max: 1, noNaN: true });
    assert(
      property(tuple(part, part, part), constantFrom(0, 0.5, 0.98, 1), (parts, waitsFor) => {
        const [low = 0, share = 0, high = 0] = parts.toSorted((a, b) => a - b);
        const bar = readinessBar({ share, low, high }, waitsFor);
        expect(bar).toMatch(/^[·─├┤┃]*●[·─├┤┃]*$/);
        expect(bar).toHaveLength(41);
      }),
    );
  });

  test('stands above the baseline’s, on one scale', () => {
    const [now = '', earlier = ''] = readinessBars({ share: exactly(0.9), waitsFor: 0.98 }, exactly(0.4));
    expect(now.indexOf('┃')).toBe(earlier.indexOf('┃'));
    expect(now.indexOf('●')).toBeGreaterThan(earlier.indexOf('●'));
    expect(readinessBars({ share: exactly(0.9), waitsFor: 0.98 }, null)).toHaveLength(1);
  });
});
