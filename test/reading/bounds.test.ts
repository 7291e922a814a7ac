/** A run has an upper bound, whatever answers: in virtual time, on clouds of functions. */
import { describe, expect, it } from 'vitest';
import { succeeded, type CallFailure } from '../../src/pacing/call-result.ts';
import { cognitoRegions } from '../../src/domain/model/regions.ts';
import { fakeCloud, readFake, refusal, type FakeOptions, type FakeUnit } from './fake-cloud.ts';
import { VirtualClock } from './virtual-clock.ts';

const account = '111122223333';
/** Regions of which only these are enabled. */
const enabled = (...names: readonly string[]) =>
  cognitoRegions.aws.map((region) => ({ region, state: names.includes(region) ? 'ENABLED' : 'DISABLED' }));
const loginPage: CallFailure = { ...refusal('UnreadableAnswer', 'malformed'), retry: 'transient' };
const broken: CallFailure = { ...refusal('InternalErrorException', 'server-error'), retry: 'transient' };
const refused: CallFailure = { ...refusal('ECONNREFUSED', 'network'), retry: 'transient' };
const denied = refusal('AccessDeniedException', 'AccessDenied');
const minute = 60_000;

/** Reads one account with this many pools in one region. */
async function readOne(pools: number, gate: (clock: VirtualClock) => FakeOptions['gate'], describes = false) {
  const clock = new VirtualClock();
  const options = { accounts: [account], regions: enabled('us-east-1'), unit: () => ({ pools }) };
  const made = gate(clock);
  const read = await readFake(fakeCloud(made === undefined ? options : { ...options, gate: made }), clock, {
    describes,
  });
  return { unit: read.units.get(`${account}/us-east-1`), calls: read.counts.calls, ms: clock.now() };
}

describe('a unit is given up after five failures in a row', () => {
  it.each([
    ['a login page', loginPage, 'malformed'],
    ['a service out of order', broken, 'server-error'],
    ['a dead connection', refused, 'network'],
  ])('behind %s, within a minute', async (_what, failure, code) => {
    const { unit, calls, ms } = await readOne(
      72,
      () => async (_account, _region, operation) => (operation === 'list' ? null : failure),
    );
    expect(unit).toMatchObject({ status: 'gap', failure: { code }, pools: 5, read: 5 });
    expect(unit?.failure?.message).toBe(`given up after 5 failures in a row, the last: ${failure.message}`);
    expect(ms).toBeLessThan(minute);
    // Nine tries for each of 72 pools are 648; five pools and what is in flight beside them are far from half of that.
    expect(calls).toBeLessThan((72 * 9) / 2);
  });

  it('that hang until the time-out, within twelve of them', async () => {
    const { unit, ms } = await readOne(72, (clock) => async (_account, _region, operation) => {
      if (operation === 'list') return null;
      await clock.sleep(minute);
      return { ...refused, name: 'TimeoutError' };
    });
    expect(unit).toMatchObject({ status: 'gap', failure: { code: 'network' } });
    expect(ms).toBeLessThan(12 * minute);
  });

  it('also where only descriptions fail', async () => {
    const gate: FakeOptions['gate'] = async (_account, _region, operation) =>
      operation === 'userPool' ? broken : null;
    expect((await readOne(72, () => gate, true)).unit).toMatchObject({
      status: 'gap',
      failure: { code: 'server-error' },
    });
  });

  it('and not after denials, which a tag may cause', async () => {
    const { unit } = await readOne(
      72,
      () => async (_account, _region, operation) => (operation === 'mfaConfig' ? denied : null),
    );
    expect(unit).toMatchObject({ status: 'read', pools: 72, read: 72 });
  });

  it('and not while every fifth is answered', async () => {
    const { unit } = await readOne(
      72,
      () => async (_account, _region, operation, poolId) =>
        operation === 'mfaConfig' && Number(poolId?.slice(2)) % 5 !== 0 ? loginPage : null,
    );
    expect(unit).toMatchObject({ status: 'read', pools: 72, read: 72 });
  });

  it('in the order of the listing, whichever answer comes first', async () => {
    const bad = new Set([10, 11, 12, 13, 14, 40, 41].map((index) => `p_${index}`));
    for (const step of [1, 7, 13, 31]) {
      let turn = 0;
      const { unit } = await readOne(72, (clock) => async (_account, _region, operation, poolId) => {
        turn += step;
        await clock.sleep((turn * 37) % 900);
        return operation === 'mfaConfig' && bad.has(poolId ?? '') ? refusal('MalformedAnswer', 'malformed') : null;
      });
      expect(unit).toMatchObject({ status: 'gap', pools: 15, read: 15, failure: { code: 'malformed' } });
    }
  });
});

