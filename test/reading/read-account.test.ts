/** One account: its credentials, its regions, and what a refusal in one of them means. */
import { describe, expect, it } from 'vitest';
import { readSet, type PoolRead } from '../../src/domain/model/api/reads.ts';
import { failed, succeeded, type CallFailure } from '../../src/pacing/call-result.ts';
import type { AccountCalls, Cloud } from '../../src/ports/cloud.ts';
import { readAccount } from '../../src/reading/read-account.ts';
import { UnitLeft } from '../../src/reading/progress/reading-progress.ts';
import { account, aRun, statesOf, type RunOptions } from './a-run.ts';
import { denied, notFound } from './a-source.ts';
import { fakeCloud, refusal, type FakeOptions } from './fake-cloud.ts';
import { VirtualClock } from './virtual-clock.ts';

const enabled = statesOf({ 'eu-west-1': 'ENABLED' });

interface World extends RunOptions, Partial<Omit<FakeOptions, 'accounts'>> {
  readonly clock?: VirtualClock;
  readonly calls?: Partial<AccountCalls>;
  /** So many other units are under way. */
  readonly others?: number;
}

async function readOne({ clock, calls, others = 0, ...options }: World = {}) {
  const { regions = enabled, unit = () => ({}), gate, servesCognito } = options;
  const plain = fakeCloud({
    accounts: [],
    regions,
    unit,
    ...(gate === undefined ? {} : { gate }),
    ...(servesCognito === undefined ? {} : { servesCognito }),
  });
  const cloud: Cloud = { ...plain, account: (id) => ({ ...plain.account(id), ...calls }) };
  const world = aRun(cloud, options, clock);
  const { run, units } = world;
  const left = { requests: { UserPoolRead: 0, UserPoolResourceRead: 0 }, isEnded: true };
  for (let count = 0; count < others; count += 1) run.progress.underWay.add(new UnitLeft(left, {} as never));
  await world.ended(readAccount(run, account));
  const told = Object.fromEntries(
    [...units].map(
      ([
        region,
        {
          unit: { status, skipReason, failure },
        },
      ]) => [region, status === 'read' ? status : (skipReason ?? failure?.code)],
    ),
  );
  return { ...world, told };
}

