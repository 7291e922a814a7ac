/** One quota as calls use it: turns, how many are on their way, what it tells of itself. */
import { describe, expect, it } from 'vitest';
import { failed, succeeded, type Attempt, type CallFailure } from '../../src/pacing/call-result.ts';
import { attemptNumber } from '../../src/pacing/attempt-number.ts';
import { VirtualClock } from '../reading/virtual-clock.ts';
import { recordedCalls, throttledFailure, virtualCalls } from './service.ts';

const minute = 60_000;
const denied = { ...throttledFailure, name: 'AccessDeniedException', code: 'AccessDenied', retry: 'no' } as const;
const unreached: CallFailure = { ...throttledFailure, name: 'ECONNREFUSED', code: 'network', retry: 'no' };

function after(
  clock: VirtualClock,
  ms: number,
  outcome: Attempt<void> = succeeded(undefined),
): () => Promise<Attempt<void>> {
  return async () => {
    await clock.sleep(ms);
    return outcome;
  };
}

describe('turns', () => {
  it('come in the order in which they were asked for, also to who asks while others wait', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    const quota = calls.quota({ perSecond: 4 });
    const order: number[] = [];
    const ask = (index: number) =>
      calls.run(quota, async () => {
        order.push(index);
        return succeeded(clock.now());
      });
    const asked = Array.from({ length: 12 }, (_, index) => ask(index));
    const late = clock.sleep(600).then(() => ask(12));
    await clock.run(Promise.all([...asked, late]));
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('that are given back are there for the next', async () => {
    const clock = new VirtualClock();
    const quota = virtualCalls(clock).calls.quota({ perSecond: 1 });
    for (let count = 0; count < 10; count += 1) {
      await quota.turn();
      quota.giveBack();
    }
    expect(clock.now()).toBe(0);
  });
});

describe('on their way are as many as the pace needs at the latency seen, and half as many again', () => {
  it.each<[string, number, readonly number[], number]>([
    ['two, while nothing is known', 10, [], 2],
    ['15 at 10 a second and one second', 10, [1000], 15],
    ['18 once one in five takes a second more', 10, [1000, 2000], 18],
    ['two, where that is more than is needed', 10, [100], 2],
    ['four at 20 a second and 101 ms: parts are whole requests', 20, [101], 4],
  ])('%s', async (_what, perSecond, latencies, expected) => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock, 100);
    const quota = calls.quota({ perSecond });
    // Some time in, as a run is.
    await clock.run(clock.sleep(5000));
    for (const ms of latencies) await clock.run(calls.run(quota, after(clock, ms)));
    let sent = 0;
    for (let count = 0; count < 40; count += 1) {
      void calls.run(quota, () => {
        sent += 1;
        return new Promise<never>(() => {});
      });
    }
    await clock.run(clock.sleep(minute));
    expect(sent).toBe(expected);
  });

  it('one, of a service that answers one at a time', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    const quota = calls.quota({ perSecond: 100, isSerial: true });
    let [underway, most] = [0, 0];
    const ask = async (): Promise<Attempt<void>> => {
      most = Math.max(most, ++underway);
      await clock.sleep(1000);
      underway -= 1;
      return succeeded(undefined);
    };
    await clock.run(Promise.all(Array.from({ length: 6 }, () => calls.run(quota, ask))));
    expect([most, clock.now()]).toEqual([1, 6000]);
  });
});

