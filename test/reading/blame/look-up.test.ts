/** As few look-ups as there are names of events, as few pages as it takes, and at the pace of CloudTrail's quota. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/model/json.ts';
import { failed, succeeded, type Attempt, type CallFailure } from '../../../src/pacing/call-result.ts';
import type { EventCalls } from '../../../src/ports/event-reader.ts';
import { lookUpChanges } from '../../../src/reading/blame/look-up.ts';
import { anEvent } from '../../domain/blame/an-event.ts';
import { virtualCalls } from '../../pacing/service.ts';
import { VirtualClock } from '../virtual-clock.ts';

type Name = Parameters<EventCalls['lookUp']>[0];
type Asked = readonly [name: Name, from: string | null, token: string | null];

const pool = (poolId: string) => ({ poolId, observedAt: '2026-11-28T02:00:00.000Z', paths: ['MfaConfiguration'] });
const one = pool('eu-west-1_One');
const two = pool('eu-west-1_Two');
const set = (userPoolId: string, day: number) =>
  anEvent({ eventTime: `2026-11-${day}T10:00:00Z`, requestParameters: { userPoolId, mfaConfiguration: 'OFF' } });
const update = (userPoolId: string, day: number) => ({ ...set(userPoolId, day), eventName: 'UpdateUserPool' });

/** Answers with these pages, by name; a name without any has no event. */
async function lookedUp(
  pools: readonly ReturnType<typeof pool>[],
  pages: Partial<Record<Name, CallFailure | readonly (readonly JsonObject[])[]>>,
  maxPages = 10,
  isDenied = false,
  ready: Attempt<void> = succeeded(undefined),
) {
  const clock = new VirtualClock();
  const { calls } = virtualCalls(clock, 8);
  const asked: Asked[] = [];
  const events: EventCalls = {
    ready: () => Promise.resolve(ready),
    lookUp(name, from, token) {
      asked.push([name, from, token]);
      if (isDenied) return Promise.resolve(failed(denial));
      const at = Number(token ?? 0);
      const all = pages[name] ?? [[]];
      if ('code' in all) return Promise.resolve(failed(all));
      return Promise.resolve(succeeded({ items: all[at] ?? [], next: at + 1 < all.length ? String(at + 1) : null }));
    },
  };
  const quota = calls.quota({ perSecond: 1 });
  const began = clock.now();
  const lookUps = await clock.run(lookUpChanges(pools, { calls, quota, events, maxPages }));
  return { asked, lookUps, ms: clock.now() - began };
}

const denial = {
  name: 'AccessDeniedException',
  code: 'AccessDenied',
  message: 'denied',
  remedy: 'Allow cloudtrail:LookupEvents.',
  retry: 'no',
  requestId: null,
} as const;

