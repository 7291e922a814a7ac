import { expect, test } from 'vitest';
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
