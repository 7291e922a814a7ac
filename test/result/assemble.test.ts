import { byFurtherRead } from '../../src/domain/model/api/reads.ts';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assembleResult, type Evaluator, type Observed } from '../../src/result/assemble.ts';
import { openResultFiles } from '../../src/result/saved/store.ts';
import type { FinishedUnit } from '../../src/run-directory/stored-unit.ts';
import type { Account, Failure, PoolObservation } from '../../src/domain/model/observation.ts';
import type { PoolRecord, PoolStatus, Result, ResultHead } from '../../src/domain/result/result.ts';
import { anException } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';
import type { OpenGap } from '../../src/reading/sink.ts';

const denied: Failure = { code: 'AccessDenied', message: 'denied', remedy: 'allow it' };
const readAt = '2026-11-22T02:00:00.000Z';

function account(id: string): Account {
  return { id, arn: null, name: `account ${id}`, state: 'ACTIVE', path: null, tags: null, regionsNotAudited: null };
}

function unit(
  accountId: string,
  region: string,
  pools: readonly string[],
  failure: Failure | null = null,
): FinishedUnit {
  return {
    unit: {
      accountId,
      region,
      status: failure === null ? 'read' : 'gap',
      skipReason: null,
      failure,
      pools: pools.length,
      readAt,
    },
    skippedPools: [],
  };
}

function observation(poolId: string): PoolObservation {
  return {
    poolId,
    poolName: poolId,
    observedAt: readAt,
    requestId: null,
    mfaConfig: { read: false, failure: denied },
    ...byFurtherRead(() => null),
  };
}

/** Judges by the pool's id: `drifted-1` drifts, and so on; unreadable ones have a gap. */
const evaluator: Evaluator = {
  pool({ id, name }, region, { poolId, poolName }) {
    const status = poolId.split('-')[0] as PoolStatus;
    const place = { scope: 'pool', accountId: id, region, poolId } as const;
    return {
      record: {
        accountId: id,
        accountName: name,
        region,
        poolId,
        poolName,
        status,
        findings: [],
      } as unknown as PoolRecord,
      gaps: status === 'unreadable' ? [{ ...place, ...denied, accepted: null }] : [],
    };
  },
  accept: (gap: OpenGap) => ({ ...gap, accepted: null }),
  account: () => undefined,
  region: () => undefined,
  unfinished: () => undefined,
};

