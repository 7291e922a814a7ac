import { expect, it } from 'vitest';
import { systemClock } from '../../src/pacing/clock.ts';

const { signal } = new AbortController();

it("this machine's clock sleeps as long as it is told, by a time that goes forward", async () => {
  const [beganMs, began] = [systemClock.now(), systemClock.date()];
  await systemClock.sleep(20, signal);
  // A timer may fire a millisecond early.
  expect(systemClock.now() - beganMs).toBeGreaterThanOrEqual(19);
  expect(systemClock.date().getTime() - began.getTime()).toBeGreaterThanOrEqual(18);
  expect(Math.abs(systemClock.date().getTime() - Date.now())).toBeLessThan(1000);
});

// 2 ** 31 ms do not fit into a timer of Node, which then fires after one.
it.each([60_000, 2 ** 31, 1e15])(
  'a sleep of %i ms ends with the reason of whoever ends it, and not before',
  async (ms) => {
    const ending = new AbortController();
    let isOver = false;
    const sleeping = systemClock.sleep(ms, ending.signal).finally(() => (isOver = true));
    sleeping.catch(() => {});
    await systemClock.sleep(20, signal);
    expect(isOver).toBe(false);
    const reason = new Error('SIGINT');
    ending.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    await expect(systemClock.sleep(ms, ending.signal)).rejects.toBe(reason);
  },
);
