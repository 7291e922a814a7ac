import { expect, it } from 'vitest';
import { covers, fleets, measure } from './simulated-fleets.ts';

it('the true share lies in the 95 % interval of at least 372 of 400 pools', async () => {
  let covered = 0;
  for (const fleet of fleets(400)) {
    const { truth, measurement } = await measure(fleet);
    if (covers(measurement.shares['as-written'], truth)) covered += 1;
  }
  expect(covered).toBeGreaterThanOrEqual(372);
}, 1_800_000);
