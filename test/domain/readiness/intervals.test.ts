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
    [1500, [50, 100, 200, 350, 500, 1000, 1500]],
  ])('a sample of %i is looked at when it has %j', (most, looks) => {
    expect(looksFor(most)).toEqual(looks);
  });

  it.each([
    ['above the line', { low: 0.985, high: 1 }, 0.98, true],
    ['below the line', { low: 0.5, high: 0.9799 }, 0.98, true],
    ['about the line', { low: 0.979, high: 0.981 }, 0.98, false],
    ['narrow', { low: 0.975, high: 0.99 }, null, true],
    ['wide', { low: 0.5, high: 0.53 }, null, false],
  ])('%s', (_, interval, line, enough) => {
    expect(isEnough(interval, line)).toBe(enough);
  });
});
