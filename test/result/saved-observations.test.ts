import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/domain/result/result.ts';
import { UserError } from '../../src/errors.ts';
import { replay } from '../../src/result/saved-observations.ts';
import {
  aGap,
  anAccount,
  anException,
  aPool,
  aResult,
  aSkip,
  aUnit,
  listOf,
  streamed,
  type Records,
} from '../report/a-result.ts';

const [one, other] = ['111111111111', '222222222222'] as const;
const [west, east] = ['eu-west-1', 'us-east-1'] as const;
const failure = { code: 'AccessDenied', message: 'no', remedy: 'Allow it.' } as const;
const open = { ...failure, region: null, poolId: null };

function saved(records: Records): Result {
  return aResult({ accounts: [anAccount({ id: one }), anAccount({ id: other })], ...records });
}

/** What comes back, with the ids of each unit's pools. */
async function replayed(records: Records) {
  const replaying = await replay(saved(records), 'last.json');
  const { observed } = replaying;
  const units = [];
  for (const finished of await listOf(streamed(observed.store.units()))) {
    const pools = await observed.store.poolsOf(finished);
    units.push({ ...finished, pools });
  }
  await replaying.close();
  return { ...observed, units };
}

async function idsOf(records: Records): Promise<readonly (readonly string[])[]> {
  return (await replayed(records)).units.map(({ pools }) => pools.map(({ poolId }) => poolId));
}

describe('a saved result gives back', () => {
  test('accounts, and which of them were rightly not read', async () => {
    const left = aSkip({ scope: 'account', accountId: other, region: null, reason: 'left-out' });
    const { accounts, skippedAccounts } = await replayed({ skipped: [aSkip(), left] });
    expect(accounts).toEqual([anAccount({ id: one }), anAccount({ id: other })]);
    expect(skippedAccounts).toEqual([left]);
  });

  test('units as they were read, each with its pools', async () => {
    const units = [
      aUnit({ accountId: one, region: west, pools: 2 }),
      aUnit({ accountId: one, region: 'eu-west-2', status: 'skipped', reason: 'region-not-enabled', pools: 0 }),
      aUnit({ accountId: one, region: east, pools: 1 }),
      aUnit({ accountId: other, region: east, pools: 1 }),
    ];
    const pools = [
      aPool({ accountId: one, region: west, poolId: 'eu-west-1_1' }),
      aPool({ accountId: one, region: west, poolId: 'eu-west-1_2' }),
      aPool({ accountId: one, region: east, poolId: 'us-east-1_1' }),
      aPool({ accountId: other, region: east, poolId: 'us-east-1_2' }),
    ];
    const { units: given } = await replayed({ units, pools });
    const readAt = '2026-11-18T02:12:00.000Z';
    const asRead = { status: 'read', skipReason: null, failure: null, readAt };
    expect(given.map(({ unit }) => unit)).toEqual([
      { ...asRead, accountId: one, region: west, pools: 2 },
      { ...asRead, accountId: one, region: 'eu-west-2', status: 'skipped', skipReason: 'region-not-enabled', pools: 0 },
      { ...asRead, accountId: one, region: east, pools: 1 },
      { ...asRead, accountId: other, region: east, pools: 1 },
    ]);
    expect(await idsOf({ units, pools })).toEqual([
      ['eu-west-1_1', 'eu-west-1_2'],
      [],
      ['us-east-1_1'],
      ['us-east-1_2'],
    ]);
  });

  test('of each unit the pools that were deleted while it was read', async () => {
    const deleted = { scope: 'pool', reason: 'pool-deleted', accountId: one } as const;
    const skipped = [
      aSkip({ ...deleted, region: west, poolId: 'eu-west-1_1' }),
      aSkip({ ...deleted, region: west, poolId: 'eu-west-1_2' }),
      aSkip({ ...deleted, region: east, poolId: 'us-east-1_1' }),
      aSkip({ accountId: one, region: east }),
    ];
    const units = [west, east, 'us-west-2'].map((region) => aUnit({ accountId: one, region }));
    const { units: given } = await replayed({ units, skipped });
    expect(given.map(({ skippedPools }) => skippedPools)).toEqual([
      ['eu-west-1_1', 'eu-west-1_2'],
      ['us-east-1_1'],
      [],
    ]);
  });

  test('why a region was not read, once, with its unit', async () => {
    const gap = aGap({ ...failure, accountId: one, region: west });
    const { units, gaps } = await replayed({
      units: [aUnit({ accountId: one, region: west, status: 'gap', reason: 'AccessDenied' })],
      gaps: [gap],
    });
    expect(units.map(({ unit }) => unit)).toMatchObject([{ status: 'gap', skipReason: null, failure }]);
    expect(gaps).toEqual([]);
  });

  test('every other gap but those of pools as one that nothing accepts yet', async () => {
    const accepted = { ...anException, reason: 'known' };
    const { gaps } = await replayed({
      units: [
        aUnit({ accountId: one, region: west, status: 'gap', reason: 'AccessDenied' }),
        aUnit({ accountId: one, region: east }),
      ],
      gaps: [
        aGap({ ...open, scope: 'organization', accountId: null, accepted }),
        aGap({ ...open, scope: 'account', accountId: one, accepted }),
        aGap({ ...failure, accountId: one, region: west }),
        aGap({ ...failure, accountId: one, region: west, code: 'throttled' }),
        aGap({ ...failure, accountId: one, region: east }),
        aGap({ ...failure, scope: 'pool', accountId: one, region: east, poolId: 'us-east-1_1' }),
      ],
      pools: [aPool({ accountId: one, region: east, poolId: 'us-east-1_1' })],
    });
    expect(gaps).toEqual([
      { ...open, scope: 'organization', accountId: null },
      { ...open, scope: 'account', accountId: one },
      { ...failure, scope: 'region', accountId: one, region: west, poolId: null, code: 'throttled' },
      { ...failure, scope: 'region', accountId: one, region: east, poolId: null },
    ]);
  });

  test('a gap, too, where it does not say why a region was not read, and none where it was', async () => {
    const { units } = await replayed({
      units: [
        aUnit({ region: west, status: 'gap', reason: 'AccessDenied' }),
        aUnit({ region: east, status: 'skipped', reason: null }),
        aUnit({ region: 'us-west-2', reason: 'left-out' }),
      ],
    });
    const unexplained = { code: 'malformed', message: 'The saved result does not say why.', remedy: 'Audit again.' };
    expect(units.map(({ unit }) => [unit.status, unit.skipReason, unit.failure])).toEqual([
      ['gap', null, unexplained],
      ['gap', null, unexplained],
      ['read', null, null],
    ]);
  });

  test('of an interrupted run the accounts of which nothing is known', async () => {
    const ids = ['1', '2', '3', '4'].map((digit) => digit.repeat(12));
    const [read = '', left = '', denied = ''] = ids;
    const records = {
      accounts: ids.map((id) => anAccount({ id })),
      units: [aUnit({ accountId: read })],
      skipped: [aSkip({ scope: 'account', accountId: left, region: null, reason: 'left-out' })],
      gaps: [aGap({ ...open, scope: 'account', accountId: denied })],
    } as const;
    expect((await replayed({ ...records, run: { interrupted: true } })).unfinishedAccounts).toEqual(['4'.repeat(12)]);
    expect((await replayed(records)).unfinishedAccounts).toEqual([]);
  });
});

