import { describe, expect, test } from 'vitest';
import type { PoolRecord, PoolStatus } from '../../../src/domain/result/result.ts';
import { changesInWords, newComparison, wayOf } from '../../../src/report/views/baseline-view.ts';
import { formats } from '../../../src/report/registry.ts';
import { aFinding, anEarlier, aPool, aResolved, aResult, textOf, type Records } from '../a-result.ts';
import { plainOptions } from '../plain-options.ts';

async function comparisonOf(records: Records, limit = 10) {
  const result = aResult(records);
  const comparison = newComparison(result, limit);
  for await (const pool of result.pools()) comparison.pool(pool);
  return comparison.found();
}

function turned(earlierStatus: PoolStatus, status: PoolStatus, poolId = 'eu-west-1_Ab12Cd34E'): PoolRecord {
  return aPool({ poolId, earlierStatus, status, findings: [aFinding({ change: 'new' })] });
}

test('a result that was not compared has no comparison', async () => {
  expect(await comparisonOf({ pools: [aPool()] })).toBeNull();
});

test.each<[PoolStatus, PoolStatus, ReturnType<typeof wayOf>]>([
  ['compliant', 'drifted', 'worse'],
  ['compliant', 'excepted', 'worse'],
  ['compliant', 'unreadable', 'worse'],
  ['excepted', 'drifted', 'worse'],
  ['drifted', 'compliant', 'better'],
  ['drifted', 'excepted', 'better'],
  ['unreadable', 'compliant', 'better'],
  ['drifted', 'uncovered', 'other'],
  ['drifted', 'unreadable', 'other'],
  ['unreadable', 'drifted', 'other'],
])('from %s to %s is %s', (from, to, way) => {
  expect(wayOf({ from, to })).toBe(way);
});

test('what got worse comes first, then by how many, and says because of which policy', async () => {
  const comparison = await comparisonOf({
    pools: [
      turned('drifted', 'compliant', 'a'),
      turned('drifted', 'compliant', 'b'),
      turned('drifted', 'uncovered', 'c'),
      turned('compliant', 'drifted', 'd'),
      turned('drifted', 'drifted', 'e'),
    ],
  });
  expect(comparison?.turns).toEqual([
    { from: 'compliant', to: 'drifted', pools: 1 },
    { from: 'drifted', to: 'uncovered', pools: 1 },
    { from: 'drifted', to: 'compliant', pools: 2 },
  ]);
  expect(comparison?.pools.map(({ pool }) => pool.poolId)).toEqual(['d', 'c', 'a', 'b']);
  expect(comparison?.pools[0]?.because).toEqual(['prod-customers']);
});

test('holds no more pools than it is told, and counts them all', async () => {
  const pools = Array.from({ length: 50 }, (_, index) => turned('compliant', 'drifted', `p-${index}`));
  const comparison = await comparisonOf({ pools }, 3);
  expect(comparison?.pools).toHaveLength(3);
  expect(comparison?.turnedPools).toBe(50);
});

test('says in words what is new, persists, is resolved and why, and what was not seen', async () => {
  const comparison = await comparisonOf({
    pools: [aPool({ findings: [aFinding({ change: 'new' }), aFinding({ id: 'f-2', change: 'persisting' })] })],
    resolved: [aResolved(), aResolved({ reason: 'pool-gone' }), aResolved()],
    unseen: [anEarlier()],
  });
  expect(comparison === null ? '' : changesInWords(comparison)).toBe(
    '1 finding new · 1 persists · 3 resolved (2 fixed, 1 pool gone) · 1 where this run did not look or could not read',
  );
});

describe.each(['table', 'markdown', 'html'] as const)('%s', (name) => {
  const draw = (records: Records): Promise<string> =>
    textOf(formats[name](aResult(records), { ...plainOptions, columns: 200 }));

  test('shows the comparison, where there was one', async () => {
    const text = await draw({ pools: [turned('compliant', 'drifted')], resolved: [aResolved()] });
    expect(text).toContain('1 finding new · 0 persist · 1 resolved');
    expect(text).toMatch(/\bcompared\b/i);
    expect(await draw({ pools: [aPool()] })).not.toMatch(/\bcompared\b/i);
  });
});
