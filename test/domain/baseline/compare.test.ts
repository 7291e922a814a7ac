import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, comparedPools } from '../../../src/domain/baseline/compare.ts';
import type { Finding, PoolRecord, Result, RunInfo } from '../../../src/domain/result/result.ts';
import {
  aFinding,
  aGap,
  anAccount,
  anEarlier,
  anException,
  aPool,
  aResult,
  aSkip,
  aUnit,
  type Records,
} from '../../report/a-result.ts';
import { anyNight, listOfAll } from './nights.ts';

const lastNight = '2026-11-17T02:11:30.000Z';
const tonight = '2026-11-18T02:11:30.000Z';
const scope: RunInfo['scope'] = { accounts: 'organization', filters: {}, regions: 'enabled' };

function night(startedAt: string, records: Records): Result {
  return aResult({ units: [aUnit()], ...records, run: { startedAt, ...records.run } });
}

function drifting(...findings: Finding[]): PoolRecord {
  return aPool({ status: findings.length === 0 ? 'compliant' : 'drifted', findings });
}

async function compared(before: Records, now: Records) {
  return listOfAll(compare(night(tonight, now), night(lastNight, before)));
}

describe('a finding of this run', () => {
  test('is new, since this run began, where the baseline had none', async () => {
    const { pools } = await compared({ pools: [drifting()] }, { pools: [drifting(aFinding())] });
    expect(pools[0]?.findings).toMatchObject([{ change: 'new', since: tonight }]);
    expect(pools[0]?.earlierStatus).toBe('compliant');
  });

  test('persists since the baseline began where that had it first', async () => {
    const { pools } = await compared({ pools: [drifting(aFinding())] }, { pools: [drifting(aFinding())] });
    expect(pools[0]?.findings).toMatchObject([{ change: 'persisting', since: lastNight }]);
  });

  test("keeps the baseline's since", async () => {
    const since = '2026-03-01T02:00:00.000Z';
    const before = drifting(aFinding({ change: 'persisting', since }));
    const { pools } = await compared({ pools: [before] }, { pools: [drifting(aFinding())] });
    expect(pools[0]?.findings).toMatchObject([{ change: 'persisting', since }]);
  });

  test.each<[string, Partial<Finding>, Partial<Finding>, Finding['change']]>([
    ['drift that was excused', { status: 'excepted', exception: anException }, {}, 'new'],
    ['drift that was fixed and is back', { status: 'fixed' }, {}, 'new'],
    ['drift that is excused now', {}, { status: 'excepted', exception: anException }, 'persisting'],
    ['what stays excused', { status: 'excepted' }, { status: 'excepted' }, 'persisting'],
    ['drift that this run fixed', {}, { status: 'fixed' }, 'persisting'],
  ])('%s', async (_what, before, now, change) => {
    const { pools } = await compared({ pools: [drifting(aFinding(before))] }, { pools: [drifting(aFinding(now))] });
    expect(pools[0]?.findings[0]?.change).toBe(change);
  });

  test('is new in every place while there is no baseline yet, and nothing is resolved', async () => {
    const { pools, resolved } = await listOfAll(compare(night(tonight, { pools: [drifting(aFinding())] }), null));
    expect(pools[0]?.findings[0]?.change).toBe('new');
    expect(pools[0]?.earlierStatus).toBeNull();
    expect(resolved).toEqual([]);
  });
});

test('a pool of both runs says how ready its users were, and is not gone', async () => {
  const share = { share: 0.9, low: 0.88, high: 0.92 };
  const readiness: PoolRecord['readiness'] = {
    measuredAt: lastNight,
    waitsFor: 0.98,
    enrolment: 'none',
    design: 'counted',
    population: 100,
    asked: 100,
    outcomes: { ready: 90, 'must-enrol': 6, 'locked-out': 4, 'passkey-only': 0 },
    shares: { 'as-written': share, lenient: share },
    lockedOutAtMost: 10,
  };
  const before = night(lastNight, { pools: [aPool({ readiness })] });
  const pools: unknown[] = [];
  for await (const pool of comparedPools(night(tonight, { pools: [aPool()] }), before)) pools.push(pool);
  expect(pools).toMatchObject([{ isGone: false, now: { readiness: null, earlierReadiness: readiness } }]);
});

