import { isOpen } from '../../../src/domain/result/result.ts';
import { describe, expect, it } from 'vitest';
import { acceptGap } from '../../../src/domain/verdict/gap-acceptance.ts';
import type { Failure, Place } from '../../../src/domain/model/observation.ts';
import { policy, policySet, today } from '../../policy-set.ts';
import { anAccount, aPool, denied, read } from '../a-pool.ts';

function accepting(match: string, gaps = '[AccessDenied]', expires = '2027-03-31') {
  return policySet(
    `${policy('p')}expect: {}\n---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: ${match}, gaps: ${gaps}, reason: r, owner: o, expires: ${expires} }\n`,
  );
}

const place = (more: Partial<Place>): Place & Failure => ({
  scope: 'account',
  accountId: '111122223333',
  region: null,
  poolId: null,
  ...more,
  ...denied,
});
const account = place({});
const region = place({ scope: 'region', region: 'ap-south-1' });
const pool = place({ scope: 'pool', region: 'eu-west-1', poolId: 'eu-west-1_AbCdEf123' });

describe('a gap', () => {
  it.each([
    ['{ accounts: ["111122223333"] }', account, true],
    ['{ accounts: ["*-prod"] }', account, true],
    ['{ accounts: ["*-dev"] }', account, false],
    ['{ organizationalUnits: ["/Workloads"] }', region, true],
    ['{ regions: ["ap-*"] }', region, true],
    ['{ regions: ["ap-*"] }', account, false],
    ['{ regions: ["eu-*"] }', region, false],
    ['{ pools: ["*"] }', region, false],
    ['{ pools: [eu-west-1_AbCdEf123] }', pool, true],
    ['{ pools: ["cust*"] }', pool, true],
    ['{ poolTags: { a: [b] } }', pool, false],
    ['{ regions: ["*"], exclude: [{ regions: ["ap-*"] }] }', region, false],
  ])('is accepted by %s: %j is %s', (match, gap, accepted) => {
    expect(isOpen(acceptGap(accepting(match), gap, anAccount(), today, aPool({})))).toBe(!accepted);
  });

  it.each([
    ['{ UserPool: { UserPoolTier: PLUS } }', { UserPoolTier: 'PLUS' }, true],
    ['{ UserPool: { UserPoolTier: PLUS } }', { UserPoolTier: 'LITE' }, false],
    ['{ poolTags: { a: [b] } }', { UserPoolTags: { a: 'b' } }, true],
    ['{ pools: ["cust*"], exclude: [{ UserPool: { UserPoolTier: PLUS } }] }', { UserPoolTier: 'LITE' }, true],
  ])('of a pool is accepted by %s where it is described as %j: %s', (match, userPool, accepted) => {
    const described = aPool({}, { userPool: read(userPool) });
    expect(isOpen(acceptGap(accepting(match), pool, anAccount(), today, described))).toBe(!accepted);
    expect(isOpen(acceptGap(accepting(match), pool, anAccount(), today))).toBe(true);
  });

  it('of a pool whose name nobody knows is accepted by its id alone', () => {
    expect(isOpen(acceptGap(accepting('{ pools: [eu-west-1_AbCdEf123] }'), pool, anAccount(), today))).toBe(false);
    expect(isOpen(acceptGap(accepting('{ pools: ["cust*"] }'), pool, anAccount(), today))).toBe(true);
  });

  it('of another code stays open', () => {
    expect(isOpen(acceptGap(accepting('{ accounts: ["*"] }', '[throttled]'), account, anAccount(), today))).toBe(true);
  });

  it('of the organization is never accepted', () => {
    const gap = place({ scope: 'organization', accountId: null });
    expect(acceptGap(accepting('{ accounts: ["*"] }'), gap, null, today).accepted).toBeNull();
    expect(acceptGap(accepting('{ accounts: ["*"] }'), gap, anAccount(), today).accepted).toBeNull();
  });

  it('that an account’s unread name may match stays open', () => {
    expect(isOpen(acceptGap(accepting('{ accounts: ["*-prod"] }'), account, anAccount({ name: null }), today))).toBe(
      true,
    );
  });

  it('shows an expired exception and stays open', () => {
    const gap = acceptGap(accepting('{ accounts: ["*"] }', undefined, '2026-11-21'), account, anAccount(), today);
    expect(gap.accepted).toMatchObject({ expires: '2026-11-21', expired: true });
    expect(isOpen(gap)).toBe(true);
  });
});
