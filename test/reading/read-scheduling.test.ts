import { describe, expect, it } from 'vitest';
import { succeeded } from '../../src/pacing/call-result.ts';
import { cognitoRegions } from '../../src/domain/model/regions.ts';
import { fakeCloud, readFake, refusal, type FakeOptions } from './fake-cloud.ts';
import { throttledFailure } from '../pacing/service.ts';
import { VirtualClock } from './virtual-clock.ts';

const enabled = (...regions: string[]) => [
  ...cognitoRegions.aws.filter((region) => !regions.includes(region)).map((region) => ({ region, state: 'DISABLED' })),
  ...regions.map((region) => ({ region, state: 'ENABLED' })),
];
const accountIds = (count: number) => Array.from({ length: count }, (_, index) => String(200_000_000_000 + index));
const twoRegions = enabled('eu-west-1', 'us-east-1');

/** The service's own buckets, one for each account, region and category, and its latency. */
function quotaGate(
  clock: VirtualClock,
  rates: { list: number; read: number },
  latencyMs = 40,
): NonNullable<FakeOptions['gate']> {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return async (accountId, region, operation) => {
    await clock.sleep(latencyMs);
    const rate = operation === 'mfaConfig' ? rates.read : rates.list;
    const key = `${accountId}/${region}/${operation === 'mfaConfig'}`;
    const bucket = buckets.get(key) ?? { tokens: rate, atMs: clock.now() };
    buckets.set(key, bucket);
    bucket.tokens = Math.min(rate, bucket.tokens + ((clock.now() - bucket.atMs) / 1000) * rate);
    bucket.atMs = clock.now();
    if (bucket.tokens < 1 - 1e-6) return throttledFailure;
    bucket.tokens -= 1;
    return null;
  };
}

describe('a run takes as long as its largest unit needs', () => {
  const accounts = accountIds(50);
  const largest = `${accounts.at(-1)}/us-east-1`;
  const unit = (accountId: string, region: string) => ({ pools: `${accountId}/${region}` === largest ? 1000 : 15 });

  it('though it is listed last, and nothing is throttled', async () => {
    const clock = new VirtualClock();
    const gate = quotaGate(clock, { list: 15, read: 20 });
    const { units, counts } = await readFake(fakeCloud({ accounts, regions: twoRegions, unit, gate }), clock);
    expect(clock.now()).toBeLessThan(((1000 - 20) / 20) * 1000 * 1.05);
    expect(counts.throttled).toBe(0);
    expect(units.get(largest)?.read).toBe(1000);
  });

  it('and reads and describes overlap: the slower quota alone decides', async () => {
    const clock = new VirtualClock();
    const gate = quotaGate(clock, { list: 15, read: 20 });
    const cloud = fakeCloud({ accounts, regions: twoRegions, unit, gate });
    const { counts } = await readFake(cloud, clock, { describes: true });
    expect(clock.now()).toBeLessThan(((1000 + 17 - 15) / 15) * 1000 * 1.05);
    expect(counts.throttled).toBe(0);
  });

  it('also where its real quota is half of what was said, with under one call in a hundred refused', async () => {
    const clock = new VirtualClock();
    const gate = quotaGate(clock, { list: 15, read: 10 });
    const { units, counts } = await readFake(fakeCloud({ accounts, regions: twoRegions, unit, gate }), clock);
    expect(clock.now()).toBeLessThan(((1000 - 10) / 10) * 1000 * 1.1);
    const [calls, throttled] = [counts.calls, counts.throttled];
    expect(units.get(largest)?.read).toBe(1000);
    // Each of the 99 small units finds out for itself: it asks 15 times where 10 are in the bucket.
    expect(throttled / calls).toBeLessThan(0.1);
  });

  it('at half the share, twice as long', async () => {
    const clock = new VirtualClock();
    await readFake(
      fakeCloud({ accounts, regions: twoRegions, unit, gate: quotaGate(clock, { list: 15, read: 20 }) }),
      clock,
      { share: 0.5 },
    );
    expect(clock.now()).toBeGreaterThan(((1000 - 20) / 10) * 1000);
    expect(clock.now()).toBeLessThan(((1000 - 10) / 10) * 1000 * 1.05);
  });
});

