import { describe, expect, it } from 'vitest';
import { binomialInterval, clusterInterval, hypergeometricInterval } from '../../../src/domain/readiness/intervals.ts';
import { isEnough, looksFor } from '../../../src/domain/readiness/looks.ts';

/** Expected values were worked out with scipy 1.17 (`beta.ppf`, and `hypergeom` tried for every whole number). */
describe('intervals', () => {
  it.each([
    [0, 10, 0, 0.308497],
    [1, 10, 0.002529, 0.445016],
    [5, 10, 0.187086, 0.812914],
    [490, 500, 0.963528, 0.990369],
    [500, 500, 0.992649, 1],
  ])('%i of %i drawn independently: %f to %f', (hits, count, low, high) => {
    const interval = binomialInterval(hits, count, 0.05);
    expect(interval.low).toBeCloseTo(low, 6);
    expect(interval.high).toBeCloseTo(high, 6);
  });

  it.each([
    [9, 10, 50, 0.05, 30, 49],
    [9, 10, 50, 0.01, 25, 49],
    [0, 5, 20, 0.05, 0, 9],
    [50, 50, 2000, 0.05, 1860, 2000],
    [490, 500, 3000, 0.05, 2895, 2968],
    [250, 500, 3000, 0.01, 1340, 1660],
    [10, 10, 11, 0.05, 10, 11],
  ])(
    '%i of %i drawn from %i, wrong at most %f of the time: %i to %i of them',
    (hits, count, population, error, low, high) => {
      const interval = hypergeometricInterval(hits, count, population, error);
      expect(interval.low * population).toBeCloseTo(low, 6);
      expect(interval.high * population).toBeCloseTo(high, 6);
    },
  );

  const clusters = (...counts: [hits: number, count: number][]) => counts.map(([hits, count]) => ({ hits, count }));
  const uneven = clusters([12, 12], [3, 7], [18, 20], [1, 5], [9, 9], [14, 15]);
  const empty = { hits: 0, count: 0 };

  /** By the R package survey 4.1.1: `svyciprop` of the method "beta"; empty clusters stand in the design, and outside of its subset. */
  it.each([
    [clusters([10, 20], [25, 30], [2, 10]), 0.05, 0.025159, 0.997357],
    [clusters([470, 500], [490, 500]), 0.05, 0.176211, 1],
    [uneven, 0.05, 0.50968, 0.982568],
    [uneven, 0.01, 0.336609, 0.997475],
    [[...uneven, empty, empty], 0.05, 0.519302, 0.981059],
    [[...uneven, empty, empty, empty, empty], 0.01, 0.356225, 0.996701],
  ])('of the clusters %j, wrong at most %f of the time: %f to %f', (drawn, error, low, high) => {
    const interval = clusterInterval(drawn, error);
    expect(interval.low).toBeCloseTo(low, 6);
    expect(interval.high).toBeCloseTo(high, 6);
  });

  // Their design effect is less than 1, which survey believes: 69 users, at most, are what scipy was given.
  it('clusters that differ less than by chance say no more than a simple draw of as many', () => {
    const even = clusters([4, 5], [8, 8], [2, 3], [9, 10], [6, 6], [3, 4], [7, 9], [7, 7], [5, 5], [10, 12]);
    const { low, high } = clusterInterval(even, 0.05);
    expect(low).toBeCloseTo(0.767287, 6);
    expect(high).toBeCloseTo(0.955242, 6);
  });

  // 68²/924 users, less for six clusters: scipy.
  it('clusters of which all or none can sign in say what their sizes allow', () => {
    const all = clusterInterval(
      uneven.map(({ count }) => ({ count, hits: count })),
      0.05,
    );
    const none = clusterInterval(
      uneven.map(({ count }) => ({ count, hits: 0 })),
      0.05,
    );
    expect(all.low).toBeCloseTo(0.294462, 6);
    expect(none.high).toBeCloseTo(0.705538, 6);
    expect([none.low, all.high]).toEqual([0, 1]);
  });

  it('clusters in which all are alike say no more than one user of each', () => {
    const alike = Array.from({ length: 50 }, (_, at) => ({ count: 10, hits: at < 25 ? 10 : 0 }));
    const { low, high } = clusterInterval(alike, 0.05);
    const simple = binomialInterval(25, 50, 0.05);
    expect(low).toBeCloseTo(simple.low, 1);
    expect(high).toBeCloseTo(simple.high, 1);
    expect(high - low).toBeGreaterThan(0.25);
  });

  it('clusters that differ by chance say as much as a simple draw, and never more', () => {
    const spread = Array.from({ length: 100 }, (_, at) => ({ count: 5, hits: at % 10 === 0 ? 4 : 5 }));
    const { low, high } = clusterInterval(spread, 0.05);
    const simple = binomialInterval(490, 500, 0.05);
    expect(low).toBeLessThanOrEqual(simple.low);
    expect(high).toBeGreaterThanOrEqual(simple.high);
    expect(high - low).toBeLessThan(1.2 * (simple.high - simple.low));
  });

  it('no sample has an interval without a width, and one cluster says nothing', () => {
    const all = Array.from({ length: 40 }, () => ({ count: 5, hits: 5 }));
    expect(clusterInterval(all, 0.05).low).toBeLessThan(binomialInterval(40, 40, 0.05).low + 0.001);
    expect(
      clusterInterval(
        [
          { count: 500, hits: 500 },
          { count: 0, hits: 0 },
        ],
        0.05,
      ),
    ).toEqual({ low: 0, high: 1 });
    expect(binomialInterval(0, 500, 0.05).high).toBeGreaterThan(0);
  });
});

describe('looks', () => {
  it.each([
    [30, [30]],
    [50, [50]],
    [500, [50, 100, 200, 350, 500]],
    [501, [50, 100, 200, 350, 500, 501]],
    [1000, [50, 100, 200, 350, 500, 1000]],
    [1500, [50, 100, 200, 350, 500, 1000, 1500]],
    [2001, [50, 100, 200, 350, 500, 1000, 2000, 2001]],
  ])('a sample of %i is looked at when it has %j', (most, looks) => {
    expect(looksFor(most)).toEqual(looks);
  });

  it.each([
    ['above the line', { low: 0.985, high: 1 }, 0.98, true],
    ['below the line', { low: 0.5, high: 0.9799 }, 0.98, true],
    ['about the line', { low: 0.979, high: 0.981 }, 0.98, false],
    ['from the line on', { low: 0.98, high: 1 }, 0.98, true],
    ['up to the line', { low: 0.5, high: 0.98 }, 0.98, false],
    ['two points wide', { low: 0, high: 0.02 }, null, true],
    ['narrow', { low: 0.975, high: 0.99 }, null, true],
    ['wide', { low: 0.5, high: 0.53 }, null, false],
  ])('%s', (_, interval, line, enough) => {
    expect(isEnough(interval, line)).toBe(enough);
  });
});
