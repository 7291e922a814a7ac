/** Reading an organization, whole: what it resolves with, how it ends, and how much goes on at a time. */
import { describe, expect, it } from 'vitest';
import { noReads } from '../../src/domain/model/api/reads.ts';
import { UserError } from '../../src/errors.ts';
import { failed, succeeded } from '../../src/pacing/call-result.ts';
import type { AccountCalls, Cloud } from '../../src/ports/cloud.ts';
import { newProgress } from '../../src/reading/progress/reading-progress.ts';
import { readOrganization, type ReadingOptions } from '../../src/reading/read-organization.ts';
import { defaultSettings } from '../default-settings.ts';
import { throttledFailure, virtualCalls } from '../pacing/service.ts';
import { statesOf } from './a-run.ts';
import { denied } from './a-source.ts';
import { fakeCloud, refusal, type FakeOptions } from './fake-cloud.ts';
import { VirtualClock } from './virtual-clock.ts';

const [first, second] = ['111122220001', '111122220002'];
const enabled = statesOf({ 'eu-west-1': 'ENABLED' });
const own = { id: 'o-exampleorg', managementAccountId: first };

interface World extends Partial<FakeOptions> {
  readonly organization?: Partial<Cloud['organization']>;
  readonly calls?: (accountId: string) => Partial<AccountCalls>;
  readonly scope?: Partial<ReadingOptions['scope']>;
  readonly settings?: object;
  readonly sink?: Partial<ReadingOptions['sink']>;
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

function reading(world: World = {}, clock = new VirtualClock()) {
  const { organization, calls: more = () => ({}), scope, settings, sink, concurrency = 64, signal, ...options } = world;
  const plain = fakeCloud({ accounts: [first, second], regions: enabled, unit: () => ({ pools: 1 }), ...options });
  const cloud: Cloud = {
    ...plain,
    organization: { ...plain.organization, describe: async () => succeeded(own), ...organization },
    account: (id) => ({ ...plain.account(id), ...more(id) }),
  };
  const { calls, counts } = virtualCalls(clock, concurrency, signal);
  const progress = newProgress();
  const units: string[] = [];
  const work = readOrganization({
    cloud,
    calls,
    progress,
    scope: {
      settings: {
        ...defaultSettings,
        accounts: { kind: 'organization' },
        regions: { kind: 'list', regions: ['eu-west-1'] },
        limits: { ...defaultSettings.limits, concurrency, quotaShare: 1 },
        ...settings,
      },
      needs: { accountNames: false, accountPaths: false, accountTags: false, furtherReads: () => noReads },
      filters: { accounts: null, regions: null, shard: null },
      namedUnits: [],
      ...scope,
    },
    sink: {
      isFinished: () => false,
      beginUnit: (id) => ({ pools: async () => {}, finish: async ({ status }) => void units.push(`${id} ${status}`) }),
      ...sink,
    },
  });
  return { work, clock, progress, units, counts };
}

async function read(world: World = {}) {
  const { work, clock, ...others } = reading(world);
  return { found: await clock.run(work), clock, ...others };
}

describe('it resolves with', () => {
  it('who asked, which accounts there are, and nothing that is missing', async () => {
    const { found, progress, units } = await read();
    expect(found).toMatchObject({
      discovery: {
        callerArn: 'arn:aws:iam::100000000000:user/auditor',
        organizationId: 'o-exampleorg',
        managementAccountId: first,
        accounts: [{ id: first }, { id: second }],
        skipped: [],
      },
      gaps: [],
      unfinished: [],
      interrupted: false,
    });
    expect(units.sort()).toEqual([`${first} read`, `${second} read`]);
    expect(progress).toMatchObject({ accountsDone: 2, accountsTotal: 2, unitsDone: 2, unitsFound: 2, unitsTotal: 2 });
  });

  it('no organization, where that could not be asked, and what was not known', async () => {
    const { found } = await read({ organization: { describe: async () => failed(denied) } });
    expect(found.discovery).toMatchObject({
      organizationId: null,
      managementAccountId: null,
      unreadFacts: expect.arrayContaining([expect.objectContaining({ fact: 'organization' })]),
    });
  });

  it('the gaps of accounts, and why a role is missing in the management account', async () => {
    const missing = { ...denied, message: 'sts:AssumeRole: AccessDenied: no' };
    const { found } = await read({ calls: () => ({ ready: async () => failed(missing) }) });
    const why =
      'Allow it. A service-managed StackSet never reaches the management account: deploy the role there as a stack of its own.';
    const remedies = found.gaps.map(({ accountId, remedy }) => [accountId, remedy]);
    expect(remedies).toEqual([
      [first, why],
      [second, 'Allow it.'],
    ]);
    const nobody = await read({
      calls: () => ({ ready: async () => failed(missing) }),
      organization: { describe: async () => failed(denied) },
    });
    expect(nobody.found.gaps.map(({ remedy }) => remedy)).toEqual(['Allow it.', 'Allow it.']);
  });

  it('whose the credentials are, where that is wanted', async () => {
    let asked = 0;
    const calls = () => ({
      confirm: async () => {
        asked += 1;
        return succeeded(undefined);
      },
    });
    await read({ calls });
    expect(asked).toBe(0);
    await read({ calls, scope: { confirmsOwners: true } });
    expect(asked).toBe(2);
  });

  it('the accounts that are known while they are listed, each counted as soon as it is', async () => {
    const totals: (number | null)[] = [];
    const clock = new VirtualClock();
    const world = reading(
      {
        gate: async () => {
          await clock.sleep(1000);
          totals.push(world.progress.accountsTotal);
          return null;
        },
      },
      clock,
    );
    await clock.run(world.work);
    expect(totals.every((total) => total === 2)).toBe(true);
  });
});

describe('it does not begin', () => {
  it.each<[string, World, string]>([
    [
      'in a region that is none',
      { settings: { regions: { kind: 'list', regions: ['eu-wst-1'] } } },
      '"eu-wst-1" is no region that serves Cognito user pools',
    ],
    [
      'where accounts can’t be listed',
      { organization: { accounts: async () => failed(denied) } },
      'The accounts of the organization cannot be listed (AccessDeniedException).',
    ],
  ])('%s, and says so', async (_where, world, says) => {
    const { work, clock } = reading(world);
    const begun = clock.run(work);
    await expect(begun).rejects.toThrow(UserError);
    await expect(begun).rejects.toThrow(says);
  });
});

describe('it ends', () => {
  const bug = new Error('a mistake of ours');

  it.each<[string, World]>([
    [
      'where a unit is taken',
      { sink: { beginUnit: () => ({ pools: () => Promise.reject(bug), finish: async () => {} }) } },
    ],
    [
      'where an account is asked',
      {
        calls: () => ({
          ready: () => {
            throw bug;
          },
        }),
      },
    ],
    [
      'where a unit is opened',
      {
        calls: () => ({
          userPools: () => {
            throw bug;
          },
        }),
      },
    ],
  ])('with the first mistake in the program, %s, and asks nothing more', async (_where, world) => {
    const { work, clock, counts } = reading(world);
    await expect(clock.run(work)).rejects.toBe(bug);
    const { calls } = counts;
    await clock.run(clock.sleep(60_000));
    expect(counts.calls).toBe(calls);
  });

  it('interrupted, with what is known, and no mistake', async () => {
    const abort = new AbortController();
    const clock = new VirtualClock();
    const gate: FakeOptions['gate'] = async (id, _region, operation) => {
      await clock.sleep(id === first ? 1000 : 9000);
      if (operation === 'mfaConfig') abort.abort(130);
      return null;
    };
    const { work, units } = reading({ gate, signal: abort.signal }, clock);
    const found = await clock.run(work);
    expect(found).toMatchObject({ interrupted: true, unfinished: [second], gaps: [] });
    expect(found.discovery.accounts).toHaveLength(2);
    expect(units).toEqual([`${first} read`]);
  });

  it('before it began, with nothing', async () => {
    const { work, clock } = reading({ signal: AbortSignal.abort(130) });
    expect(await clock.run(work)).toMatchObject({ interrupted: true, discovery: { accounts: [] } });
  });
});

describe('so many go on at a time', () => {
  /** Units that are open, and accounts that were entered, once nothing goes on since no pool is answered for. */
  async function waiting(concurrency: number, perSecond: number, pools: number) {
    const clock = new VirtualClock();
    const abort = new AbortController();
    let open = 0;
    const accounts = Array.from({ length: 200 }, (_, at) => String(200_000_000_000 + at));
    const sink: World['sink'] = {
      beginUnit() {
        open += 1;
        return { pools: async () => {}, finish: async () => {} };
      },
    };
    // What waits to be asked again holds no slot.
    const gate: FakeOptions['gate'] = async (_id, _region, operation) => {
      await clock.sleep(1);
      return operation === 'list' ? null : throttledFailure;
    };
    const asked = new Set<string>();
    const calls = (id: string) => {
      const ready = async () => {
        asked.add(id);
        return succeeded(undefined);
      };
      return { ready };
    };
    const limits = { ...defaultSettings.limits, concurrency, quotaShare: 1 };
    const quotas = { ...limits.quotas, UserPoolResourceRead: perSecond };
    const settings = { limits: { ...limits, quotas } };
    const { work } = reading(
      { accounts, unit: () => ({ pools }), sink, gate, calls, concurrency, settings, signal: abort.signal },
      clock,
    );
    await clock.run(clock.sleep(60_000));
    const counts = { open, entered: asked.size };
    abort.abort(130);
    await clock.run(work);
    return counts;
  }

  // A slot is free again after 20 ms at best: at 20 a second 2.5 units fill one, and at most eight are open for it.
  it.each([
    ['as many units as fill every slot', 20, 20],
    ['twice as many as there are slots at least', 1000, 16],
    ['eight times as many at most', 1, 64],
  ])('%s', async (_what, perSecond, open) => {
    expect(await waiting(8, perSecond, 2)).toMatchObject({ open });
    expect(await waiting(8, perSecond, 60)).toMatchObject({ open });
  });

  // Before those that are open: four small ones for each slot, or one large one, four that came from the sweep for each,
  // four that wait for it, and one in the hands of each of the eight who enter accounts.
  it.each([
    ['small', 2, 20 + 4 * 8 + 4 * 8 + 4 * 8 + 8],
    ['large', 60, 20 + 8 + 4 * 8 + 4 * 8 + 8],
  ])('and few accounts are entered before it is the turn of their %s units', async (_what, pools, entered) => {
    expect(await waiting(8, 20, pools)).toMatchObject({ entered });
  });
});

it('one account that can’t be entered keeps no other from being read', async () => {
  const { found, units } = await read({
    calls: (id) => (id === first ? { ready: async () => failed(refusal('ExpiredToken')) } : {}),
  });
  expect(found.gaps).toMatchObject([{ scope: 'account', accountId: first, code: 'credentials' }]);
  expect(units).toEqual([`${second} read`]);
});