describe('drift of the baseline', () => {
  const before = { pools: [drifting(aFinding())] };

  async function reasonsFor(now: Records, earlier: Records = before) {
    const { resolved, unseen } = await compared(earlier, now);
    return { resolved: resolved.map(({ reason }) => reason), unseen: unseen.length };
  }

  test('is fixed where the policy is the same and finds nothing more', async () => {
    expect(await reasonsFor({ pools: [drifting()] })).toEqual({ resolved: ['fixed'], unseen: 0 });
  });

  test('is fixed where this run fixed it', async () => {
    expect((await reasonsFor({ pools: [drifting(aFinding({ status: 'fixed' }))] })).resolved).toEqual(['fixed']);
  });

  test('is excepted where an exception excuses it now', async () => {
    const excused = aPool({ status: 'excepted', findings: [aFinding({ status: 'excepted', exception: anException })] });
    expect((await reasonsFor({ pools: [excused] })).resolved).toEqual(['excepted']);
  });

  test('is gone with its pool where every pool of the unit was listed', async () => {
    expect(await reasonsFor({ pools: [] })).toEqual({ resolved: ['pool-gone'], unseen: 0 });
  });

  test('is gone where the pool was deleted while a broken listing was read', async () => {
    const deleted = aSkip({
      scope: 'pool',
      region: 'eu-west-1',
      poolId: 'eu-west-1_Ab12Cd34E',
      reason: 'pool-deleted',
    });
    const broken = { units: [aUnit({ status: 'gap', reason: 'throttled' })], skipped: [deleted] };
    expect((await reasonsFor(broken)).resolved).toEqual(['pool-gone']);
  });

  const elsewhere = { accounts: [anAccount({ id: '444455556666' })], units: [aUnit({ accountId: '444455556666' })] };
  const closed = aSkip({ scope: 'account', region: null, reason: 'closed' });

  test.each<[string, Records]>([
    ['is listed no more', elsewhere],
    ['is closed', { accounts: [anAccount({ state: 'CLOSED' })], units: [], skipped: [closed] }],
  ])('is closed with its account where that %s', async (_where, now) => {
    expect(await reasonsFor(now)).toEqual({ resolved: ['account-left'], unseen: 0 });
  });

  test.each<[string, Records]>([
    ['flags narrowed the run', { run: { scope: { ...scope, filters: { account: ['444455556666'] } } } }],
    ['accounts were named', { run: { scope: { ...scope, accounts: 'ids' } } }],
    ['the list of accounts broke off', { gaps: [aGap({ scope: 'organization', accountId: null, region: null })] }],
    ['the run was interrupted', { run: { interrupted: true } }],
  ])('is handed on where its account is not listed, but %s', async (_where, now) => {
    expect(await reasonsFor({ ...elsewhere, ...now })).toEqual({ resolved: [], unseen: 1 });
  });

  test('of an account that left is closed by its own shard, and by no other', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((index) => reasonsFor({ ...elsewhere, run: { shard: { index, count: 2 } } })),
    );
    expect([one, two].flatMap((each) => each?.resolved ?? [])).toEqual(['account-left']);
    expect([one, two].map((each) => each?.unseen)).toEqual([0, 0]);
  });

  test.each<[string, Records]>([
    ['the unit is a gap', { units: [aUnit({ status: 'gap', reason: 'AccessDenied' })] }],
    ['the region was not in scope', { units: [aUnit({ region: 'us-east-1' })] }],
    ['the region is not enabled any more', { units: [aUnit({ status: 'skipped', reason: 'region-not-enabled' })] }],
    ['the account was not read at all', { accounts: [anAccount()], units: [] }],
    [
      'the account is a gap',
      { units: [], gaps: [aGap({ scope: 'account', accountId: '111122223333', region: null })] },
    ],
    ['the pool could not be read', { pools: [aPool({ status: 'unreadable', config: null })] }],
    ['the run was interrupted before it', { units: [], run: { interrupted: true } }],
  ])('is never resolved where %s', async (_where, now) => {
    expect(await reasonsFor(now)).toEqual({ resolved: [], unseen: 1 });
  });

  test('of another shard is neither resolved nor handed on', async () => {
    const gaps = [aGap({ scope: 'account', accountId: '111122223333', region: null })];
    const shardOfNobody = { units: [], gaps, run: { shard: { index: 1, count: 2 } } };
    const shardOfIt = { units: [], gaps, run: { shard: { index: 2, count: 2 } } };
    const counts = [await reasonsFor(shardOfNobody), await reasonsFor(shardOfIt)];
    expect(counts.map(({ resolved }) => resolved)).toEqual([[], []]);
    expect(counts[0]!.unseen + counts[1]!.unseen).toBe(1);
  });

  test('that stood in an unreadable pool and is found there still, persists', async () => {
    const partly = aPool({ status: 'unreadable', findings: [aFinding()] });
    const { pools, unseen } = await compared(before, { pools: [partly] });
    expect(pools[0]?.findings[0]?.change).toBe('persisting');
    expect(unseen).toEqual([]);
  });

  describe('where the policy is another one', () => {
    const other: Partial<RunInfo> = {
      policySetSha256: 'f'.repeat(64),
      policies: [{ file: 'policies/customers.yaml', sha256: 'b'.repeat(64), names: ['prod-customers'], text: '' }],
    };
    const wantsTotp = aFinding({ path: 'SoftwareTokenMfaConfiguration.Enabled', expected: true, actual: false });

    test.each<[string, Finding, Partial<PoolRecord>, string]>([
      ['asks for it no more', wantsTotp, { policies: [] }, 'policy-changed'],
      ['is content with the same value', wantsTotp, { config: { MfaConfiguration: 'OFF' } }, 'policy-changed'],
      ['and the pool has what was wanted', wantsTotp, {}, 'fixed'],
      [
        'and the value is one of those wanted then',
        aFinding({ path: 'MfaConfiguration', expected: { oneOf: ['ON', 'OPTIONAL'] }, actual: 'OFF' }),
        {},
        'fixed',
      ],
      [
        'and a member of UserPool has what was wanted',
        aFinding({ path: 'UserPool.DeletionProtection', expected: 'ACTIVE', actual: 'INACTIVE' }),
        { userPool: { DeletionProtection: 'ACTIVE' } },
        'fixed',
      ],
      [
        'and nobody asked for the member of UserPool any more, so that it was not read',
        aFinding({ path: 'UserPool.DeviceConfiguration', expected: { present: false }, actual: {} }),
        aPool({ policies: ['prod-customers'], userPool: { DeletionProtection: null } }),
        'policy-changed',
      ],
      [
        'and nobody knows the member of UserPool any more',
        aFinding({ path: 'UserPool.DeletionProtection', expected: 'ACTIVE', actual: 'INACTIVE' }),
        {},
        'policy-changed',
      ],
      [
        'and the configuration moved, where that is all that can be told',
        aFinding({ path: 'anyOf', expected: [], actual: [] }),
        { config: { MfaConfiguration: 'OPTIONAL' } },
        'fixed',
      ],
      [
        'and a wanted factor is usable',
        aFinding({ path: 'factors.atLeastOne', expected: ['totp'], actual: [] }),
        {},
        'fixed',
      ],
      [
        'and a forbidden factor is usable still',
        aFinding({ path: 'factors.allow', expected: ['passkey'], actual: ['totp'] }),
        {},
        'policy-changed',
      ],
    ])('and it %s', async (_what, finding, now, reason) => {
      const { resolved } = await compared({ pools: [drifting(finding)] }, { pools: [aPool(now)], run: other });
      expect(resolved.map((each) => each.reason)).toEqual([reason]);
    });

    test('an unchanged file of it still tells a fix', async () => {
      const more = { policySetSha256: 'f'.repeat(64) };
      const { resolved } = await compared({ pools: [drifting(wantsTotp)] }, { pools: [drifting()], run: more });
      expect(resolved.map((each) => each.reason)).toEqual(['fixed']);
    });

    test('a pool that no policy matched is covered by a policy', async () => {
      const uncovered = aPool({ status: 'uncovered', policies: [], findings: [aFinding({ policy: null, path: '' })] });
      const { resolved } = await compared({ pools: [uncovered] }, { pools: [aPool()], run: other });
      expect(resolved.map((each) => each.reason)).toEqual(['policy-changed']);
    });
  });
});

