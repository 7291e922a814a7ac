import { describe, expect, it } from 'vitest';
import { progressParts, Pulse, type Progress } from '../../../src/commands/run/progress.ts';
import type { Recent } from '../../../src/reading/progress/time-left.ts';
import { UnitLeft } from '../../../src/reading/progress/reading-progress.ts';
import { virtualCalls } from '../../pacing/service.ts';
import { VirtualClock } from '../../reading/virtual-clock.ts';

const begun: Progress = {
  accountsDone: 212,
  accountsTotal: 500,
  unitsDone: 8_499,
  unitsFound: 8_500,
  unitsTotal: 8_500,
  pools: 1_204,
  underWay: new Set(),
  calls: 18_600,
  throttled: 3,
  retried: 3,
};
const calm: Recent = { callsPerSecond: 186, isCalm: true };

/** One unit with so many pools left, all listed, read at ten a second. */
function withLeft(pools: number, isEnded = true): Progress {
  const { calls } = virtualCalls(new VirtualClock());
  const quotas = { UserPoolRead: calls.quota({ perSecond: 10 }), UserPoolResourceRead: calls.quota({ perSecond: 10 }) };
  const requests = { UserPoolRead: 0, UserPoolResourceRead: pools };
  return {
    ...begun,
    underWay: new Set([new UnitLeft({ requests, isEnded }, quotas)]),
  };
}

const line = (progress: Progress, recent = calm): string => progressParts(progress, recent).join(' · ');

it('says how far a run is, how fast it calls now, and how long the rest takes', () => {
  expect(line(withLeft(990))).toBe(
    'accounts 212/500 · units 8,499/8,500 · pools 1,204 · 186 calls/s · 3 throttled · 1m 40s left',
  );
});

it('says nothing of what it does not know: totals before discovery, throttles when there were none', () => {
  expect(line({ ...begun, accountsTotal: null, unitsTotal: null, throttled: 0 })).toBe(
    'accounts 212 · units 8,499 · pools 1,204 · 186 calls/s',
  );
});

describe('how long the rest takes', () => {
  it.each<[string, Progress, Recent]>([
    ['the accounts are still being listed', { ...withLeft(990), unitsTotal: null }, calm],
    ['a unit is not opened yet', { ...withLeft(990), unitsDone: 8_498 }, calm],
    ['more pools may be listed', withLeft(990, false), calm],
    ['AWS slows the reading down', withLeft(990), { callsPerSecond: 10, isCalm: false }],
    ['it is nearly over', withLeft(90), calm],
    ['nothing is left', { ...begun, unitsDone: 8_500 }, calm],
  ])('is not said while %s', (_when, progress, recent) => {
    expect(line(progress, recent)).not.toContain('left');
  });

  it.each([
    [101, '15s left'],
    [1_199, '2m 00s left'],
    [1_201, '2m 30s left'],
    [36_100, '1h 00m left'],
  ])('is no closer than it is known: %i pools at ten a second, %s', (pools, words) => {
    expect(line(withLeft(pools))).toContain(words);
  });

  it('is that of all calls where the slots are what holds them up', () => {
    expect(line(withLeft(400), { callsPerSecond: 4, isCalm: true })).toContain('1m 40s left');
  });
});

describe('the last seconds', () => {
  const beats = (
    ...counts: readonly (readonly [second: number, calls: number, throttled: number, retried: number])[]
  ): Recent => {
    const pulse = new Pulse();
    for (const [second, calls, throttled, retried] of counts) pulse.note(second * 1000, { calls, throttled, retried });
    return pulse.recent();
  };

  it('are ten, however long the run', () => {
    expect(beats([0, 0, 0, 0], [90, 9_000, 0, 0], [95, 9_100, 0, 0], [100, 9_200, 0, 0])).toEqual({
      callsPerSecond: 20,
      isCalm: true,
    });
  });

  it('are calm without a throttle and without a request sent again, once there are three', () => {
    expect(beats([0, 0, 4, 4], [2, 10, 4, 4]).isCalm).toBe(false);
    expect(beats([0, 0, 4, 4], [3, 10, 4, 4]).isCalm).toBe(true);
    expect(beats([0, 0, 4, 4], [3, 10, 5, 4]).isCalm).toBe(false);
    expect(beats([0, 0, 4, 4], [3, 10, 4, 5]).isCalm).toBe(false);
    expect(beats([0, 0, 0, 0], [5, 50, 7, 7], [10, 100, 7, 7], [15, 150, 7, 7]).isCalm).toBe(true);
  });
});
