/** How calls end that wait: by an interruption, by a mistake in the program, by credentials that ended meanwhile. */
import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { failed, succeeded, type Attempt } from '../../src/pacing/call-result.ts';
import { VirtualClock } from '../reading/virtual-clock.ts';
import { FailureRow } from '../../src/pacing/failure-row.ts';
import type { Calls } from '../../src/pacing/calls.ts';
import { throttledFailure, virtualCalls } from './service.ts';

/** Lets everything go on that needs no time. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const never = (): Promise<Attempt<void>> => new Promise(() => {});

/** What has come of each until now. */
function outcomes(calls: readonly Promise<unknown>[]): readonly string[] {
  const said = calls.map(() => 'waits');
  for (const [index, call] of calls.entries())
    call.then(
      () => void (said[index] = 'answered'),
      (error: unknown) => void (said[index] = error instanceof Error ? error.message : 'no error'),
    );
  return said;
}

const transient = {
  ...throttledFailure,
  name: 'InternalErrorException',
  code: 'server-error',
  retry: 'transient',
} as const;

/** Calls that wait, each for something else. */
const waiting: readonly (readonly [what: string, begin: (calls: Calls) => readonly Promise<unknown>[]])[] = [
  [
    'behind one that is not answered',
    (calls) => {
      const quota = calls.quota({ perSecond: 10, isSerial: true });
      calls.run(quota, never).catch(() => {});
      return [calls.run(quota, never)];
    },
  ],
  [
    'for a turn that comes later',
    (calls) => {
      const quota = calls.quota({ perSecond: 0.001 });
      void calls.run(quota, async () => succeeded(undefined));
      return [calls.run(quota, never), calls.run(quota, never)];
    },
  ],
  ['to be tried again', (calls) => [calls.run(calls.quota({ perSecond: 10 }), async () => failed(throttledFailure))]],
  [
    'to be tried again, as long as others are',
    (calls) => [calls.run(calls.quota({ perSecond: 10 }), async () => failed(transient), undefined, new FailureRow())],
  ],
];

describe.each(['an interruption', 'a mistake of the program'])('%s ends at once', (ending) => {
  it.each(waiting)('a call that waits %s', async (_what, begin) => {
    const clock = new VirtualClock();
    const interruption = new AbortController();
    const { calls, counts } = virtualCalls(clock, 64, interruption.signal);
    const said = outcomes(begin(calls));
    await settle();
    const sent = counts.calls;
    expect(new Set(said)).toEqual(new Set(['waits']));
    const reason = new Error('the end');
    if (ending === 'an interruption') interruption.abort(reason);
    else calls.halt(reason);
    await settle();
    expect(new Set(said)).toEqual(new Set(['the end']));
    expect(calls.signal.reason).toBe(reason);
    await expect(calls.run(calls.quota({ perSecond: 10 }), never)).rejects.toBe(reason);
    expect(counts).toMatchObject({ calls: sent, retried: 0 });
  });

  it('a call that has its turn and no slot, as soon as there is one', async () => {
    const clock = new VirtualClock();
    const interruption = new AbortController();
    const { calls, counts } = virtualCalls(clock, 1, interruption.signal);
    const quota = calls.quota({ perSecond: 10 });
    const before = calls.run(quota, async () => {
      await clock.sleep(1000, calls.signal).catch(() => {});
      return failed(throttledFailure);
    });
    const said = outcomes([before, calls.run(quota, never)]);
    await settle();
    interruption.abort(new Error('the end'));
    await settle();
    expect(said).toEqual(['the end', 'the end']);
    expect(counts.calls).toBe(1);
  });
});

describe('after the end', () => {
  it('nobody has a turn, whether there is one or not', async () => {
    const interruption = new AbortController();
    const { calls } = virtualCalls(new VirtualClock(), 64, interruption.signal);
    const quotas = [calls.quota({ perSecond: 0.001 }), calls.quota({ perSecond: 0.001 })];
    await quotas[0]?.turn();
    const reason = new Error('the end');
    interruption.abort(reason);
    for (const quota of quotas) await expect(quota.turn()).rejects.toBe(reason);
  });
});

describe('of those who waited', () => {
  it('none listens for the end any more', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    const listened = vi.spyOn(calls.signal, 'addEventListener');
    const unlistened = vi.spyOn(calls.signal, 'removeEventListener');
    const quota = calls.quota({ perSecond: 1 });
    await clock.run(Promise.all(Array.from({ length: 5 }, () => calls.run(quota, async () => succeeded(undefined)))));
    const ofTurns = new Set(unlistened.mock.calls.map(([, listener]) => listener));
    expect(ofTurns.size).toBe(1);
    expect(listened.mock.calls.some(([, listener]) => ofTurns.has(listener))).toBe(true);
    expect(getEventListeners(calls.signal, 'abort').some((listener) => ofTurns.has(listener as never))).toBe(false);
  });
});