describe('an account', () => {
  it('without credentials is a gap, is done, and is asked nothing', async () => {
    const { run, units } = await readOne({ calls: { ready: async () => failed(denied) } });
    expect(run.registry.gaps).toEqual([
      {
        scope: 'account',
        accountId: account.id,
        region: null,
        poolId: null,
        code: 'AccessDenied',
        message: 'AccessDeniedException',
        remedy: 'Allow it.',
      },
    ]);
    expect([run.registry.unfinished(), run.progress.accountsDone, units.size]).toEqual([[], 1, 0]);
  });

  it('is asked whose its credentials are where that is wanted, once there are any', async () => {
    const steps: string[] = [];
    const calls: Partial<AccountCalls> = {
      ready: async () => {
        steps.push('ready');
        return succeeded(undefined);
      },
      confirm: async () => {
        steps.push('confirm');
        return failed(refusal('AnotherAccount'));
      },
    };
    const { run } = await readOne({ calls, confirms: true });
    expect(steps).toEqual(['ready', 'confirm']);
    expect(run.registry.gaps).toMatchObject([{ scope: 'account', code: 'credentials' }]);
    steps.length = 0;
    expect((await readOne({ calls })).told).toEqual({ 'eu-west-1': 'read' });
    expect(steps).not.toContain('confirm');
  });

  it('is done once all of its units are, and not before', async () => {
    const clock = new VirtualClock();
    const done: number[] = [];
    const gate: FakeOptions['gate'] = async (_id, region) => {
      await clock.sleep(region === 'eu-west-1' ? 10 : 20);
      done.push(world.run.progress.accountsDone);
      return null;
    };
    const regions = statesOf({ 'eu-west-1': 'ENABLED', 'eu-west-2': 'ENABLED' });
    const cloud = fakeCloud({ accounts: [], regions, unit: () => ({ pools: 1 }), gate });
    const world = aRun(cloud, { wanted: ['eu-west-1', 'eu-west-2', 'us-east-1'] }, clock);
    await world.ended(readAccount(world.run, account));
    expect(done).toEqual([0, 0, 0, 0]);
    expect(world.run.progress).toMatchObject({ accountsDone: 1, unitsDone: 3, unitsFound: 3, pools: 2 });
    expect(world.run.registry.unfinished()).toEqual([]);
  });

  it('tells which regions the configuration leaves out', async () => {
    const regions = statesOf({ 'eu-west-1': 'ENABLED', 'eu-north-1': 'ENABLED_BY_DEFAULT' });
    const { run } = await readOne({ regions });
    expect(run.registry.accounts()).toMatchObject([{ id: account.id, regionsNotAudited: ['eu-north-1'] }]);
  });

  it('that an earlier run has finished is done without being asked', async () => {
    const finished = ['eu-west-1', 'us-east-1'].map((region) => `${account.id}/${region}`);
    const { run, units, lines } = await readOne({ finished, wanted: ['eu-west-1', 'us-east-1'] });
    expect([units.size, lines]).toEqual([0, []]);
    expect(run.progress).toMatchObject({ accountsDone: 1, unitsDone: 2, unitsFound: 2 });
    expect(run.registry.unfinished()).toEqual([]);
  });

  it('goes on with the units that an earlier run has not finished', async () => {
    const regions = statesOf({ 'eu-west-1': 'ENABLED', 'eu-west-2': 'ENABLED' });
    const finished = [`${account.id}/eu-west-2`];
    const { run, told } = await readOne({ regions, finished, wanted: ['eu-west-1', 'eu-west-2', 'us-east-1'] });
    expect(told).toEqual({ 'us-east-1': 'region-not-enabled', 'eu-west-1': 'read' });
    expect(run.progress).toMatchObject({ accountsDone: 1, unitsDone: 3, unitsFound: 3 });
  });
});