describe('a listing ends as a gap', () => {
  /** Pages of pools by their number, each with a token of its own; the last is that of `pages`. */
  async function listing(poolsOn: (page: number) => number, pages: number) {
    const list: FakeUnit['list'] = (token) => {
      const page = Number(token ?? 0);
      const items = Array.from({ length: poolsOn(page) }, (_, index) => ({ id: `p_${index}`, name: 'p' }));
      return succeeded({ items, next: page + 1 < pages ? String(page + 1) : null });
    };
    const cloud = fakeCloud({ accounts: [account], regions: enabled('us-east-1'), unit: () => ({ list }) });
    const { units } = await readFake(cloud, new VirtualClock());
    return units.get(`${account}/us-east-1`);
  }

  it('after a hundred empty pages in a row', async () => {
    expect(await listing(() => 0, Infinity)).toMatchObject({
      status: 'gap',
      failure: { code: 'malformed', message: 'the listing gave 100 empty pages in a row' },
    });
    expect(await listing((page) => (page % 100 === 99 ? 1 : 0), 250)).toMatchObject({ status: 'read', pools: 1 });
  });

  it('after ten thousand pools, though they are the same again and again', async () => {
    expect(await listing(() => 60, Infinity)).toMatchObject({
      status: 'gap',
      pools: 60,
      read: 60,
      failure: {
        code: 'malformed',
        message: 'the listing has more than 10000 items, which is more than there can be',
      },
    });
  });
});

describe('a region whose endpoint can not be reached', () => {
  const accounts = Array.from({ length: 300 }, (_, index) => `1111222${String(index).padStart(5, '0')}`);
  const regions = enabled('us-east-1', 'us-west-2', 'eu-west-1');

  async function readAll(fails: (clock: VirtualClock, account: string, region: string) => Promise<CallFailure | null>) {
    const clock = new VirtualClock();
    const asked = { 'us-east-1': 0, 'us-west-2': 0, 'eu-west-1': 0 } as Record<string, number>;
    const read = await readFake(
      fakeCloud({
        accounts,
        regions,
        unit: () => ({ pools: 2 }),
        gate: async (id, region) => {
          asked[region] = (asked[region] ?? 0) + 1;
          await clock.sleep(20);
          return fails(clock, id, region);
        },
      }),
      clock,
      { concurrency: 8 },
    );
    const gaps = [...read.units].flatMap(([place, unit]) => (unit.status === 'gap' ? [place] : []));
    return { asked, gaps, ms: clock.now(), units: read.units };
  }

  it('is given up once: no account after that asks there, and the others are read', async () => {
    const { asked, gaps, ms, units } = await readAll(async (_clock, _id, region) =>
      region === 'us-west-2' ? refused : null,
    );
    expect(gaps.sort()).toEqual(accounts.map((id) => `${id}/us-west-2`));
    expect(units.get(gaps[299] ?? '')).toMatchObject({ failure: { code: 'network', message: 'ECONNREFUSED' } });
    expect(asked['us-west-2']).toBeLessThan(8 * 4 * 8 * 2);
    expect(ms).toBeLessThan(minute);
  });

  it('since packets are dropped there holds the run up for one time-out, not one for each account', async () => {
    const { gaps, ms } = await readAll(async (clock, _id, region) => {
      if (region !== 'us-west-2') return null;
      await clock.sleep(minute);
      return { ...refused, name: 'UND_ERR_CONNECT_TIMEOUT' };
    });
    expect(gaps).toHaveLength(300);
    expect(ms).toBeLessThan(3 * minute);
  });

  it('is not given up where it is one account that gets no answer', async () => {
    const { gaps } = await readAll(async (clock, id, region) => {
      if (id !== accounts[7] || region !== 'us-west-2') return null;
      await clock.sleep(minute);
      return { ...refused, name: 'TimeoutError' };
    });
    expect(gaps).toEqual([`${accounts[7]}/us-west-2`]);
  });

  it('for half a minute is asked again: most accounts of a long run are read', async () => {
    const { gaps, ms } = await readAll(async (clock, _id, region) => {
      if (clock.now() > 5 * minute) return null;
      await clock.sleep(region === 'eu-west-1' ? 4000 : 0);
      return region === 'us-west-2' && clock.now() < minute / 2 ? refused : null;
    });
    expect(ms).toBeGreaterThan(3 * minute);
    expect(gaps.length).toBeLessThan(300 / 2);
  });

  it('for a moment only is waited for', async () => {
    const { gaps } = await readAll(async (clock, _id, region) =>
      region === 'us-west-2' && clock.now() < 1500 ? refused : null,
    );
    expect(gaps).toEqual([]);
  });
});