describe('the configuration of a pool', () => {
  const units = [aUnit({ accountId: one, region: west })];
  const place = { scope: 'pool', accountId: one, region: west, poolId: 'eu-west-1_1' } as const;
  const unread = aPool({ ...place, config: null, status: 'unreadable' });

  async function configOf(...gaps: Records['gaps'] & {}) {
    const second = aPool({ accountId: one, region: west, poolId: 'eu-west-1_2' });
    const { units: given } = await replayed({ units, gaps, pools: [unread, second] });
    const [first, last] = given[0]?.pools ?? [];
    expect(last?.mfaConfig).toEqual({ read: true, value: second.config });
    return first?.mfaConfig;
  }

  test('that could not be read is unread for the same reason', async () => {
    expect(await configOf(aGap({ ...place, ...failure }))).toMatchObject({ read: false, failure });
  });

  test('is unread for the first of several reasons', async () => {
    const later = aGap({ ...place, ...failure, code: 'throttled' });
    expect(await configOf(aGap({ ...place, ...failure }), later)).toMatchObject({ failure: { code: 'AccessDenied' } });
    const region = aGap({ accountId: one, region: west });
    expect(await configOf(region, aGap({ ...place, ...failure }))).toMatchObject({ failure: { code: 'AccessDenied' } });
  });

  test.each(['selector-unreadable', 'expectation-unreadable'] as const)(
    'is not unread for what policies of then made: %s',
    async (code) => {
      const made = aGap({ ...place, ...failure, code });
      expect(await configOf(made)).toMatchObject({ failure: { code: 'malformed' } });
      expect(await configOf(made, aGap({ ...place, ...failure }))).toMatchObject({ failure: { code: 'AccessDenied' } });
    },
  );

  test('has its own reason, and not that of another pool', async () => {
    const third = aPool({ ...place, poolId: 'eu-west-1_3', config: null, status: 'unreadable' });
    const gaps = [
      aGap({ ...place, ...failure }),
      aGap({ ...place, ...failure, poolId: 'eu-west-1_3', code: 'network' }),
    ];
    const { units: given } = await replayed({ units, gaps, pools: [unread, third] });
    expect(given[0]?.pools.map(({ mfaConfig }) => (mfaConfig.read ? null : mfaConfig.failure.code))).toEqual([
      'AccessDenied',
      'network',
    ]);
  });
});

describe('a result that is not whole is refused', () => {
  const units = [aUnit({ accountId: one, region: west })];
  const stray = (region: string, accountId: string) =>
    new UserError(
      `last.json is not whole or not in order: pool ${region}_1 belongs to no unit ${accountId} ${region} of it.`,
    );

  test.each([
    ['account', other, west],
    ['region', one, east],
  ])('where a pool lies in a unit of another %s', async (_what, accountId, region) => {
    const pool = aPool({ accountId, region, poolId: `${region}_1` });
    await expect(replayed({ units, pools: [pool] })).rejects.toThrow(stray(region, accountId));
    await expect(replayed({ units: [], pools: [pool] })).rejects.toThrow(stray(region, accountId));
  });

  test('where it has a gap of a pool, and not the pool', async () => {
    const gaps = [aGap({ scope: 'pool', accountId: one, region: west, poolId: 'eu-west-1_1' })];
    await expect(replayed({ units, gaps })).rejects.toThrow(
      new UserError('last.json has a gap of pool eu-west-1_1, and not the pool.'),
    );
  });
});