describe('the sweep of units without pools', () => {
  it('uses all the concurrency there is', async () => {
    const clock = new VirtualClock();
    const accounts = accountIds(300);
    const cloud = fakeCloud({
      accounts,
      regions: twoRegions,
      unit: () => ({}),
      gate: quotaGate(clock, { list: 15, read: 20 }),
    });
    const { units, progress } = await readFake(cloud, clock);
    expect([...units.values()].filter(({ status }) => status === 'read')).toHaveLength(600);
    expect(clock.now()).toBeLessThan((600 / 64) * 40 * 1.5);
    expect(progress).toMatchObject({ accountsDone: 300, accountsTotal: 300, unitsDone: progress.unitsTotal });
  });

  it('goes on beside a region that never answers in time', async () => {
    const clock = new VirtualClock();
    const accounts = accountIds(200);
    const gate: FakeOptions['gate'] = async (_account, region) => {
      await clock.sleep(region === 'us-east-1' ? 20_000 : 40);
      return region === 'us-east-1' ? { ...refusal('TimeoutError', 'network'), retry: 'transient' } : null;
    };
    const { units } = await readFake(
      fakeCloud({ accounts: accounts.slice(0, 60), regions: twoRegions, unit: () => ({}), gate }),
      clock,
    );
    const slowest = Math.max(
      ...[...units].filter(([place]) => place.endsWith('eu-west-1')).map(([, { finishedMs }]) => finishedMs),
    );
    expect(slowest).toBeLessThan(60_000);
    expect(units.get(`${accounts[0]}/us-east-1`)).toMatchObject({ status: 'gap', failure: { code: 'network' } });
  });

  it('holds few units open at a time, however many have pools', async () => {
    const clock = new VirtualClock();
    const open = new Set<string>();
    let most = 0;
    const gate: FakeOptions['gate'] = async (accountId, region, operation) => {
      await clock.sleep(40);
      if (operation === 'list') open.add(`${accountId}/${region}`);
      most = Math.max(most, open.size);
      return null;
    };
    const cloud = fakeCloud({ accounts: accountIds(800), regions: twoRegions, unit: () => ({ pools: 30 }), gate });
    const onFinish = (place: string) => void open.delete(place);
    const { units } = await readFake(cloud, clock, { concurrency: 8, onFinish });
    expect([...units.values()].filter(({ read }) => read === 30)).toHaveLength(1600);
    // Four for each slot being asked for their first page, four waiting, at most eight being read.
    expect(most).toBeLessThanOrEqual(8 * (4 + 4 + 8));
  });

  it('begins few pools more than it can ask for at a time', async () => {
    const clock = new VirtualClock();
    let [listed, asked, answered, most] = [0, 0, 0, 0];
    const gate: FakeOptions['gate'] = async (_account, _region, operation) => {
      await clock.sleep(40);
      if (operation === 'list') listed += 30;
      else answered += 1;
      return null;
    };
    // What a pool needs is asked when it is listed, and again when it is begun.
    const onNeeds = () => {
      asked += 1;
      most = Math.max(most, asked - listed - answered);
    };
    const cloud = fakeCloud({ accounts: accountIds(200), regions: twoRegions, unit: () => ({ pools: 30 }), gate });
    await readFake(cloud, clock, { concurrency: 8, onNeeds });
    expect([asked, answered]).toEqual([2 * listed, 400 * 30]);
    // Of the nth unit under way 32 ÷ n, eight at most and two at least; twenty fill eight slots at 20 a second and 20 ms.
    const inUnit = (nth: number): number => Math.min(Math.max(Math.ceil(32 / nth), 2), 8);
    const bound = Array.from({ length: 20 }, (_, index) => inUnit(index + 1)).reduce((sum, pools) => sum + pools);
    expect(most).toBeLessThanOrEqual(bound);
  });
});