describe('a quota tells', () => {
  it('whether it is slowed, and how fast it goes', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    const quota = calls.quota({ perSecond: 10 });
    expect([quota.isSlowed(), quota.perSecond()]).toEqual([false, 10]);
    let count = 0;
    await clock.run(calls.run(quota, async () => (count++ === 0 ? failed(throttledFailure) : succeeded(undefined))));
    expect(quota.isSlowed()).toBe(true);
    expect(quota.perSecond()).toBeLessThan(9);
    await clock.run(clock.sleep(minute));
    expect([quota.isSlowed(), quota.perSecond()]).toEqual([false, 10]);
  });

  it.each<[string, CallFailure]>([
    ['denied', denied],
    ['not reached', unreached],
  ])('no slowness for a request that was %s', async (_what, failure) => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    const quota = calls.quota({ perSecond: 10 });
    await clock.run(calls.run(quota, async () => failed(failure)));
    expect(quota.isSlowed()).toBe(false);
  });

  it('for how long it has refused everything: since the first refusal was sent, until something else is heard', async () => {
    const clock = new VirtualClock();
    const quota = virtualCalls(clock).calls.quota({ perSecond: 10 });
    const hear = async (outcome: Attempt<void>) => {
      await clock.run(quota.turn());
      const sentMs = quota.send();
      await clock.run(clock.sleep(1000));
      quota.answered(sentMs, outcome);
    };
    await clock.run(clock.sleep(5000));
    expect(quota.refusedForMs()).toBe(0);
    await hear(failed(throttledFailure));
    expect(quota.refusedForMs()).toBe(1000);
    await clock.run(clock.sleep(7000));
    await hear(failed(throttledFailure));
    expect(quota.refusedForMs()).toBe(9000);
    await hear(failed(unreached));
    expect(quota.refusedForMs()).toBe(0);
    await hear(failed(throttledFailure));
    await hear(succeeded(undefined));
    expect(quota.refusedForMs()).toBe(0);
  });

  it.each([
    ['on its way', 10],
    ['waiting for its turn', 0.02],
  ])('a rest is not what passes while a request is %s', async (_what, perSecond) => {
    const clock = new VirtualClock();
    const quota = virtualCalls(clock).calls.quota({ perSecond });
    await quota.turn();
    quota.answered(quota.send(), failed(throttledFailure));
    const waiting = quota.turn().then(() => quota.send());
    await clock.run(clock.sleep(45_000));
    void quota.turn();
    expect(quota.refusedForMs()).toBe(45_000);
    await clock.run(waiting);
  });

  it('half a minute is no rest yet, and a moment more is', async () => {
    const clock = new VirtualClock();
    const quota = virtualCalls(clock).calls.quota({ perSecond: 10 });
    const refusedAfter = async (ms: number): Promise<number> => {
      await clock.run(quota.turn());
      quota.answered(quota.send(), failed(throttledFailure));
      await clock.run(clock.sleep(ms));
      await clock.run(quota.turn());
      quota.giveBack();
      return quota.refusedForMs();
    };
    expect(await refusedAfter(30_000)).toBeGreaterThanOrEqual(30_000);
    expect(await refusedAfter(30_001)).toBe(0);
  });

  it('a quota that nobody wanted for a while is asked with all patience again, one that is wanted on and on is not', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    const quota = calls.quota({ perSecond: 10 });
    const minutesOfTrying = async (): Promise<number> => {
      const began = clock.now();
      await clock.run(calls.run(quota, async () => failed(throttledFailure)));
      return (clock.now() - began) / 60_000;
    };
    // Ten minutes, and at most the pause and the turn of the last attempt.
    const whole = (minutes: number) => minutes >= 10 && minutes < 10.5;
    expect(await minutesOfTrying()).toSatisfy(whole);
    expect(await minutesOfTrying()).toBeLessThan(0.2);
    await clock.run(clock.sleep(25_000));
    expect(await minutesOfTrying()).toBeLessThan(0.2);
    await clock.run(clock.sleep(35_000));
    expect(await minutesOfTrying()).toSatisfy(whole);
  });
});

