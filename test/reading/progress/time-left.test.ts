/** What progress says of the time that is left, against the time that was left. */
import { describe, expect, it } from 'vitest';
import { Pulse } from '../../../src/commands/run/progress.ts';
import { readSet } from '../../../src/domain/model/api/reads.ts';
import { newProgress, UnitLeft } from '../../../src/reading/progress/reading-progress.ts';
import { timeLeftMs } from '../../../src/reading/progress/time-left.ts';
import { fakeCloud, readFake, type FakeOptions } from '../fake-cloud.ts';
import { throttledFailure, virtualCalls } from '../../pacing/service.ts';
import { VirtualClock } from '../virtual-clock.ts';

const places = ['eu-west-1', 'us-east-1'];
const regions = places.map((region) => ({ region, state: 'ENABLED' }));
const latencyMs = 100;

interface Said {
  readonly atMs: number;
  readonly leftMs: number | null;
}

/** What was said each second of a run, and how long the run took. */
async function sayings(
  pools: Readonly<Record<string, readonly [number, number]>>,
  gateOf: (clock: VirtualClock) => NonNullable<FakeOptions['gate']> = () => async () => null,
  how: { readonly describes?: boolean; readonly concurrency?: number } = {},
): Promise<{ readonly said: readonly Said[]; readonly tookMs: number }> {
  const clock = new VirtualClock();
  const gate = gateOf(clock);
  const cloud = fakeCloud({
    accounts: Object.keys(pools),
    regions,
    unit: (account, region) => ({ pools: pools[account]?.[places.indexOf(region)] ?? 0 }),
    gate: async (...call) => {
      await clock.sleep(latencyMs);
      return gate(...call);
    },
  });
  const said: Said[] = [];
  const pulse = new Pulse();
  const read = await readFake(cloud, clock, {
    ...how,
    onSecond(progress, counts) {
      pulse.note(clock.now(), counts);
      said.push({ atMs: clock.now(), leftMs: timeLeftMs(progress, pulse.recent()) });
    },
  });
  return { said, tookMs: Math.max(...[...read.units.values()].map(({ finishedMs }) => finishedMs)) };
}

/** How far each saying was off, as a part of what was left; the last ten seconds say nothing to anybody. */
function errorsOf({ said, tookMs }: Awaited<ReturnType<typeof sayings>>): readonly number[] {
  return said.flatMap(({ atMs, leftMs }) => {
    const really = tookMs - atMs;
    return leftMs === null || leftMs < 10_000 ? [] : [Math.abs(leftMs - really) / Math.max(really, 10_000)];
  });
}

const share = ({ said }: Awaited<ReturnType<typeof sayings>>): number =>
  said.filter(({ leftMs }) => leftMs !== null && leftMs >= 10_000).length / said.length;

describe('the time that is left is right within a tenth whenever it is said', () => {
  it('where one unit is large and the others are small', async () => {
    const run = await sayings({ '111111111111': [1_500, 3], '222222222222': [40, 0], '333333333333': [0, 12] });
    expect(Math.max(...errorsOf(run))).toBeLessThan(0.1);
    expect(share(run)).toBeGreaterThan(0.6);
  });

  it('where every pool is described, at the pace of the slower quota', async () => {
    const run = await sayings({ '111111111111': [900, 200] }, undefined, { describes: true });
    expect(Math.max(...errorsOf(run))).toBeLessThan(0.1);
    expect(share(run)).toBeGreaterThan(0.6);
  });

  it('where many units share the slots', async () => {
    const accounts = Array.from({ length: 40 }, (_, index) => [String(100_000_000_000 + index), [30, 30]] as const);
    const run = await sayings(Object.fromEntries(accounts), undefined, { concurrency: 8 });
    expect(Math.max(...errorsOf(run))).toBeLessThan(0.1);
    expect(share(run)).toBeGreaterThan(0.3);
  });
});