describe('a listing of pools', () => {
  it('that never ends is a gap of its unit, with the pools that it gave', async () => {
    const clock = new VirtualClock();
    const list = (token: string | null) =>
      succeeded({ items: [{ id: `p_${token}`, name: 'p' }], next: token === '1' ? '2' : '1' });
    const { units } = await readFake(
      fakeCloud({ accounts: accountIds(1), regions: enabled('eu-west-1'), unit: () => ({ list }) }),
      clock,
    );
    expect(units.get('200000000000/eu-west-1')).toMatchObject({
      status: 'gap',
      failure: { code: 'page-loop' },
      pools: 3,
      read: 3,
    });
  });

  it('that breaks off leaves the pools of its first pages read', async () => {
    const clock = new VirtualClock();
    let pagesAsked = 0;
    const gate: FakeOptions['gate'] = async (_account, _region, operation) =>
      operation === 'list' && ++pagesAsked === 3 ? refusal('InvalidParameterException', 'server-error') : null;
    const { units } = await readFake(
      fakeCloud({ accounts: accountIds(1), regions: enabled('eu-west-1'), unit: () => ({ pools: 200 }), gate }),
      clock,
    );
    expect(units.get('200000000000/eu-west-1')).toMatchObject({
      status: 'gap',
      failure: { code: 'server-error' },
      read: 120,
    });
  });

  it('that names a pool twice has it read once', async () => {
    const clock = new VirtualClock();
    const pool = { id: 'p_1', name: 'p' };
    const list = (token: string | null) => succeeded({ items: [pool], next: token === null ? '1' : null });
    const { units } = await readFake(
      fakeCloud({ accounts: accountIds(1), regions: enabled('eu-west-1'), unit: () => ({ list }) }),
      clock,
    );
    expect(units.get('200000000000/eu-west-1')).toMatchObject({ status: 'read', pools: 1, read: 1 });
  });
});

describe('regions', () => {
  const refusing =
    (...regions: string[]): NonNullable<FakeOptions['gate']> =>
    async (_account, region) =>
      regions.includes(region) ? refusal('UnrecognizedClientException') : null;

  it('newer than the built-in list are read where the account has them and Cognito serves them', async () => {
    const clock = new VirtualClock();
    const regions = enabled('eu-west-1', 'ap-new-9', 'ap-new-8');
    const servesCognito = (region: string) => region === 'ap-new-9';
    const { units } = await readFake(
      fakeCloud({ accounts: accountIds(1), regions, unit: () => ({ pools: 1 }), servesCognito }),
      clock,
    );
    expect(units.get('200000000000/ap-new-9')).toMatchObject({ status: 'read', read: 1 });
    expect(units.has('200000000000/ap-new-8')).toBe(false);
  });

  it('that refuse the credentials are gaps where no region takes them', async () => {
    const clock = new VirtualClock();
    const everywhere: FakeOptions['gate'] = async () => refusal('UnrecognizedClientException');
    const regions = { ...refusal('TimeoutError', 'network'), retry: 'transient' as const };
    const { units } = await readFake(
      fakeCloud({ accounts: accountIds(1), regions, unit: () => ({}), gate: everywhere }),
      clock,
    );
    expect(new Set([...units.values()].map(({ status }) => status))).toEqual(new Set(['gap']));
    expect(units.size).toBe(34);
  });

  it('that refuse them are skipped where another takes them, whichever answers first', async () => {
    const clock = new VirtualClock();
    const regions = { ...refusal('TimeoutError', 'network'), retry: 'transient' as const };
    const gate: FakeOptions['gate'] = async (account, region, ...asked) => {
      await clock.sleep(region === 'us-west-2' ? 5000 : 10);
      return region === 'us-west-2'
        ? null
        : ((await refusing('af-south-1', 'eu-west-1')(account, region, ...asked)) ??
            refusal('UnrecognizedClientException'));
    };
    const { units } = await readFake(fakeCloud({ accounts: accountIds(1), regions, unit: () => ({}), gate }), clock);
    expect(units.get('200000000000/af-south-1')).toMatchObject({ status: 'skipped', skipReason: 'region-not-enabled' });
    expect(units.get('200000000000/eu-west-1')).toMatchObject({ status: 'gap', failure: { code: 'credentials' } });
    expect(units.get('200000000000/us-west-2')?.status).toBe('read');
  });

  it('that are enabled and refuse the credentials are gaps', async () => {
    const clock = new VirtualClock();
    const { units } = await readFake(
      fakeCloud({
        accounts: accountIds(1),
        regions: enabled('af-south-1', 'eu-west-1'),
        unit: () => ({}),
        gate: refusing('af-south-1'),
      }),
      clock,
    );
    expect(units.get('200000000000/af-south-1')).toMatchObject({ status: 'gap', failure: { code: 'credentials' } });
  });
});
