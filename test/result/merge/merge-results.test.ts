import { describe, expect, test } from 'vitest';
import type { RunInfo } from '../../../src/domain/result/result.ts';
import { mergeResults } from '../../../src/result/merge/merge-results.ts';
import type { SavedResult } from '../../../src/result/saved/open.ts';
import {
  aFinding,
  aGap,
  anAccount,
  aPool,
  aResult,
  aSkip,
  aUnit,
  listOf,
  type Records,
} from '../../report/a-result.ts';

const hourMs = 60 * 60 * 1000;

function shard(index: number, count: number, accountIds: readonly string[], records: Records = {}): SavedResult {
  const run: Partial<RunInfo> = { id: `run-${index}`, shard: { index, count }, ...records.run };
  const result = aResult({
    accounts: accountIds.map((id) => anAccount({ id })),
    units: accountIds.map((accountId) => aUnit({ accountId })),
    pools: accountIds.map((accountId) => aPool({ accountId })),
    ...records,
    run,
  });
  return { ...result, file: `shard-${index}.json` };
}

describe('the shards of one run', () => {
  const shards = [
    shard(2, 3, ['222222222222', '555555555555'], {
      gaps: [aGap({ accountId: '555555555555' })],
      skipped: [aSkip({ accountId: '222222222222' })],
    }),
    shard(1, 3, ['333333333333'], {
      pools: [aPool({ accountId: '333333333333', status: 'drifted', findings: [aFinding()] })],
    }),
    shard(3, 3, ['111111111111', '444444444444'], { gaps: [aGap({ accountId: '111111111111' })] }),
  ];

  test('become one result in the order of accounts, whatever order they are given in', async () => {
    const ids = ['111111111111', '222222222222', '333333333333', '444444444444', '555555555555'];
    for (const given of [shards, shards.toReversed()]) {
      const merged = mergeResults(given, hourMs);
      expect((await listOf(merged.accounts())).map(({ id }) => id)).toEqual(ids);
      expect((await listOf(merged.units())).map(({ accountId }) => accountId)).toEqual(ids);
      expect((await listOf(merged.pools())).map(({ accountId }) => accountId)).toEqual(ids);
      expect((await listOf(merged.gaps())).map(({ accountId }) => accountId)).toEqual(['111111111111', '555555555555']);
    }
  });

  test('have the same head, warnings and gaps of the organization, whatever order they are given in', async () => {
    const told = [1, 2, 3].map((index) => {
      const made = shard(index, 4, [`${index}`.repeat(12)], {
        gaps: [aGap({ scope: 'organization', accountId: null, region: null, message: `seen by shard ${index}` })],
      });
      const warning = { code: 'conflict', message: `told by shard ${index}`, file: null, line: null } as const;
      return { ...made, head: { ...made.head, warnings: [warning] } };
    });
    const expected = mergeResults(told, hourMs);
    for (const given of [told.toReversed(), [...told.slice(1), ...told.slice(0, 1)]]) {
      const merged = mergeResults(given, hourMs);
      expect(merged.head).toEqual(expected.head);
      expect(await listOf(merged.gaps())).toEqual(await listOf(expected.gaps()));
    }
    expect(expected.head.warnings.map(({ message }) => message)).toEqual(
      [1, 2, 3].map((index) => `told by shard ${index}`),
    );
  });

  test('have sums for counts, the worst exit code, and the time of all', () => {
    const { head } = mergeResults(shards, hourMs);
    expect(head.summary.accounts).toEqual({ listed: 5, audited: 3, skipped: 0, failed: 2 });
    expect(head.summary.pools).toMatchObject({ total: 5, compliant: 4, drifted: 1 });
    expect(head.summary.findings.high).toBe(1);
    expect(head.summary.gaps).toEqual({ open: 2, accepted: 0 });
    expect(head.summary.api.calls).toBe(3 * 12_406);
    expect(head.run).toMatchObject({ exitCode: 3, shard: null, id: 'run-1+run-2+run-3' });
    expect(head.complete).toBe(false);
  });

  test('that are not all there make a gap for each missing one, and exit code 3', async () => {
    const merged = mergeResults([shard(1, 3, ['1']), shard(3, 3, ['2'])], hourMs);
    const gaps = await listOf(merged.gaps());
    expect(gaps).toMatchObject([{ scope: 'organization', code: 'shard-missing', accountId: null }]);
    expect(gaps[0]?.message).toContain('Shard 2 of 3');
    expect(merged.head).toMatchObject({ complete: false, run: { exitCode: 3 }, summary: { gaps: { open: 1 } } });
  });

  test('keep exit code 4 above a missing shard', () => {
    const merged = mergeResults([shard(1, 3, ['1'], { run: { exitCode: 4 } }), shard(3, 3, ['2'])], hourMs);
    expect(merged.head.run.exitCode).toBe(4);
  });

  test('that were all clean and complete stay so', () => {
    const merged = mergeResults([shard(1, 2, ['1']), shard(2, 2, ['2'])], hourMs);
    expect(merged.head).toMatchObject({ complete: true, run: { exitCode: 0 } });
  });

  test('count an interrupted one as not read', () => {
    const interrupted = shard(2, 2, ['2'], { run: { interrupted: true, exitCode: 130 } });
    const merged = mergeResults([shard(1, 2, ['1']), interrupted], hourMs);
    expect(merged.head).toMatchObject({ complete: false, run: { interrupted: true, exitCode: 3 } });
  });
});

test('a single shard stays the shard that it is', () => {
  const only = shard(2, 4, ['1']);
  expect(mergeResults([only], hourMs)).toBe(only);
});

describe('refused are', () => {
  const first = shard(1, 2, ['1']);

  test.each<[string, Partial<RunInfo>, RegExp]>([
    [
      'other policies',
      { policySetSha256: 'b'.repeat(64) },
      /shard-1\.json and shard-2\.json .* policies or configuration/,
    ],
    ['another configuration', { policies: [] }, /policies or configuration/],
    ['another --fail-on', { failOn: 'high' }, /--fail-on/],
    ['--fail-on-new', { failOnNew: true }, /--fail-on/],
    ['another organization', { organizationId: 'o-other' }, /organization/],
    ['another scope', { scope: { accounts: 'ids', filters: {}, regions: 'enabled' } }, /scope/],
    ['another number of shards', { shard: { index: 2, count: 3 } }, /number of shards/],
    ['no shard at all', { shard: null }, /shard-2\.json is a whole result/],
    ['the same shard', { shard: { index: 1, count: 2 } }, /shard-1\.json and shard-2\.json are both shard 1 of 2/],
    ['a shard of another night', { startedAt: '2026-11-17T02:11:30.000Z' }, /24h 00m apart; the limit is 1h 00m/],
  ])('%s', (_name, run, reason) => {
    expect(() => mergeResults([first, shard(2, 2, ['2'], { run })], hourMs)).toThrow(reason);
  });
});