describe('a region that refuses the credentials', () => {
  const refused = refusal('UnrecognizedClientException');
  const unlisted: CallFailure = { ...refusal('ECONNREFUSED', 'network') };
  const wanted = ['af-south-1', 'eu-west-1', 'eu-west-2'];

  /** What becomes of af-south-1, which must be enabled, and of eu-west-1, which need not. */
  async function refusing(states: FakeOptions['regions'], failure: CallFailure, others: CallFailure | null = null) {
    const gate: FakeOptions['gate'] = async (_id, region) => (region === 'eu-west-2' ? others : failure);
    return (await readOne({ regions: states, gate, wanted })).told;
  }
  const gaps = { 'af-south-1': 'credentials', 'eu-west-1': 'credentials' };
  const skips = { 'af-south-1': 'region-not-enabled', 'eu-west-1': 'credentials' };

  it.each(['UnrecognizedClientException', 'InvalidClientTokenId', 'OptInRequired', 'RegionDisabledException'])(
    'by %s is skipped only where it must be enabled, and another took them',
    async (name) => {
      expect(await refusing(unlisted, refusal(name))).toEqual({ ...skips, 'eu-west-2': 'read' });
      expect(await refusing(unlisted, refusal(name), refusal(name))).toEqual({ ...gaps, 'eu-west-2': 'credentials' });
    },
  );

  it('proves nothing, whatever it is counted among', async () => {
    const optIn = refusal('OptInRequired', 'AccessDenied');
    expect(await refusing(unlisted, optIn, optIn)).toEqual({
      'af-south-1': 'AccessDenied',
      'eu-west-1': 'AccessDenied',
      'eu-west-2': 'AccessDenied',
    });
  });

  it('by another name is a gap', async () => {
    expect(await refusing(unlisted, refusal('InvalidSignatureException'))).toEqual({ ...gaps, 'eu-west-2': 'read' });
  });

  it('by the word of a proxy is a gap', async () => {
    const { serviceStatus: _, ...proxied } = refused;
    expect(await refusing(unlisted, proxied)).toEqual({ ...gaps, 'eu-west-2': 'read' });
  });

  it('is skipped where another denies by name, which comes after the credentials were taken', async () => {
    expect(await refusing(unlisted, refused, denied)).toEqual({ ...skips, 'eu-west-2': 'AccessDenied' });
  });

  it('is a gap where another could not be reached, or a proxy denied', async () => {
    const { serviceStatus: _, ...proxied } = denied;
    expect(await refusing(unlisted, refused, unlisted)).toEqual({ ...gaps, 'eu-west-2': 'network' });
    expect(await refusing(unlisted, refused, proxied)).toEqual({ ...gaps, 'eu-west-2': 'AccessDenied' });
  });

  it('is skipped where listing the regions was denied by name, so that the credentials were taken', async () => {
    expect(await refusing(denied, refused, refused)).toEqual({ ...skips, 'eu-west-2': 'credentials' });
  });

  it('is skipped while it is enabled or disabled, and a gap where it is said to be enabled', async () => {
    const changing = statesOf({ 'af-south-1': 'ENABLING', 'eu-west-1': 'DISABLING', 'eu-west-2': 'ENABLED' });
    const sure = statesOf({ 'af-south-1': 'ENABLED', 'eu-west-1': 'ENABLED', 'eu-west-2': 'ENABLED' });
    expect(await refusing(changing, refused)).toEqual({
      'af-south-1': 'region-not-enabled',
      'eu-west-1': 'region-not-enabled',
      'eu-west-2': 'read',
    });
    expect(await refusing(sure, refused)).toEqual({ ...gaps, 'eu-west-2': 'read' });
  });

  it('is counted once, with its account, however late its doubt is settled', async () => {
    const gate: FakeOptions['gate'] = async () => refused;
    const { run, units } = await readOne({ regions: unlisted, gate, wanted });
    expect(run.progress).toMatchObject({ accountsDone: 1, unitsDone: 3, unitsFound: 3 });
    expect(units.get('af-south-1')?.unit).toEqual({
      accountId: account.id,
      region: 'af-south-1',
      status: 'gap',
      skipReason: null,
      failure: { code: 'credentials', message: 'UnrecognizedClientException', remedy: '' },
      pools: 0,
      readAt: '1970-01-01T00:00:00.000Z',
    });
  });
});

