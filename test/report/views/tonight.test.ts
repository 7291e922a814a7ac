/** What tonight's pictures count, from the records that were put in. */
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../src/domain/result/result.ts';
import { everyRegion, newAccountMap, stateOf, type AccountMap } from '../../../src/report/views/tonight/account-map.ts';
import { newFactorUse } from '../../../src/report/views/tonight/factor-use.ts';
import { newFindingMoves } from '../../../src/report/views/tonight/finding-moves.ts';
import { newUnitTree, sizeOf, type UnitNode } from '../../../src/report/views/tonight/unit-tree.ts';
import { byFurtherRead } from '../../../src/domain/model/api/reads.ts';
import { aFinding, aGap, anAccount, anException, aPool, aResolved, aResult, aSkip, aUnit } from '../a-result.ts';
import { largeNight } from '../large-night.ts';

const [shop, payments, closed] = ['111122223333', '222233334444', '333344445555'] as const;

async function mapOf(result: Result, limit = 40): Promise<AccountMap> {
  const map = newAccountMap();
  for await (const pool of result.pools()) map.pool(pool);
  return map.found(result, limit);
}

const states = (map: AccountMap) =>
  map.rows.map(({ who, cells }) => [
    who.kind === 'account' ? who.id : who.kind,
    Object.fromEntries(map.regions.map((region) => [region, stateOf(cells.get(region))])),
  ]);

const drifting = (accountId: string, region = 'eu-west-1', poolId = `${region}_One`) =>
  aPool({ accountId, region, poolId, status: 'drifted', findings: [aFinding()] });

describe('the map of accounts and regions', () => {
  it('tells what was read, what was not, what was accepted, what was skipped, and drift', async () => {
    const map = await mapOf(
      aResult({
        accounts: [anAccount(), anAccount({ id: payments }), anAccount({ id: closed, state: 'SUSPENDED' })],
        units: [
          aUnit({ accountId: shop, region: 'eu-west-1', pools: 2 }),
          aUnit({ accountId: shop, region: 'us-east-1', pools: 0 }),
          aUnit({ accountId: payments, region: 'eu-west-1', status: 'gap', reason: 'AccessDenied' }),
          aUnit({ accountId: payments, region: 'us-east-1', status: 'gap', reason: 'AccessDenied' }),
          aUnit({ accountId: payments, region: 'sa-east-1', status: 'skipped', reason: 'region-not-enabled' }),
        ],
        gaps: [
          aGap({ accountId: payments, region: 'eu-west-1' }),
          aGap({ accountId: payments, region: 'us-east-1', accepted: anException }),
        ],
        skipped: [aSkip({ scope: 'account', accountId: closed, region: null, reason: 'suspended' })],
        pools: [drifting(shop), aPool({ accountId: shop, poolId: 'eu-west-1_Two' })],
      }),
    );
    expect(states(map)).toEqual([
      [shop, { 'eu-west-1': 'drifted', 'us-east-1': 'read' }],
      [payments, { 'eu-west-1': 'gap', 'us-east-1': 'accepted' }],
    ]);
    expect(map).toMatchObject({ skippedAccounts: 1, isListCut: false });
    expect(map.rows[0]?.cells.get('eu-west-1')).toMatchObject({ drifted: 1, compliant: 1, gap: 0 });
  });

  it('never shows an account that was not read as one without pools', async () => {
    const account = aGap({ scope: 'account', accountId: payments, region: null });
    const both = [anAccount(), anAccount({ id: payments })];
    const withRegions = await mapOf(aResult({ accounts: both, units: [aUnit()], gaps: [account], pools: [aPool()] }));
    expect(states(withRegions)).toContainEqual([payments, { 'eu-west-1': 'gap' }]);
    const without = await mapOf(aResult({ accounts: [anAccount({ id: payments })], gaps: [account] }));
    expect(states(without)).toEqual([[payments, { [everyRegion]: 'gap' }]]);
    const expired = { ...account, accepted: { ...anException, expired: true } };
    expect(states(await mapOf(aResult({ accounts: both, units: [aUnit()], gaps: [expired] })))).toContainEqual([
      payments,
      { 'eu-west-1': 'gap' },
    ]);
  });

  it('says that accounts may be missing where their list could not be read', async () => {
    const gap = aGap({ scope: 'organization', accountId: null, region: null });
    expect(await mapOf(aResult({ accounts: [anAccount()], units: [aUnit()], gaps: [gap] }))).toMatchObject({
      isListCut: true,
    });
  });

  it.each([1, 7, 40, 500])('loses no pool and no gap, however many accounts there are: %i', async (accounts) => {
    const result = largeNight(accounts);
    const map = await mapOf(result, 10);
    const cells = map.rows.flatMap((row) => [...row.cells.values()]);
    const sum = (state: keyof (typeof cells)[number]) => cells.reduce((total, cell) => total + cell[state], 0);
    const { compliant, drifted, uncovered, excepted, unreadable } = result.head.summary.pools;
    expect({
      compliant: sum('compliant'),
      drifted: sum('drifted'),
      uncovered: sum('uncovered'),
      excepted: sum('excepted'),
      unreadable: sum('unreadable'),
    }).toEqual({ compliant, drifted, uncovered, excepted, unreadable });
    let unread = 0;
    for await (const { scope } of result.gaps())
      unread += scope === 'region' ? 1 : scope === 'account' ? map.regions.length : 0;
    expect(sum('gap')).toBe(unread);
    const told = map.rows.reduce((total, { who }) => total + (who.kind === 'account' ? 1 : who.accounts), 0);
    expect(told + map.skippedAccounts).toBe(accounts);
    expect(map.rows.length).toBeLessThanOrEqual(12);
  });
});