it('nothing is said while AWS slows a unit down, nor until its pace is what it was; then it is right again', async () => {
  const throttledMs: number[] = [];
  const run = await sayings({ '111111111111': [2_000, 0] }, (clock) => async (_account, _region, operation) => {
    const isThrottled = operation === 'mfaConfig' && clock.now() > 20_000 && clock.now() < 25_000;
    if (isThrottled) throttledMs.push(clock.now());
    return isThrottled ? throttledFailure : null;
  });
  const [firstMs = 0, lastMs = 0] = [throttledMs[0], throttledMs.at(-1)];
  const between = run.said.filter(({ atMs }) => atMs > firstMs && atMs < lastMs + 10_000);
  expect(between.length).toBeGreaterThan(10);
  expect(between.filter(({ leftMs }) => leftMs !== null)).toEqual([]);
  const after = { ...run, said: run.said.filter(({ atMs }) => atMs > lastMs + 10_000) };
  expect(errorsOf(after).length).toBeGreaterThan(10);
  expect(Math.max(...errorsOf(after))).toBeLessThan(0.1);
});

it('nothing is said of a last call that hangs', async () => {
  const run = await sayings({ '111111111111': [200, 0] }, (clock) => async (_account, _region, operation, pool) => {
    if (operation === 'mfaConfig' && pool === 'p_199') await clock.sleep(60_000);
    return null;
  });
  expect(run.tookMs).toBeGreaterThan(60_000);
  const late = run.said.filter(({ atMs }) => atMs > 20_000);
  expect(late.length).toBeGreaterThan(30);
  expect(late.filter(({ leftMs }) => leftMs !== null && leftMs >= 10_000)).toEqual([]);
});

describe('of one moment', () => {
  const calm = { callsPerSecond: 100, isCalm: true };

  /** With so many requests left of each quota, of which the first allows 5 and the second 10 a second. */
  function unitLeft(UserPoolRead: number, UserPoolResourceRead: number, isEnded = true): UnitLeft {
    const { calls } = virtualCalls(new VirtualClock());
    const quotas = {
      UserPoolRead: calls.quota({ perSecond: 5 }),
      UserPoolResourceRead: calls.quota({ perSecond: 10 }),
    };
    return new UnitLeft({ requests: { UserPoolRead, UserPoolResourceRead }, isEnded }, quotas);
  }

  const reading = (units: readonly UnitLeft[], unitsTotal: number | null = units.length) => ({
    ...newProgress(),
    unitsTotal,
    underWay: new Set(units),
  });

  it.each([
    ['the slower quota decides: 100 at 5 a second', [unitLeft(100, 150)], calm, 20_000],
    ['the other one does: 300 at 10 a second', [unitLeft(100, 300)], calm, 30_000],
    ['the slowest unit decides', [unitLeft(0, 10), unitLeft(0, 300), unitLeft(0, 20)], calm, 30_000],
    [
      'all calls that are left do, at the pace of the last seconds',
      [unitLeft(50, 70), unitLeft(0, 80)],
      { ...calm, callsPerSecond: 5 },
      40_000,
    ],
    ['no call was made in the last seconds', [unitLeft(0, 70)], { ...calm, callsPerSecond: 0 }, 7_000],
    ['every unit is read', [], { ...calm, callsPerSecond: 0 }, 0],
    ['AWS slows the reading down', [unitLeft(0, 70)], { ...calm, isCalm: false }, null],
    ['more pools may be listed in one of two units', [unitLeft(0, 70), unitLeft(0, 0, false)], calm, null],
  ])('%s', (_when, units, recent, expected) => {
    expect(timeLeftMs(reading(units), recent)).toBe(expected);
  });

  it('nothing is said before the units are known and opened', () => {
    expect(timeLeftMs(newProgress(), calm)).toBeNull();
    expect([1, 2].map((total) => timeLeftMs(reading([unitLeft(0, 70)], total), calm))).toEqual([7_000, null]);
    expect(timeLeftMs({ ...reading([unitLeft(0, 70)], 3), unitsDone: 2 }, calm)).toBe(7_000);
  });

  it('a pool that was read leaves as many calls fewer as it took', () => {
    const unit = unitLeft(100, 150);
    expect(unit.callsLeft()).toBe(250);
    unit.wasRead(readSet([]));
    expect(unit.callsLeft()).toBe(249);
    unit.wasRead(readSet(['userPool']));
    expect(unit.callsLeft()).toBe(247);
    // 99 of DescribeUserPool at 5 a second.
    expect(unit.timeLeftMs()).toBe(19_800);
  });
});
