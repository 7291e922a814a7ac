import { describe, expect, it } from 'vitest';
import { betaAtMost, betaQuantile, logGamma, studentQuantile } from '../../../src/domain/readiness/distributions.ts';

/** Values of published tables (Abramowitz and Stegun 26.9 and 26.10; gamma of whole and half numbers is exact). */
describe('distributions', () => {
  it.each([
    [1, 0],
    [5, Math.log(24)],
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [171, 706.5730622457874],
  ])('the logarithm of gamma(%f) is %f', (x, expected) => {
    expect(logGamma(x)).toBeCloseTo(expected, 10);
  });

  it.each([
    [0.3, 1, 1, 0.3],
    [0.5, 2, 2, 0.5],
    [0.25, 2, 1, 0.0625],
    [0.2, 1, 3, 1 - 0.8 ** 3],
    // 1 of 10 heads or fewer: (1 + 10) / 1024.
    [0.5, 9, 2, 11 / 1024],
    [0, 2, 3, 0],
    [1, 2, 3, 1],
    // Far from the mean on both sides, and near it: scipy 1.17.
    [0.01, 2, 5000, 1],
    [0.5, 300, 200, 3.543480264392529e-6],
    [0.62, 3000, 2000, 0.9981466735153925],
  ])('a beta is at most %f, with parameters %f and %f, with chance %f', (x, a, b, expected) => {
    expect(betaAtMost(x, a, b)).toBeCloseTo(expected, 12);
  });

  it('a quantile is where the chance is', () => {
    for (const [p, a, b] of [
      [0.005, 499, 2],
      [0.975, 0.5, 0.5],
      [0.5, 3_000, 12],
    ] as const) {
      expect(betaAtMost(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 10);
    }
  });

  it.each([
    [0.975, 1, 12.706],
    [0.975, 10, 2.228],
    [0.995, 30, 2.75],
    [0.995, 120, 2.617],
    [0.95, 5, 2.015],
  ])("Student's t at %f with %i degrees is %f", (p, degrees, expected) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(expected, 3);
  });
});
