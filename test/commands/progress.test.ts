import { expect, it } from 'vitest';
import { progressLine, type Progress } from '../../src/commands/progress.ts';

const begun: Progress = {
  accountsDone: 212,
  accountsTotal: 500,
  unitsDone: 3_400,
  unitsTotal: 8_500,
  pools: 1_204,
  calls: 18_600,
  throttled: 3,
};

it('says how far a run is, how fast it calls, and how long the rest takes at that pace', () => {
  expect(progressLine(begun, 100_000)).toBe(
    'accounts 212/500 · units 3,400/8,500 · pools 1,204 · 186 calls/s · 3 throttled · 2m 30s left',
  );
});

it('says nothing of what it does not know: totals before discovery, time left at the start, throttles when there were none', () => {
  expect(progressLine({ ...begun, accountsTotal: null, unitsTotal: null, throttled: 0 }, 1_000)).toBe(
    'accounts 212 · units 3,400 · pools 1,204 · 18,600 calls/s',
  );
  expect(progressLine({ ...begun, unitsDone: 100, throttled: 0 }, 1_000)).not.toContain('left');
});
