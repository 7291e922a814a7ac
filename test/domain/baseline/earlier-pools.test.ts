import { expect, test } from 'vitest';
import { earlierPools } from '../../../src/domain/baseline/earlier-pools.ts';
import { aFinding, anEarlier, aPool, aResult, listOf, type Records } from '../../report/a-result.ts';

const startedAt = '2026-11-17T02:11:30.000Z';

async function pools(records: Records) {
  const found = await listOf(earlierPools(aResult({ ...records, run: { startedAt } })));
  return found.map(({ poolId, record, findings }) => [
    poolId,
    record?.poolId ?? null,
    [...findings.values()].map(({ id, since }) => `${id} ${since}`),
  ]);
}

const handed = (poolId: string, id: string) => anEarlier({ poolId, id, since: '2026-01-01T00:00:00.000Z' });

test('findings that were handed on stand together, pool by pool', async () => {
  expect(await pools({ unseen: [handed('a', '1'), handed('a', '2'), handed('b', '3')] })).toEqual([
    ['a', null, ['1 2026-01-01T00:00:00.000Z', '2 2026-01-01T00:00:00.000Z']],
    ['b', null, ['3 2026-01-01T00:00:00.000Z']],
  ]);
  expect(await pools({})).toEqual([]);
});

test('what was seen outweighs what was handed on, and is known since that run where nobody says it', async () => {
  const seen = aPool({ poolId: 'a', findings: [aFinding({ id: '1' }), aFinding({ id: '3', status: 'fixed' })] });
  expect(await pools({ pools: [seen], unseen: [handed('a', '1'), handed('a', '2'), handed('b', '4')] })).toEqual([
    ['a', 'a', [`1 ${startedAt}`, '2 2026-01-01T00:00:00.000Z']],
    ['b', null, ['4 2026-01-01T00:00:00.000Z']],
  ]);
});

test('who manages the pool as code stands with each of its findings, where that is known', async () => {
  const codeEvent = { agent: 'terraform', at: '2026-08-01T10:00:00.000Z', eventId: 'e0' } as const;
  const findings = [aFinding({ id: '1' })];
  const known = aPool({ poolId: 'a', codeEvent, findings });
  const found = await listOf(
    earlierPools(aResult({ pools: [known, aPool({ poolId: 'b', findings })], run: { startedAt } })),
  );
  const [first, second] = found.map((pool) => pool.findings.get('1'));
  expect(first).toMatchObject({ codeEvent });
  expect(second).not.toHaveProperty('codeEvent');
});