describe('a unit', () => {
  it('is swept, and goes on in the line of its size: one whose first page is full may have more', async () => {
    expect((await readOne({ unit: () => ({ pools: 0 }) })).lines).toEqual(['sweep']);
    expect((await readOne({ unit: () => ({ pools: 59 }) })).lines).toEqual(['sweep', 'small']);
    expect((await readOne({ unit: () => ({ pools: 60 }) })).lines).toEqual(['sweep', 'large']);
  });

  it('whose credentials have ended before it is opened is a gap', async () => {
    let times = 0;
    const ready = async () => ((times += 1) > 2 ? failed(denied) : succeeded(undefined));
    expect((await readOne({ unit: () => ({ pools: 1 }), calls: { ready } })).told).toEqual({
      'eu-west-1': 'AccessDenied',
    });
  });

  it('that is small lets the others go first', async () => {
    const urgencies = async (pools: number) =>
      (await readOne({ unit: () => ({ pools }) })).quotas.slice(-2).map(({ made }) => made.urgency);
    expect(await urgencies(59)).toEqual(['later', 'later']);
    expect(await urgencies(60)).toEqual(['soon', 'soon']);
  });

  it('shares what is known of its endpoint with the region, and its quotas with nobody', async () => {
    const { quotas } = await readOne({ unit: () => ({ pools: 1 }) });
    expect(quotas.map(({ about: { name, endpoint, perSecond } }) => [name, endpoint, perSecond])).toEqual([
      ['account:ListRegions', undefined, 5],
      [`${account.id}/eu-west-1/UserPoolRead`, 'cognito-idp/eu-west-1', 15],
      [`${account.id}/eu-west-1/UserPoolResourceRead`, 'cognito-idp/eu-west-1', 20],
    ]);
  });

  it('is under way until it ends, with what is left of it', async () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    const gate: FakeOptions['gate'] = async (_id, _region, operation) => {
      await clock.sleep(10);
      if (operation !== 'list') seen.push([...world.run.progress.underWay][0]?.callsLeft() ?? -1);
      return null;
    };
    const cloud = fakeCloud({ accounts: [], regions: enabled, unit: () => ({ pools: 9 }), gate });
    const world = aRun(cloud, {}, clock);
    await world.ended(readAccount(world.run, account));
    // Eight are begun beside each other, of which each leaves one less; the ninth comes after them.
    expect([seen[0], seen.at(-1)]).toEqual([9, 1]);
    expect(world.run.progress.underWay.size).toBe(0);
  });

  it('hands on its pools with what each needs, and those that are gone', async () => {
    const gate: FakeOptions['gate'] = async (_id, _region, read, id) =>
      read === 'mfaConfig' && id === 'p_1' ? notFound : null;
    let listings = 0;
    const list = () => {
      listings += 1;
      const ids = listings === 1 ? ['p_0', 'p_1'] : ['p_0'];
      return succeeded({ items: ids.map((id) => ({ id, name: id })), next: null });
    };
    const needed: NonNullable<RunOptions['needed']> = (id, region, { id: poolId, name }) =>
      readSet(`${id}/${region}/${poolId}/${name}` === `${account.id}/eu-west-1/p_0/p_0` ? ['userPool'] : []);
    const { units } = await readOne({ unit: () => ({ list }), gate, needed });
    expect(units.get('eu-west-1')).toMatchObject({
      unit: { status: 'read', pools: 2 },
      pools: [{ poolId: 'p_0', userPool: { read: true } }],
      gone: ['p_1'],
    });
  });

  it('ends with the failure that broke it off, when it did', async () => {
    const clock = new VirtualClock();
    const gate: FakeOptions['gate'] = async (_id, _region, operation) => {
      await clock.sleep(operation === 'list' ? 0 : 1000);
      return operation === 'list' ? null : { ...refusal('InternalErrorException', 'server-error'), retry: 'no' };
    };
    const { units } = await readOne({ clock, unit: () => ({ pools: 9 }), gate });
    expect(units.get('eu-west-1')?.unit).toMatchObject({
      accountId: account.id,
      region: 'eu-west-1',
      status: 'gap',
      failure: { code: 'server-error' },
      pools: 5,
      readAt: clock.date().toISOString(),
    });
    expect(clock.now()).toBeGreaterThan(0);
  });

  /** How many pools of a unit are read beside each other, while so many other units are under way. */
  async function besides(pools: number, others: number, concurrency = 8): Promise<number> {
    const clock = new VirtualClock();
    let [inFlight, most] = [0, 0];
    const gate = async (_id: string, _region: string, operation: 'list' | PoolRead) => {
      if (operation === 'list') return null;
      inFlight += 1;
      most = Math.max(most, inFlight);
      await clock.sleep(5000);
      inFlight -= 1;
      return null;
    };
    await readOne({ clock, unit: () => ({ pools }), gate, others, concurrency });
    return most;
  }

  it.each([
    ['eight at most', 59, 0, 8],
    ['as many as fill every slot four times over: 32 in 5 units are 7 in each', 59, 4, 7],
    ['two at least', 59, 99, 2],
    ['eight of a large unit, whatever else is under way', 60, 99, 8],
  ])('reads pools beside each other, %s', async (_what, pools, others, expected) => {
    expect(await besides(pools, others)).toBe(expected);
  });
});
