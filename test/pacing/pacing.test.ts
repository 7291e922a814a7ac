import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/pacing/pace.ts';
import { VirtualClock } from '../reading/virtual-clock.ts';
import { limitedService, moodyService, sendAll, virtualCalls } from './service.ts';

/** Latencies that differ from call to call and are the same in every run. */
function latencies(leastMs: number, mostMs: number): () => number {
  let turn = 0;
  return () => leastMs + ((turn++ * 7) % 16) * ((mostMs - leastMs) / 15);
}

describe('a quota that is what it was said to be', () => {
  it.each<{ perSecond: number; latency: [number, number] }>([
    { perSecond: 20, latency: [35, 50] },
    { perSecond: 10, latency: [35, 50] },
    { perSecond: 7.5, latency: [90, 110] },
    { perSecond: 20, latency: [200, 400] },
  ])('of $perSecond a second is used to the full, and nothing is refused, at $latency ms', async (given) => {
    const clock = new VirtualClock();
    const service = limitedService(clock, given.perSecond, latencies(...given.latency));
    const { calls, counts } = virtualCalls(clock);
    const tookMs = await sendAll(clock, calls, given.perSecond, 1000, () => service.send());
    expect(service.throttled()).toBe(0);
    expect(tookMs).toBeLessThan(boundMs(1000, given.perSecond) * 1.05);
    expect(counts).toEqual({ calls: 1000, throttled: 0, retried: 0 });
  });

  it('is never exceeded: in no window are there more than one second of it and what the window adds', () => {
    const holds = fc.check(
      fc.property(
        fc.double({ min: 0.5, max: 50, noNaN: true }),
        fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 200 }),
        (perSecond, latenesses) => worstExcess(sendLate(new Pace(perSecond), latenesses), perSecond) <= 1e-6,
      ),
      { numRuns: 50 },
    );
    expect(holds).toMatchObject({ failed: false });
  });
});

/** Of all windows, the most requests over one second of the quota (one at least) and what the window adds. */
function worstExcess(sent: readonly number[], perSecond: number): number {
  const windows = sent.flatMap((from, first) =>
    sent.slice(first).map((to, more) => ({ span: to - from, count: more + 1 })),
  );
  return Math.max(...windows.map(({ span, count }) => count - Math.max(1, perSecond) - (span / 1000) * perSecond));
}

/** Requests that leave some milliseconds after their turn came, one after another. Returns when each left. */
function sendLate(pace: Pace, latenesses: readonly number[]): number[] {
  let now = 0;
  return latenesses.map((late) => {
    now += pace.waitMs(now);
    pace.grant();
    now += late;
    pace.send(now);
    return now;
  });
}

/** Milliseconds that a bucket of this rate, full at first, takes to serve so many. */
function boundMs(count: number, perSecond: number): number {
  return ((count - perSecond) / perSecond) * 1000;
}