describe('an endpoint that five quotas did not reach', () => {
  async function silent(where: { endpoint?: string } = { endpoint: 'cognito-idp/eu-west-1' }) {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    const quotas = Array.from({ length: 6 }, () => calls.quota({ perSecond: 1, ...where }));
    for (const quota of quotas.slice(0, 5)) await clock.run(calls.run(quota, after(clock, 4000, failed(unreached))));
    return { clock, calls, counts, quotas };
  }

  it('is given up for all, without a request and without a turn', async () => {
    const { clock, calls, counts, quotas } = await silent();
    const [quota] = quotas.slice(5);
    if (quota === undefined) throw new Error('there are six');
    const asked = Array.from({ length: 20 }, () => calls.run(quota, after(clock, 100)));
    expect(await clock.run(Promise.all(asked))).toEqual(asked.map(() => failed(unreached)));
    expect(counts.calls).toBe(5);
    expect(clock.now()).toBe(20_000);
  });

  it('is given up by who waits for a turn too, which the next one has', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    const endpoint = 'cognito-idp/eu-west-1';
    const others = Array.from({ length: 5 }, () => calls.quota({ perSecond: 1, endpoint }));
    const quota = calls.quota({ perSecond: 0.05, endpoint });
    const asked = Array.from({ length: 4 }, () => calls.run(quota, after(clock, 1000)));
    const unheard = others.map((other) => calls.run(other, after(clock, 18_000, failed(unreached))));
    const heard = await clock.run(Promise.all(asked));
    expect(heard).toEqual([succeeded(undefined), ...[1, 2, 3].map(() => failed(unreached))]);
    expect(await Promise.all(unheard)).toEqual(others.map(() => failed(unreached)));
    expect(counts.calls).toBe(6);
    expect(clock.now()).toBe(20_000);
  });

  it.each([
    [{ endpoint: 'cognito-idp/eu-west-1' }, { endpoint: 'cognito-idp/us-east-1' }],
    [{ endpoint: 'cognito-idp/eu-west-1' }, {}],
    [{}, {}],
  ])('says nothing of another, nor do those without a name of one another: %j, %j', async (where, elsewhere) => {
    const { clock, calls } = await silent(where);
    const quota = calls.quota({ perSecond: 10, ...elsewhere });
    expect(await clock.run(calls.run(quota, after(clock, 100)))).toEqual(succeeded(undefined));
  });
});

describe('the log', () => {
  const transient: CallFailure = {
    ...throttledFailure,
    name: 'InternalErrorException',
    code: 'server-error',
    retry: 'transient',
  };

  it('says of each try that failed when the next is, and which is the last', async () => {
    const clock = new VirtualClock();
    const { calls, lines } = recordedCalls(clock);
    const numbers: number[] = [];
    const send = async (): Promise<Attempt<void>> => {
      numbers.push(attemptNumber());
      return failed(numbers.length < 3 ? transient : denied);
    };
    await clock.run(calls.run(calls.quota({ perSecond: 10, name: '111122223333/eu-west-1/UserPoolRead' }), send));
    const about = {
      quota: '111122223333/eu-west-1/UserPoolRead',
      failure: 'InternalErrorException',
      code: 'server-error',
    };
    const whole = expect.toSatisfy((ms) => Number.isInteger(ms));
    expect(lines).toEqual([
      ['call is tried again', { ...about, attempt: 1, waitMs: whole }],
      ['call is tried again', { ...about, attempt: 2, waitMs: whole }],
      ['call is given up', { ...about, failure: 'AccessDeniedException', code: 'AccessDenied', attempt: 3 }],
    ]);
    expect(numbers).toEqual([1, 2, 3]);
    expect(attemptNumber()).toBe(1);
  });

  it('says when a pace changes by a tenth of the full one, and is silent on the rest of the way back', async () => {
    const clock = new VirtualClock();
    const { calls, lines } = recordedCalls(clock);
    const quota = calls.quota({ perSecond: 20 });
    let count = 0;
    const send = async (): Promise<Attempt<void>> => (count++ === 0 ? failed(throttledFailure) : succeeded(undefined));
    await clock.run(calls.run(quota, send));
    for (let again = 0; again < 300; again += 1) await clock.run(calls.run(quota, send));
    await clock.run(clock.sleep(minute));
    await clock.run(calls.run(quota, send));
    const changes = lines.filter(([message]) => message === 'pace changes').map(([, fields]) => fields);
    expect(changes[0]).toEqual({ quota: 'unnamed', from: 20, perSecond: 16 });
    const paces = [20, ...changes.map(({ perSecond }) => Number(perSecond))];
    // Eight tenths, nine and ten.
    expect(changes).toHaveLength(3);
    expect(changes.map(({ from }) => from)).toEqual(paces.slice(0, -1));
    expect(changes[1]).toMatchObject({ perSecond: expect.closeTo(17, 1) });
    expect(paces.map((pace) => Math.round(pace * 100) / 100)).toEqual(paces);
    expect(quota.perSecond()).toBe(20);
  });

  it('is not asked for the number of a try where there is none', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    const numbers: number[] = [];
    const send = async (): Promise<Attempt<void>> => {
      numbers.push(attemptNumber());
      return failed(transient);
    };
    await clock.run(calls.run(calls.quota({ perSecond: 10 }), send));
    expect(new Set(numbers)).toEqual(new Set([1]));
  });
});
