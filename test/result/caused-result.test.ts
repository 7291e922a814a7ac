import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CodeEvent } from '../../src/domain/model/blame.ts';
import { placeKey } from '../../src/domain/model/observation.ts';
import { causedResult, causeWarnings, driftingUnits } from '../../src/result/caused-result.ts';
import type { Causes, PoolBlame } from '../../src/reading/blame/find-causes.ts';
import { defaultSettings } from '../default-settings.ts';
import { aFinding, aPool, aResult, aUnit, listOf } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';

const drift = { status: 'drifted', findings: [aFinding()] } as const;

describe('whom CloudTrail is asked about', () => {
  test('are the pools that a policy finds wrong, unit by unit, each with what is wrong and when it was changed', async () => {
    const [one, other] = ['111111111111', '222222222222'] as const;
    const [west, east] = ['eu-west-1', 'us-east-1'] as const;
    const [config, factors] = ['MfaConfiguration', 'SoftwareTokenMfaConfiguration.Enabled'] as const;
    const pools = [
      aPool({
        accountId: one,
        poolId: 'eu-west-1_1',
        userPool: { LastModifiedDate: 1_763_000_000.5 },
        status: 'drifted',
        findings: [
          aFinding({ path: config }),
          aFinding({ path: 'excused', status: 'excepted' }),
          aFinding({ path: factors }),
        ],
      }),
      aPool({ accountId: one, poolId: 'eu-west-1_2' }),
      aPool({ accountId: one, poolId: 'eu-west-1_3', ...drift, observedAt: '2026-11-18T02:13:09.000Z' }),
      aPool({ accountId: one, region: east, poolId: 'us-east-1_1', ...drift }),
      aPool({ accountId: other, region: east, poolId: 'us-east-1_2', ...drift }),
      aPool({
        accountId: other,
        region: east,
        poolId: 'us-east-1_3',
        status: 'uncovered',
        findings: [aFinding({ policy: null, path: '' })],
      }),
    ];
    const observedAt = '2026-11-18T02:13:07.000Z';
    const simple = { observedAt, paths: [factors], changedAt: null };
    expect(await listOf(driftingUnits(aResult({ pools })))).toEqual([
      {
        accountId: one,
        region: west,
        pools: [
          { poolId: 'eu-west-1_1', observedAt, paths: [config, factors], changedAt: 1_763_000_000_500 },
          { ...simple, poolId: 'eu-west-1_3', observedAt: '2026-11-18T02:13:09.000Z' },
        ],
      },
      { accountId: one, region: east, pools: [{ ...simple, poolId: 'us-east-1_1' }] },
      { accountId: other, region: east, pools: [{ ...simple, poolId: 'us-east-1_2' }] },
    ]);
  });

  test('are none where nothing drifts', async () => {
    expect(await listOf(driftingUnits(aResult({ pools: [aPool()] })))).toEqual([]);
  });
});

const unnamed: PoolBlame = { outcome: 'not-found', event: null, failure: null };
const terraform: CodeEvent = { agent: 'terraform', at: '2026-11-10T08:00:00.000Z', eventId: 'e-1' };

describe('the pools of the result', () => {
  const pool = aPool(drift);
  const key = placeKey(pool);
  const before = { id: 'run-0', startedAt: '2026-11-17T02:11:30.000Z' };

  async function caused(causes: Causes | null, baseline: Parameters<typeof causedResult>[2]) {
    const result = aResult({ units: [aUnit()], pools: [pool] });
    const folder = join(await temporaryFolder(), 'not', 'there yet');
    const told = await causedResult(result, causes, baseline, folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(told.head).toEqual(result.head);
    expect(await listOf(told.units())).toEqual([aUnit()]);
    expect(await listOf(told.pools())).toEqual(await listOf(told.pools()));
    return listOf(told.pools());
  }

  test('have what was found out about each', async () => {
    const causes = { blames: new Map([[key, unnamed]]), codeEvents: new Map([[key, terraform]]) };
    expect(await caused(causes, null)).toEqual([
      {
        ...pool,
        blame: { ...unnamed, nights: null },
        codeEvent: terraform,
        managedBy: 'Terraform (CloudTrail, 2026-11-10)',
      },
    ]);
  });

  test('stay as they are where nobody asked, or nothing is known', async () => {
    expect(await caused(null, null)).toEqual([pool]);
    expect(await caused({ blames: new Map(), codeEvents: new Map() }, null)).toEqual([pool]);
  });

  test('have what the baseline knew of them, and not its other pools', async () => {
    const other = aPool({ ...drift, poolId: 'eu-west-1_Zz98Yy76X', codeEvent: terraform });
    const baseline = aResult({ run: before, pools: [{ ...pool, codeEvent: terraform }, other] });
    expect(await caused(null, baseline)).toMatchObject([{ poolId: pool.poolId, codeEvent: terraform }]);
  });

  test('say between which nights they changed', async () => {
    const was = aPool({ observedAt: '2026-11-17T02:13:07.000Z', config: { MfaConfiguration: 'OPTIONAL' } });
    const causes = { blames: new Map([[key, unnamed]]), codeEvents: new Map() };
    expect(await caused(causes, aResult({ run: before, pools: [was] }))).toMatchObject([
      { blame: { nights: { after: '2026-11-17T02:11:30.000Z', by: '2026-11-18T02:11:30.000Z' } } },
    ]);
  });
});

describe('what keeps pools from having an author', () => {
  const { limits } = defaultSettings;

  function warningsOf(...blames: readonly PoolBlame[]) {
    const byPlace = new Map(blames.map((blame, index) => [`${index}`, blame]));
    return causeWarnings({ blames: byPlace, codeEvents: new Map() }, { ...limits, lookupPages: 30 });
  }

  const denied = { code: 'AccessDenied', message: 'no', remedy: 'Allow cloudtrail:LookupEvents to the role.' } as const;
  const throttled = { code: 'throttled', message: 'slow down', remedy: 'Run again.' } as const;
  const unread = (failure: PoolBlame['failure']): PoolBlame => ({ outcome: 'unread', event: null, failure });
  const capped: PoolBlame = { outcome: 'capped', event: null, failure: null };

  test('is told once for each reason, with the number of pools', () => {
    expect(warningsOf(unread(denied), unread(throttled), unread({ ...denied, message: 'not here' }))).toEqual([
      {
        code: 'blame-unread',
        message:
          'CloudTrail could not be asked about 2 pools with drift: AccessDenied. Allow cloudtrail:LookupEvents to the role.',
        file: null,
        line: null,
      },
      {
        code: 'blame-unread',
        message: 'CloudTrail could not be asked about 1 pool with drift: throttled. Run again.',
        file: null,
        line: null,
      },
    ]);
  });

  // A page of LookupEvents has 50 events (API reference, MaxResults).
  test('is the limit of pages, beside the rest', () => {
    const message =
      'Of 2 pools with drift the last change is not among the newest 1,500 events of a kind in its account and region: raise limits.lookupPages (30).';
    expect(warningsOf(capped, unread(throttled), unnamed, capped)).toMatchObject([
      { code: 'blame-unread' },
      { code: 'blame-capped', message, file: null, line: null },
    ]);
    expect(warningsOf(capped)).toMatchObject([{ message: expect.stringMatching(/^Of 1 pool with drift/) }]);
  });

  test('is no warning where nobody knows more', () => {
    expect(warningsOf(unnamed)).toEqual([]);
  });
});
