import { describe, expect, it } from 'vitest';
import { failed, succeeded, type Attempt, type Remediable } from '../../src/pacing/call-result.ts';
import { createSlots } from '../../src/pacing/priority-semaphore.ts';
import { VirtualClock } from '../reading/virtual-clock.ts';
import { throttledFailure, virtualCalls } from './service.ts';

const minute = 60_000;

function failingWith(retry: Remediable): () => Promise<Attempt<void>> {
  return async () => failed({ ...throttledFailure, retry });
}

describe('a call is given up', () => {
  it('after eight failures that may be retried', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    const outcome = await clock.run(calls.run(calls.quota({ perSecond: 100 }), failingWith('transient')));
    expect(outcome.ok).toBe(false);
    expect(counts).toEqual({ calls: 8, throttled: 0, retried: 7 });
    expect(clock.now()).toBeLessThan(minute);
  });

  it('after ten minutes of throttling, not before', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    await clock.run(calls.run(calls.quota({ perSecond: 10 }), failingWith('throttle')));
    expect(clock.now()).toBeGreaterThanOrEqual(10 * minute);
    expect(clock.now()).toBeLessThan(11 * minute);
    expect(counts.throttled).toBe(counts.calls);
  });

  it('once its whole quota has refused for ten minutes, so that a thousand calls do not take a week', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    const quota = calls.quota({ perSecond: 10 });
    await clock.run(calls.run(quota, failingWith('throttle')));
    const before = counts.calls;
    await clock.run(calls.run(quota, failingWith('throttle')));
    expect(counts.calls - before).toBe(1);
  });

  it('at once when it is denied', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    await clock.run(calls.run(calls.quota({ perSecond: 10 }), failingWith('no')));
    expect(counts).toEqual({ calls: 1, throttled: 0, retried: 0 });
    expect(clock.now()).toBe(0);
  });

  it('when credentials that were renewed twice have expired again', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    await clock.run(calls.run(calls.quota({ perSecond: 10 }), failingWith('credentials-expired')));
    expect(counts.calls).toBe(3);
  });

  it('without a request when its credentials can not be had', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    const prepare = failingWith('no');
    const outcome = await calls.run(calls.quota({ perSecond: 10 }), async () => succeeded(1), prepare);
    expect(outcome).toEqual(failed({ ...throttledFailure, retry: 'no' }));
    expect(counts.calls).toBe(0);
    // Nor with its turn.
    const slow = calls.quota({ perSecond: 0.001 });
    for (let count = 0; count < 3; count += 1) await calls.run(slow, async () => succeeded(1), prepare);
    expect(await calls.run(slow, async () => succeeded(2))).toEqual(succeeded(2));
    expect(clock.now()).toBe(0);
  });
});

describe('slots', () => {
  it('are held by requests in flight only: a quota that waits takes none from others', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock, 1);
    const slow = calls.quota({ perSecond: 0.01 });
    const fast = calls.quota({ perSecond: 1000 });
    const send = async (): Promise<Attempt<number>> => succeeded(clock.now());
    await clock.run(calls.run(slow, send));
    const waiting = calls.run(slow, send);
    const answers = await clock.run(Promise.all(Array.from({ length: 50 }, () => calls.run(fast, send))));
    expect(answers.every((answer) => answer.ok && answer.value < 1000)).toBe(true);
    expect(await clock.run(waiting)).toEqual(succeeded(100_000));
  });

  it('never let more requests into flight than there are of them', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock, 5);
    let inFlight = 0;
    let most = 0;
    const send = async (): Promise<Attempt<void>> => {
      most = Math.max(most, ++inFlight);
      await clock.sleep(40);
      inFlight -= 1;
      return succeeded(undefined);
    };
    const quotas = Array.from({ length: 30 }, () => calls.quota({ perSecond: 20 }));
    await clock.run(Promise.all(quotas.flatMap((quota) => [calls.run(quota, send), calls.run(quota, send)])));
    expect(most).toBe(5);
  });

  it('go to urgent requests first, and every fifth to the rest', async () => {
    const slot = createSlots(1);
    const order: string[] = [];
    const job = (name: string) => async () => void order.push(name);
    const jobs: Promise<void>[] = [];
    for (let count = 0; count < 6; count += 1) jobs.push(slot('later', job('later')));
    for (let count = 0; count < 6; count += 1) jobs.push(slot('soon', job('soon')));
    await Promise.all(jobs);
    expect(order.slice(0, 7)).toEqual(['soon', 'soon', 'soon', 'soon', 'later', 'soon', 'soon']);
    expect(order).toHaveLength(12);
  });
});

describe('every fifth turn', () => {
  it('is counted by those who took one, however often nobody came', async () => {
    const slot = createSlots(1);
    const order: string[] = [];
    const job = (name: string) => async () => void order.push(name);
    for (let count = 0; count < 2; count += 1) await slot('soon', job('alone'));
    await Promise.all([
      slot('later', job('later')),
      slot('soon', job('soon')),
      slot('soon', job('soon')),
      slot('soon', job('soon')),
    ]);
    expect(order).toEqual(['alone', 'alone', 'soon', 'soon', 'later', 'soon']);
  });
});

describe('an interruption', () => {
  it('ends calls that wait for their turn, for a retry and for a slot, and sends nothing more', async () => {
    const clock = new VirtualClock();
    const interruption = new AbortController();
    const { calls, counts } = virtualCalls(clock, 2, interruption.signal);
    const quota = calls.quota({ perSecond: 0.5 });
    const retrying = calls.run(calls.quota({ perSecond: 10 }), failingWith('transient'));
    const waiting = [calls.run(quota, failingWith('throttle')), calls.run(quota, failingWith('throttle'))];
    const outcomes = Promise.allSettled([retrying, ...waiting]);
    await new Promise((resolve) => setImmediate(resolve));
    const sent = counts.calls;
    interruption.abort(new Error('SIGINT'));
    const settled = await clock.run(outcomes);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(settled.every((each) => each.status === 'rejected' && each.reason.message === 'SIGINT')).toBe(true);
    expect(counts.calls).toBe(sent);
    await expect(calls.run(quota, failingWith('no'))).rejects.toThrow('SIGINT');
  });
});
