import { expect, test } from 'vitest';
import { placeKey } from '../../../src/domain/model/observation.ts';
import { byPlace, compareTexts, type Placed } from '../../../src/domain/model/order.ts';

test('what belongs to the whole comes before its parts: account, region, pool', () => {
  const ordered: readonly Placed[] = [
    { accountId: null, region: null },
    { accountId: '1', region: null },
    { accountId: '1', region: 'a', poolId: null },
    { accountId: '1', region: 'a', poolId: 'x' },
    { accountId: '1', region: 'a', poolId: 'y' },
    { accountId: '1', region: 'b', poolId: 'a' },
    { accountId: '2', region: null },
    { accountId: '2', region: 'a', poolId: 'a' },
  ];
  const signs = ordered.map((one) => ordered.map((other) => Math.sign(byPlace(one, other))));
  expect(signs).toEqual(ordered.map((_, i) => ordered.map((__, j) => Math.sign(i - j))));
});

test('a pool that is not named is as one that is null', () => {
  expect(byPlace({ accountId: '1', region: 'a' }, { accountId: '1', region: 'a', poolId: null })).toBe(0);
});

test('texts stand by their UTF-16 units', () => {
  expect(['b', 'a', 'é', 'B', 'Z', null].toSorted(compareTexts)).toEqual([null, 'B', 'Z', 'a', 'b', 'é']);
  expect(compareTexts('a', 'a')).toBe(0);
  expect(compareTexts(null, null)).toBe(0);
});

test('the key of a pool tells it from those of another account and region', () => {
  const pool = { accountId: '1', region: 'a', poolId: 'a_x' };
  const others = [
    { ...pool, accountId: '2' },
    { ...pool, region: 'b' },
    { ...pool, poolId: 'a_y' },
  ];
  expect(new Set([pool, { ...pool }, ...others].map(placeKey)).size).toBe(4);
});