describe('the tree of units', () => {
  const treeOf = async (result: Result, limit = 24): Promise<UnitNode | null> => {
    const tree = await newUnitTree(result);
    for await (const pool of result.pools()) tree.pool(pool);
    return tree.found(limit);
  };
  const flat = (node: UnitNode): readonly UnitNode[] => [node, ...node.children.flatMap(flat)];

  it('counts in each unit all below it, and keeps units of one name apart', async () => {
    const prod = { id: 'ou-ab12-prod0000', name: 'Prod' };
    const result = aResult({
      accounts: [
        anAccount({ id: shop, path: [prod, { id: 'ou-ab12-team0001', name: 'Web' }] }),
        anAccount({ id: payments, path: [prod, { id: 'ou-ab12-team0002', name: 'Web' }] }),
        anAccount({ id: closed, path: [] }),
      ],
      pools: [drifting(shop), aPool({ accountId: payments }), aPool({ accountId: closed })],
    });
    const root = await treeOf(result);
    expect(root).toMatchObject({ accounts: 3, pools: { drifted: 1, compliant: 2 } });
    expect(root?.children).toMatchObject([{ name: 'Prod', accounts: 2, pools: { drifted: 1, compliant: 1 } }]);
    expect(root?.children[0]?.children.map(({ name, pools }) => [name, sizeOf(pools)])).toEqual([
      ['Web', 1],
      ['Web', 1],
    ]);
  });

  it('puts the rest together, so that every level still adds up', async () => {
    const result = largeNight(300);
    const root = await treeOf(result, 5);
    const nodes = root === null ? [] : flat(root);
    expect(nodes.length).toBeLessThanOrEqual(12);
    expect(root === null ? 0 : sizeOf(root.pools)).toBe(result.head.summary.pools.total);
    const inUnits = nodes.find(({ name }) => name === 'Workloads');
    expect(inUnits?.children.reduce((sum, { pools }) => sum + sizeOf(pools), 0)).toBe(
      inUnits === undefined ? 0 : sizeOf(inUnits.pools),
    );
  });

  it('is none where no unit is known', async () => {
    expect(await treeOf(aResult({ accounts: [anAccount({ path: null })], pools: [aPool()] }))).toBeNull();
    expect(await treeOf(aResult({ accounts: [anAccount({ path: [] })], pools: [aPool()] }))).toBeNull();
  });
});

it('a factor of which it is not known whether it can be used counts as neither', () => {
  const use = newFactorUse();
  const on = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } };
  const described = byFurtherRead(() => ({
    Policies: {},
    SmsConfiguration: null,
    EmailConfiguration: {},
    UserPoolTier: 'LITE',
  }));
  for (const pool of [
    aPool({ config: on }),
    aPool({ config: on, ...described, tags: {} }),
    aPool({ config: { MfaConfiguration: 'OFF' } }),
    aPool({ config: null, status: 'unreadable' }),
  ])
    use.pool(pool);
  expect(use.found()).toMatchObject({
    pools: 3,
    modes: { ON: 2, OPTIONAL: 0, OFF: 1, other: 0 },
    factors: {
      totp: { usable: 2, unknown: 0 },
      sms: { usable: 0, unknown: 1 },
      email: { usable: 0, unknown: 1 },
      none: { usable: 1, unknown: 0 },
    },
  });
});

describe('what came and went', () => {
  const night = (baseline: { runId: string; startedAt: string; policySetSha256: string } | null) =>
    aResult({
      pools: [
        aPool({
          status: 'drifted',
          findings: [
            aFinding({ id: 'a', severity: 'critical', change: 'new' }),
            aFinding({ id: 'b', severity: 'low', change: 'persisting' }),
            aFinding({ id: 'c', severity: 'low', change: 'new', status: 'excepted' }),
          ],
        }),
      ],
      resolved: [aResolved({ severity: 'low' })],
      run: { baseline },
    });
  const movesOf = async (result: Result) => {
    const moves = newFindingMoves();
    for await (const pool of result.pools()) moves.pool(pool);
    return moves.found(result);
  };

  it('is counted by severity', async () => {
    const last = { runId: 'last', startedAt: '2026-11-17T02:11:30.000Z', policySetSha256: 'a'.repeat(64) };
    expect(await movesOf(night(last))).toMatchObject({
      critical: { new: 1, persisting: 0, resolved: 0 },
      low: { new: 0, persisting: 1, resolved: 1 },
    });
  });

  it('is not told without a night before', async () => {
    expect(await movesOf(night(null))).toBeNull();
  });
});
