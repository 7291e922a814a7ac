import { describe, expect, it } from 'vitest';
import { binomialInterval } from '../../../src/domain/readiness/intervals.ts';
import { covers, fleets, measure } from './simulated-fleets.ts';
import { seeded, simulatedPool } from './simulated-pool.ts';

describe('the true share', () => {
  it('lies in the interval of nearly all simulated pools', async () => {
    const missed = [];
    for (const fleet of fleets(400).filter((_, at) => at % 10 === 3)) {
      const { truth, measurement } = await measure(fleet);
      if (!covers(measurement.shares['as-written'], truth)) missed.push(fleet);
      expect(measurement.design === 'counted' || measurement.reads <= 500).toBe(true);
    }
    // At 95 % more than 5 of 40 would be missed in one run of a hundred.
    expect(missed.length).toBeLessThanOrEqual(5);
  }, 300_000);

  /** What a program would do that takes `sub` for random: one prefix, and a simple draw out of it. */
  it('is missed by a design that takes sub for random, where it begins with the time of sign-up', async () => {
    let covered = 0;
    const count = 20;
    for (let seed = 0; seed < count; seed += 1) {
      const random = seeded(900 + seed);
      const { truth, reader } = simulatedPool('by-time', 100_000, 0.9, random);
      const prefix = `019${'0123456789ab'.charAt(Math.floor(random() * 11))}`;
      const first = await reader.listUsers(prefix, null);
      const answers = await Promise.all(first.users.map(({ name }) => reader.authFactors(name)));
      const hits = answers.filter((answer) => answer?.preferred === 'SOFTWARE_TOKEN_MFA').length;
      if (covers(binomialInterval(hits, answers.length, 0.05), truth)) covered += 1;
    }
    expect(covered / count).toBeLessThan(0.93);
  });
});
