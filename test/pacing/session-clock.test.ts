import { describe, expect, it } from 'vitest';
import { sessionClock } from '../../src/pacing/session-clock.ts';
import { clockWarnings } from '../../src/domain/result/clock-warnings.ts';

const day = 86_400_000;
const noon = Date.parse('2026-11-22T12:00:00Z');

/** This machine's clock: `setBy` is what somebody sets it by while the run goes on. */
function machine() {
  const state = { monotonicMs: 5000, wallMs: noon };
  return {
    pass(ms: number): void {
      state.monotonicMs += ms;
      state.wallMs += ms;
    },
    setBy: (ms: number) => void (state.wallMs += ms),
    clock: { now: () => state.monotonicMs, date: () => new Date(state.wallMs), sleep: () => Promise.resolve() },
  };
}

describe("a run's clock", () => {
  it("is this machine's as long as AWS says no time", () => {
    const clock = sessionClock(machine().clock);
    expect([clock.date(), clock.latest()]).toEqual([new Date(noon), new Date(noon)]);
    expect(clock.aheadMs()).toBeNull();
  });

  it.each([
    ['behind', 90 * day, noon + 90 * day],
    ['ahead', -90 * day, noon],
  ])("that is %s stamps by AWS's time, and ages by the later of the two", (_how, offMs, latestMs) => {
    const clock = sessionClock(machine().clock);
    clock.learn(new Date(noon + offMs));
    expect(clock.date()).toEqual(new Date(noon + offMs));
    expect(clock.latest()).toEqual(new Date(latestMs));
    expect(clock.aheadMs()).toBe(offMs);
  });

  it("waits and measures by this machine's, whatever AWS says", async () => {
    const own = machine();
    const slept: unknown[][] = [];
    const { signal } = new AbortController();
    const clock = sessionClock({ ...own.clock, sleep: async (...asked) => void slept.push(asked) });
    clock.learn(new Date(noon + 90 * day));
    own.pass(3000);
    await clock.sleep(250, signal);
    expect([clock.now(), slept]).toEqual([8000, [[250, signal]]]);
  });

  it('counts on by a clock that nobody sets', () => {
    const own = machine();
    const clock = sessionClock(own.clock);
    clock.learn(new Date(noon));
    own.pass(3000);
    own.setBy(-30 * day);
    expect(clock.date()).toEqual(new Date(noon + 3000));
    expect(clock.latest()).toEqual(new Date(noon + 3000));
    own.setBy(60 * day);
    expect(clock.latest()).toEqual(new Date(noon + 3000 + 30 * day));
  });

  it('says of an earlier moment of its own what it would have said then', () => {
    const clock = sessionClock(machine().clock);
    clock.learn(new Date(noon - 90 * day));
    expect(clock.latestAt(new Date(noon - 91 * day))).toEqual(new Date(noon - day));
  });
});

describe('the warning about a clock', () => {
  it.each([
    [301_000, "this machine's clock is 5 minutes behind AWS's"],
    [-2 * 3_600_000, "this machine's clock is 2 hours ahead of AWS's"],
    [90 * day, "this machine's clock is 90 days behind AWS's"],
  ])('says how far it is off: %i ms', (aheadMs, words) => {
    const messages = clockWarnings(aheadMs).map(({ code, message }) => `${code} ${message}`);
    expect(messages).toEqual([expect.stringContaining(`clock-off ${words}`)]);
  });

  it.each([0, 299_000, -299_000])('says nothing of %i ms', (aheadMs) => {
    expect(clockWarnings(aheadMs)).toEqual([]);
  });

  it("is said too where this machine's is all there is", () => {
    expect(clockWarnings(null)).toMatchObject([{ code: 'clock-alone' }]);
  });
});
