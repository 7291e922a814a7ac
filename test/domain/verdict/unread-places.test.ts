import { describe, expect, test } from 'vitest';
import type { GapScope } from '../../../src/domain/model/observation.ts';
import { newUnreadPlaces } from '../../../src/domain/verdict/unread-places.ts';
import { policy, policySet } from '../../policy-set.ts';
import { anAccount } from '../a-pool.ts';

const one = anAccount({ id: '444455556666', name: 'shop-dev', tags: { env: 'dev' } });
const two = anAccount({ id: '777788889999', name: 'shop-prod', path: null, tags: null });

function matching(match: string) {
  const [first] = policySet(`${policy('p')}match: ${match}\nexpect: {}\n`).policies;
  if (first === undefined) throw new Error('There is no policy.');
  return first.match;
}

function withGaps(...gaps: readonly (readonly [GapScope, string | null, typeof one | null])[]) {
  const places = newUnreadPlaces();
  for (const [scope, region, account] of gaps) places.add({ scope, region }, account);
  return places;
}

/** How many accounts and regions could hold pools that match. */
function unread(
  places: ReturnType<typeof newUnreadPlaces>,
  match: string,
): readonly [accounts: number, regions: number] {
  const { keys, exclude } = matching(match);
  const { accounts, regions } = places.withoutPools(keys, exclude);
  return [accounts, regions];
}

describe('what was not read', () => {
  test('is nothing without a gap, and none of a pool’s', () => {
    expect(unread(withGaps(), '{ pools: [x] }')).toEqual([0, 0]);
    expect(unread(withGaps(['pool', 'eu-west-1', one]), '{ pools: [x] }')).toEqual([0, 0]);
    expect(withGaps(['pool', 'eu-west-1', one]).listOnly()).toEqual({ isListCut: false, accounts: 0, regions: 0 });
  });

  test('are regions, each once, until the account as a whole is not', () => {
    const regions = withGaps(['region', 'eu-west-1', one], ['region', 'eu-west-1', one], ['region', 'ap-east-1', one]);
    expect(unread(regions, '{ pools: [x] }')).toEqual([0, 2]);
    regions.add({ scope: 'account', region: null }, one);
    expect(unread(regions, '{ pools: [x] }')).toEqual([1, 0]);
    regions.add({ scope: 'region', region: 'eu-west-1' }, one);
    expect(unread(regions, '{ pools: [x] }')).toEqual([1, 0]);
  });

  test('is a part of the accounts where the organization could not be listed', () => {
    expect(withGaps(['organization', null, null]).listOnly()).toEqual({ isListCut: true, accounts: 0, regions: 0 });
    expect(withGaps(['account', null, one]).listOnly().isListCut).toBe(false);
  });

  test('are the regions of accounts that were not read as a whole', () => {
    const places = withGaps(['account', null, one], ['region', 'eu-west-1', two]);
    expect(places.withoutRegions([])).toMatchObject({ accounts: 1, regions: 0 });
    expect(places.withoutRegions(matching('{ accounts: ["*-prod"] }').keys)).toMatchObject({ accounts: 0, regions: 0 });
  });

  test.each<[string, readonly [number, number]]>([
    ['{ pools: [x] }', [2, 0]],
    ['{ accounts: ["*-dev"] }', [1, 0]],
    ['{ organizationalUnits: [/Sandbox] }', [1, 0]],
    ['{ accountTags: { env: [prod] } }', [1, 0]],
    ['{ poolTags: { a: [b] }, accounts: ["*-dev"] }', [1, 0]],
    ['{ regions: ["us-*", "xx-*"] }', [2, 0]],
    ['{ regions: ["xx-nowhere-1"] }', [0, 0]],
    ['{ pools: [eu-west-1_AbCdEf123, eu-south-1_AbCdEf123] }', [2, 0]],
    ['{ exclude: [{ accounts: ["*-dev"] }] }', [1, 0]],
    ['{ exclude: [{ accounts: ["*-dev"], pools: [x] }] }', [2, 0]],
    ['{ exclude: [{ accounts: ["*-dev"], organizationalUnits: [/Nowhere] }] }', [2, 0]],
    ['{ exclude: [{ organizationalUnits: [/Workloads] }] }', [1, 0]],
    ['{ exclude: [{ accounts: ["*-dev"], exclude: [{ pools: [x] }] }] }', [2, 0]],
    ['{ exclude: [{ accountTags: { env: [prod] } }] }', [2, 0]],
  ])('of two whole accounts, where %s could match: %j', (match, expected) => {
    expect(unread(withGaps(['account', null, one], ['account', null, two]), match)).toEqual(expected);
  });

  test.each<[string, readonly [number, number]]>([
    ['{ pools: [x] }', [0, 2]],
    ['{ regions: ["eu-*"] }', [0, 1]],
    ['{ regions: ["us-*", "ap-east-1"] }', [0, 1]],
    ['{ pools: [eu-west-1_AbCdEf123] }', [0, 1]],
    ['{ pools: [eu-west-1_AbCdEf123, "x*"] }', [0, 2]],
    ['{ accounts: ["*-prod"] }', [0, 0]],
    ['{ poolTags: { a: [b] } }', [0, 2]],
  ])('of two regions, where %s could match: %j', (match, expected) => {
    expect(unread(withGaps(['region', 'eu-west-1', one], ['region', 'ap-east-1', one]), match)).toEqual(expected);
  });
});