describe('a quota that someone else uses too', () => {
  it.each<{ share: number; assumed: number; count: number; latency: [number, number] }>([
    { share: 0.8, assumed: 16, count: 85, latency: [35, 50] },
    { share: 0.8, assumed: 16, count: 85, latency: [200, 400] },
    { share: 0.8, assumed: 16, count: 300, latency: [35, 50] },
    { share: 0.8, assumed: 20, count: 1000, latency: [35, 50] },
    { share: 0.9, assumed: 16, count: 85, latency: [35, 50] },
    { share: 0.65, assumed: 16, count: 300, latency: [90, 110] },
    { share: 0.5, assumed: 16, count: 300, latency: [35, 50] },
    { share: 0.25, assumed: 16, count: 300, latency: [35, 50] },
    { share: 0.13, assumed: 16, count: 300, latency: [200, 400] },
  ])('$share of $assumed a second is found within $count calls at $latency ms', async (given) => {
    const clock = new VirtualClock();
    const perSecond = given.share * given.assumed;
    const service = limitedService(clock, perSecond, latencies(...given.latency));
    const { calls } = virtualCalls(clock);
    const tookMs = await sendAll(clock, calls, given.assumed, given.count, () => service.send());
    expect(tookMs).toBeLessThan(boundMs(given.count, perSecond) * 1.15);
  });

  it('of half the size is found with under one refusal in a hundred, and used to nine tenths', async () => {
    const clock = new VirtualClock();
    const service = limitedService(clock, 10, latencies(35, 50));
    const { calls, counts } = virtualCalls(clock);
    const tookMs = await sendAll(clock, calls, 20, 1000, () => service.send());
    expect(service.throttled() / counts.calls).toBeLessThan(0.01);
    expect(tookMs).toBeLessThan(boundMs(1000, 10) * 1.1);
    expect(counts.calls).toBe(1000 + service.throttled());
    expect(counts.throttled).toBe(service.throttled());
  });

  it('is left to whoever uses most of it: few of their requests are refused for ours', async () => {
    const clock = new VirtualClock();
    const service = limitedService(clock, 20, () => 40);
    const { calls } = virtualCalls(clock);
    const theirs: boolean[] = [];
    async function application(): Promise<void> {
      while (theirs.length < 700) {
        theirs.push((await service.send()).ok);
        await clock.sleep(1000 / 14 - 40);
      }
    }
    const beside = application();
    const tookMs = await sendAll(clock, calls, 20, 300, () => service.send());
    await clock.run(beside);
    expect(theirs.filter((isServed) => !isServed).length / theirs.length).toBeLessThan(0.05);
    expect(tookMs).toBeLessThan((300 / 6) * 1000 * 1.25);
  });

  it('lowers the pace at once, once for a volley, and returns to the full pace after a minute', () => {
    const pace = new Pace(20);
    pace.grant();
    pace.send(0);
    pace.answered(0, 40, true);
    pace.answered(0, 41, true);
    expect(pace.perSecond(41)).toBeCloseTo(16);
    expect(pace.waitMs(41)).toBeGreaterThan(0);
    expect(pace.perSecond(10_000)).toBeLessThan(20);
    expect(pace.perSecond(60_000)).toBe(20);
  });

  it('does not slow the quota of another unit', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    const busy = limitedService(clock, 1, () => 40);
    const quiet = limitedService(clock, 20, () => 40);
    const busyQuota = calls.quota({ perSecond: 20 });
    const busyCalls = Promise.all(Array.from({ length: 60 }, () => calls.run(busyQuota, () => busy.send())));
    const tookMs = await sendAll(clock, calls, 20, 200, () => quiet.send());
    await clock.run(busyCalls);
    expect(busy.throttled()).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(((200 - 20) / 20) * 1000 * 1.15);
  });
});

describe('requests that are refused at random, whatever their pace', () => {
  it('one in five: 85 calls take 20 s in the middle, half a minute in four runs of five, and never what it once took', async () => {
    const tookMs: number[] = [];
    for (let seed = 1; seed <= 60; seed += 1) {
      const clock = new VirtualClock();
      const service = moodyService(clock, 0.2, seed, latencies(35, 50));
      const { calls } = virtualCalls(clock);
      tookMs.push(await sendAll(clock, calls, 16, 85, () => service.send()));
      expect(service.throttled()).toBeGreaterThan(5);
    }
    tookMs.sort((a, b) => a - b);
    expect(tookMs[29]).toBeLessThan(20_000);
    expect(tookMs[47]).toBeLessThan(30_000);
    expect(tookMs[59]).toBeLessThan(100_000);
  });

  it.each([0.05, 0.2])('a share of %f does not grind a long listing down', async (share) => {
    const clock = new VirtualClock();
    const service = moodyService(clock, share, 7, latencies(35, 50));
    const { calls } = virtualCalls(clock);
    const tookMs = await sendAll(clock, calls, 20, 1000, () => service.send());
    expect(tookMs).toBeLessThan(5 * boundMs(1000 / (1 - share), 20));
  });

  it('are told from a small bucket: where less is served since less is allowed, the pace stays low', async () => {
    const clock = new VirtualClock();
    const service = limitedService(clock, 2, latencies(35, 50));
    const { calls } = virtualCalls(clock);
    await sendAll(clock, calls, 20, 400, () => service.send());
    expect(service.throttled() / service.sent()).toBeLessThan(0.1);
  });
});