async function assemble(
  observed: Omit<Observed, 'store'>,
  units: readonly FinishedUnit[],
  pools: Record<string, string[]>,
  judging: Evaluator = evaluator,
) {
  const writer = await openResultFiles(join(await temporaryFolder(), 'result'));
  const store = {
    units: () => units,
    poolsOf: async ({ unit: { accountId, region } }: FinishedUnit) =>
      (pools[`${accountId} ${region}`] ?? []).map(observation),
  };
  const summary = await assembleResult({ ...observed, store }, judging, { failOn: 'low', failOnNew: false }, writer);
  return { summary, result: await writer.result({} as ResultHead) };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const places = async (result: Result): Promise<string[]> =>
  (await all(result.gaps())).map(({ scope, accountId, region, poolId }) =>
    [scope, accountId, region, poolId].join(' ').trim(),
  );

it('keeps one order: the organization, then accounts, their units, their pools', async () => {
  const observed = {
    accounts: [account('111111111111'), account('222222222222')],
    skippedAccounts: [],
    unfinishedAccounts: [],
    gaps: [
      { scope: 'account', accountId: '222222222222', region: null, poolId: null, ...denied },
      { scope: 'organization', accountId: null, region: null, poolId: null, ...denied },
    ] satisfies OpenGap[],
  };
  const units = [
    unit('111111111111', 'eu-west-1', ['unreadable-1', 'drifted-2']),
    unit('111111111111', 'us-east-1', [], denied),
  ];
  const { result } = await assemble(observed, units, { '111111111111 eu-west-1': ['drifted-2', 'unreadable-1'] });
  expect(await places(result)).toEqual([
    'organization',
    'pool 111111111111 eu-west-1 unreadable-1',
    'region 111111111111 us-east-1',
    'account 222222222222',
  ]);
  expect((await all(result.pools())).map(({ poolId }) => poolId)).toEqual(['drifted-2', 'unreadable-1']);
  expect((await all(result.units())).map(({ region, reason }) => [region, reason])).toEqual([
    ['eu-west-1', null],
    ['us-east-1', 'AccessDenied'],
  ]);
});

it('counts listed accounts as audited, skipped or failed; a gap of a pool fails no account, an interruption does', async () => {
  const observed: Omit<Observed, 'store'> = {
    accounts: ['1', '2', '3', '4', '5', '6'].map((digit) => account(digit.repeat(12))),
    skippedAccounts: [{ scope: 'account', accountId: '444444444444', region: null, poolId: null, reason: 'suspended' }],
    unfinishedAccounts: ['333333333333', '555555555555'],
    gaps: ['222222222222', '666666666666'].map((accountId) => ({
      scope: 'account',
      accountId,
      region: null,
      poolId: null,
      ...denied,
    })),
  };
  const units = [
    unit('111111111111', 'eu-west-1', ['unreadable-1']),
    unit('333333333333', 'eu-west-1', [], denied),
    unit('333333333333', 'us-east-1', [], denied),
  ];
  const { summary } = await assemble(observed, units, {
    '111111111111 eu-west-1': ['unreadable-1', 'compliant-1', 'uncovered-1'],
  });
  expect(summary.accounts).toEqual({ listed: 6, audited: 1, skipped: 1, failed: 4 });
  expect(summary.pools).toEqual({ total: 3, compliant: 1, drifted: 0, excepted: 0, uncovered: 1, unreadable: 1 });
  expect(summary.gaps).toEqual({ open: 5, accepted: 0 });
});

it('says which pools were deleted between list and read, by id, whichever was found out first', async () => {
  const finished = { ...unit('111111111111', 'eu-west-1', []), skippedPools: ['gone-2', 'gone-1'] };
  const observed = { accounts: [account('111111111111')], skippedAccounts: [], unfinishedAccounts: [], gaps: [] };
  const { result } = await assemble(observed, [finished], {});
  expect(await all(result.skipped())).toEqual([
    { scope: 'pool', accountId: '111111111111', region: 'eu-west-1', poolId: 'gone-1', reason: 'pool-deleted' },
    { scope: 'pool', accountId: '111111111111', region: 'eu-west-1', poolId: 'gone-2', reason: 'pool-deleted' },
  ]);
});

it('says which accounts and regions were rightly not read, account by account', async () => {
  const [one, other] = ['111111111111', '222222222222'] as const;
  const closed = { scope: 'account', region: null, poolId: null, reason: 'closed' } as const;
  const disabled = { ...unit(one, 'ap-east-1', []).unit, status: 'skipped', skipReason: 'region-not-enabled' } as const;
  const observed = {
    accounts: [account(one), account(other)],
    skippedAccounts: [
      { ...closed, accountId: other },
      { ...closed, accountId: one },
    ],
    unfinishedAccounts: [],
    gaps: [],
  };
  const { result, summary } = await assemble(observed, [{ unit: disabled, skippedPools: [] }], {});
  expect(await all(result.skipped())).toEqual([
    { ...closed, accountId: one },
    { scope: 'region', accountId: one, region: 'ap-east-1', poolId: null, reason: 'region-not-enabled' },
    { ...closed, accountId: other },
  ]);
  expect((await all(result.units())).map(({ status, reason }) => [status, reason])).toEqual([
    ['skipped', 'region-not-enabled'],
  ]);
  expect(summary.accounts).toEqual({ listed: 2, audited: 0, skipped: 2, failed: 0 });
});

it('tells the policies of every account, of each region that it has, and of what was not read to its end', async () => {
  const told: string[] = [];
  const listening: Evaluator = {
    ...evaluator,
    account: ({ id }) => told.push(`account ${id}`),
    region: (region) => told.push(region),
    unfinished: ({ id }) => told.push(`unfinished ${id}`),
  };
  const [one, other] = ['111111111111', '222222222222'] as const;
  const disabled = { ...unit(one, 'ap-east-1', []).unit, status: 'skipped', skipReason: 'region-not-enabled' } as const;
  const units = [
    { unit: disabled, skippedPools: [] },
    unit(one, 'eu-west-1', []),
    unit(other, 'us-east-1', [], denied),
  ];
  const observed = { accounts: [one, other].map(account), skippedAccounts: [], unfinishedAccounts: [other], gaps: [] };
  await assemble(observed, units, {}, listening);
  expect(told).toEqual([`account ${one}`, 'eu-west-1', `account ${other}`, `unfinished ${other}`, 'us-east-1']);
});

it('counts gaps that an exception accepts by themselves; they and those of the organization fail no account', async () => {
  const accepting: Evaluator = {
    ...evaluator,
    accept: (gap) => ({ ...gap, accepted: gap.scope === 'account' ? anException : null }),
  };
  const observed = {
    accounts: ['111111111111', '222222222222'].map(account),
    skippedAccounts: [],
    unfinishedAccounts: [],
    gaps: [
      { scope: 'account', accountId: '111111111111', region: null, poolId: null, ...denied },
      { scope: 'account', accountId: '222222222222', region: null, poolId: null, ...denied },
      { scope: 'organization', accountId: null, region: null, poolId: null, ...denied },
    ] satisfies OpenGap[],
  };
  const { summary } = await assemble(observed, [], {}, accepting);
  expect(summary.gaps).toEqual({ open: 1, accepted: 2 });
  expect(summary.accounts).toEqual({ listed: 2, audited: 2, skipped: 0, failed: 0 });
});
