import { byFurtherRead } from '../../src/domain/model/api/reads.ts';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assembleResult, type Evaluator, type Observed } from '../../src/result/assemble.ts';
import { openResultFiles } from '../../src/result/saved/store.ts';
import type { FinishedUnit } from '../../src/run-directory/stored-unit.ts';
import type { Account, Failure, PoolObservation } from '../../src/domain/model/observation.ts';
import type { PoolRecord, PoolStatus, Result, ResultHead } from '../../src/domain/result/result.ts';
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
) {
  const writer = await openResultFiles(join(await temporaryFolder(), 'result'));
  const store = {
    units: () => units,
    poolsOf: async ({ unit: { accountId, region } }: FinishedUnit) =>
      (pools[`${accountId} ${region}`] ?? []).map(observation),
  };
  const summary = await assembleResult({ ...observed, store }, evaluator, { failOn: 'low', failOnNew: false }, writer);
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
    accounts: ['111111111111', '222222222222', '333333333333', '444444444444', '555555555555'].map(account),
    skippedAccounts: [{ scope: 'account', accountId: '444444444444', region: null, poolId: null, reason: 'suspended' }],
    unfinishedAccounts: ['333333333333', '555555555555'],
    gaps: [{ scope: 'account', accountId: '222222222222', region: null, poolId: null, ...denied }],
  };
  const units = [
    unit('111111111111', 'eu-west-1', ['unreadable-1']),
    unit('333333333333', 'eu-west-1', [], denied),
    unit('333333333333', 'us-east-1', [], denied),
  ];
  const { summary } = await assemble(observed, units, {
    '111111111111 eu-west-1': ['unreadable-1', 'compliant-1', 'uncovered-1'],
  });
  expect(summary.accounts).toEqual({ listed: 5, audited: 1, skipped: 1, failed: 3 });
  expect(summary.pools).toEqual({ total: 3, compliant: 1, drifted: 0, excepted: 0, uncovered: 1, unreadable: 1 });
  expect(summary.gaps).toEqual({ open: 4, accepted: 0 });
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