describe('what throws', () => {
  it('in a clock ends whoever waits by it', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    const quota = calls.quota({ perSecond: 1 });
    const mistake = new TypeError('a mistake');
    vi.spyOn(clock, 'sleep').mockRejectedValue(mistake);
    const asked = Array.from({ length: 3 }, () => calls.run(quota, async () => succeeded(undefined)));
    expect(await Promise.allSettled(asked)).toEqual([
      { status: 'fulfilled', value: succeeded(undefined) },
      ...[1, 2].map(() => ({ status: 'rejected', reason: mistake })),
    ]);
  });

  it('keeps no place on the way: the others of its quota go on', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock, 2);
    const quota = calls.quota({ perSecond: 10 });
    const mistake = new TypeError('a mistake');
    const throwing = Array.from({ length: 4 }, () =>
      calls.run(quota, async () => {
        await clock.sleep(10);
        throw mistake;
      }),
    );
    const answer = calls.run(quota, async () => succeeded('answered'));
    const settled = await clock.run(Promise.allSettled([...throwing, answer]));
    expect(settled.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => ({ status: 'rejected', reason: mistake })));
    expect(settled[4]).toEqual({ status: 'fulfilled', value: succeeded('answered') });
  });
});

describe('a row of failures that is given up', () => {
  const ended = expect.objectContaining({
    ok: false,
    failure: expect.objectContaining({ name: 'GivenUp', retry: 'no' }),
  });
  function end(row: FailureRow): void {
    for (let count = 0; count < 5; count += 1) row.note([transient]);
  }

  it('is the answer of a call that waits to be tried again, at once', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    const row = new FailureRow();
    const send = async () => failed({ ...throttledFailure });
    const call = calls.run(calls.quota({ perSecond: 10 }), send, undefined, row);
    await settle();
    end(row);
    expect(await call).toEqual(ended);
    expect(counts.calls).toBe(1);
    expect(clock.now()).toBe(0);
  });

  it('is the answer of a call that waits for its turn, without a request', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    const quota = calls.quota({ perSecond: 0.1 });
    const row = new FailureRow();
    const [first, second, next] = [
      calls.run(quota, async () => succeeded('first')),
      calls.run(quota, never, undefined, row),
      calls.run(quota, async () => succeeded('next')),
    ];
    end(row);
    expect(await clock.run(Promise.all([first, second, next]))).toEqual([succeeded('first'), ended, succeeded('next')]);
    expect(counts.calls).toBe(2);
  });

  it('is the answer of every later call, without a request', async () => {
    const { calls, counts } = virtualCalls(new VirtualClock());
    const row = new FailureRow();
    end(row);
    expect(await calls.run(calls.quota({ perSecond: 10 }), never, undefined, row)).toEqual(ended);
    expect(row.givenUp()).toMatchObject({ message: 'given up after 5 failures in a row, the last: Rate exceeded' });
    expect(counts.calls).toBe(0);
  });
});

describe('credentials that end while a call waits for its turn', () => {
  const expired = {
    ...throttledFailure,
    name: 'ExpiredTokenException',
    code: 'credentials',
    retry: 'credentials-expired',
  } as const;
  const lifeMs = 900_000;

  /** Sessions of a quarter of an hour, renewed by whoever prepares in the last third of one. */
  function session(clock: VirtualClock) {
    let endMs = 0;
    return {
      prepare: async (): Promise<Attempt<void>> => {
        if (clock.now() >= endMs - lifeMs / 3) endMs = clock.now() + lifeMs;
        return succeeded(undefined);
      },
      send: async (): Promise<Attempt<void>> => (clock.now() < endMs ? succeeded(undefined) : failed(expired)),
    };
  }

  it.each([0.01, 0.002, 0.0001])('are renewed before it is sent, at %f requests a second', async (perSecond) => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    const quota = calls.quota({ perSecond });
    const { prepare, send } = session(clock);
    const asked = Array.from({ length: 8 }, () => calls.run(quota, send, prepare));
    expect(await clock.run(Promise.all(asked))).toEqual(asked.map(() => succeeded(undefined)));
    expect(counts.calls).toBe(8);
    // Nobody's turn was lost, and nobody had two.
    expect(clock.now()).toBeCloseTo(7 * (1000 / perSecond));
  });

  it('are seen to once where the turn comes within a minute, and else twice', async () => {
    const clock = new VirtualClock();
    const { calls } = virtualCalls(clock);
    let prepared = 0;
    const ask = (perSecond: number) => {
      const quota = calls.quota({ perSecond });
      const prepare = async () => succeeded(void (prepared += 1));
      return Array.from({ length: 2 }, () => calls.run(quota, async () => succeeded(undefined), prepare));
    };
    await clock.run(Promise.all(ask(1 / 59)));
    expect(prepared).toBe(2);
    await clock.run(Promise.all(ask(1 / 60)));
    expect(prepared).toBe(2 + 3);
  });

  it('and can not be renewed are the answer, without a request and without its turn', async () => {
    const clock = new VirtualClock();
    const { calls, counts } = virtualCalls(clock);
    const quota = calls.quota({ perSecond: 0.001 });
    const send = async () => succeeded(undefined);
    const refused = { ...throttledFailure, name: 'AccessDenied', code: 'credentials', retry: 'transient' } as const;
    const prepare = async (): Promise<Attempt<void>> => (clock.now() === 0 ? succeeded(undefined) : failed(refused));
    const asked = Array.from({ length: 4 }, () => calls.run(quota, send, prepare));
    const heard = await clock.run(Promise.all(asked));
    expect(heard).toEqual([succeeded(undefined), ...asked.slice(1).map(() => failed(refused))]);
    expect(counts).toEqual({ calls: 1, throttled: 0, retried: 0 });
  });
});