test('one night that could read nothing makes nothing new on the next', async () => {
  const first = night('2026-11-16T02:00:00.000Z', { pools: [drifting(aFinding())] });
  const blind = night('2026-11-17T02:00:00.000Z', { units: [aUnit({ status: 'gap', reason: 'throttled' })] });
  const { unseen } = await listOfAll(compare(blind, first));
  const second = night('2026-11-17T02:00:00.000Z', { units: [], unseen });
  const { pools, resolved } = await listOfAll(compare(night(tonight, { pools: [drifting(aFinding())] }), second));
  expect(pools[0]?.findings).toMatchObject([{ change: 'persisting', since: '2026-11-16T02:00:00.000Z' }]);
  expect(resolved).toEqual([]);
});

test('what an earlier baseline found and this run fixed after a blind night is resolved', async () => {
  const { resolved } = await compared({ units: [], unseen: [anEarlier()] }, { pools: [drifting()] });
  expect(resolved).toMatchObject([{ reason: 'fixed', since: '2026-11-01T02:11:30.000Z' }]);
});

test('a result compared with itself has nothing new, nothing resolved and nothing unseen', async () => {
  await fc.assert(
    fc.asyncProperty(anyNight, async (records) => {
      const result = night(tonight, records);
      const { pools, resolved, unseen } = await listOfAll(compare(result, result));
      const changes = pools.flatMap(({ findings }) => findings).filter(({ status }) => status !== 'fixed');
      expect(changes.filter(({ change }) => change !== 'persisting')).toEqual([]);
      expect({ resolved, unseen }).toEqual({ resolved: [], unseen: [] });
      expect(pools.map(({ poolId }) => poolId)).toEqual((records.pools ?? []).map(({ poolId }) => poolId));
      expect(pools.filter(({ status, earlierStatus }) => status !== earlierStatus)).toEqual([]);
    }),
  );
});

test('drift of the baseline is found again, resolved or unseen: exactly one of these', async () => {
  await fc.assert(
    fc.asyncProperty(anyNight, anyNight, async (before, now) => {
      const { pools, resolved, unseen } = await compared(before, now);
      const ids = (findings: readonly { readonly id: string; readonly status: string }[]): string[] =>
        findings.flatMap(({ id, status }) => (status === 'drift' ? [id] : []));
      const earlier = ids((before.pools ?? []).flatMap(({ findings }) => findings));
      const still = new Set(ids(pools.flatMap(({ findings }) => findings)));
      const told = [...earlier.filter((id) => still.has(id)), ...resolved.map(({ id }) => id), ...ids(unseen)];
      expect(told.sort()).toEqual(earlier.sort());
    }),
  );
});