describe('looking up', () => {
  it('is one request for each name where a page has all, and the later names are asked for no older events', async () => {
    const pages = { SetUserPoolMfaConfig: [[set(one.poolId, 25), set(two.poolId, 20)], [set(one.poolId, 10)]] };
    for (const pools of [
      [one, two],
      [two, one],
    ]) {
      const { asked } = await lookedUp(pools, pages);
      expect(asked).toEqual([
        ['SetUserPoolMfaConfig', null, null],
        ['UpdateUserPool', '2026-11-20T10:00:00.000Z', null],
        ['CreateUserPool', '2026-11-20T10:00:00.000Z', null],
      ]);
    }
  });

  it('goes on while a pool has no event yet, past empty pages', async () => {
    const { asked, lookUps } = await lookedUp([one, two], {
      SetUserPoolMfaConfig: [[set(one.poolId, 25)], [], [set(two.poolId, 20)], [set(two.poolId, 10)]],
    });
    expect(asked.filter(([name]) => name === 'SetUserPoolMfaConfig')).toHaveLength(3);
    expect(lookUps.SetUserPoolMfaConfig).toMatchObject({ read: true, readTo: '2026-11-20T10:00:00.000Z' });
  });

  it('ends at the cap, and says how far it came', async () => {
    const days = [25, 24, 23, 22];
    const pages = { SetUserPoolMfaConfig: days.map((day) => [set(one.poolId, day)]) };
    const { asked, lookUps } = await lookedUp([two], pages, 2);
    expect(asked.filter(([name]) => name === 'SetUserPoolMfaConfig')).toHaveLength(2);
    expect(lookUps.SetUserPoolMfaConfig).toMatchObject({ read: true, readTo: '2026-11-24T10:00:00.000Z' });
    expect((await lookedUp([two], pages, 4)).lookUps.SetUserPoolMfaConfig).toMatchObject({ readTo: null });
  });

  it('asks for nothing more once it was denied', async () => {
    const { asked, lookUps } = await lookedUp([one], {}, 10, true);
    expect(asked).toHaveLength(1);
    const { code, message, remedy } = denial;
    for (const lookUp of Object.values(lookUps))
      expect(lookUp).toEqual({ read: false, failure: { code, message, remedy } });
  });

  it('asks for nothing without credentials', async () => {
    const { asked, lookUps } = await lookedUp([one], {}, 10, false, failed(denial));
    expect(asked).toEqual([]);
    expect(lookUps.CreateUserPool).toMatchObject({ read: false, failure: { code: 'AccessDenied' } });
  });

  it('keeps what was read before a later name fails', async () => {
    const gone = { ...denial, code: 'throttled' } as const;
    const { lookUps } = await lookedUp([one], { SetUserPoolMfaConfig: [[set(one.poolId, 25)]], UpdateUserPool: gone });
    expect(lookUps).toMatchObject({
      SetUserPoolMfaConfig: { read: true, events: [{ poolId: one.poolId }] },
      UpdateUserPool: { read: false, failure: { code: 'throttled' } },
      CreateUserPool: { read: false, failure: { code: 'throttled' } },
    });
  });

  it('has all that CloudTrail has where the pages end, and all since the last known change where one is known', async () => {
    const { lookUps } = await lookedUp([one], { UpdateUserPool: [[update(one.poolId, 25)]] });
    expect(lookUps).toMatchObject({
      SetUserPoolMfaConfig: { read: true, events: [], readTo: null },
      UpdateUserPool: { read: true, events: [{ poolId: one.poolId }], readTo: null },
      CreateUserPool: { read: true, events: [], readTo: '2026-11-25T10:00:00.000Z' },
    });
  });

  it('goes on past a page that is empty or tells no time, though a change is known', async () => {
    const untimed = { eventName: 'UpdateUserPool', eventTime: 0 };
    const { asked, lookUps } = await lookedUp([one], {
      SetUserPoolMfaConfig: [[set(one.poolId, 25)]],
      UpdateUserPool: [[], [untimed], [update(two.poolId, 27)], [untimed], [update(two.poolId, 24)], []],
    });
    const tokens = asked.filter(([name]) => name === 'UpdateUserPool').map(([, , token]) => token);
    expect(tokens).toEqual([null, '1', '2', '3', '4']);
    const events = ['2026-11-27T10:00:00.000Z', '2026-11-24T10:00:00.000Z'].map((at) => ({ poolId: two.poolId, at }));
    expect(lookUps.UpdateUserPool).toMatchObject({ read: true, events, readTo: '2026-11-24T10:00:00.000Z' });
  });

  it.each([
    ['knows nothing where no page up to the cap has an event', [[], [], []], '9999'],
    ['came as far as the last page that has one', [[set(two.poolId, 25)], [], []], '2026-11-25T10:00:00.000Z'],
  ])('%s', async (_what, pages, readTo) => {
    const { lookUps } = await lookedUp([one], { SetUserPoolMfaConfig: pages }, 2);
    expect(lookUps.SetUserPoolMfaConfig).toMatchObject({ read: true, readTo });
  });

  it('is no faster than its quota', async () => {
    const { asked, ms } = await lookedUp([one], { SetUserPoolMfaConfig: Array.from({ length: 10 }, () => []) });
    expect(asked).toHaveLength(12);
    expect(ms).toBeGreaterThanOrEqual(10_000);
  });
});
