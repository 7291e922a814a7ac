import { describe, expect, it } from 'vitest';
import { selectAccount } from '../../../../src/domain/policy/match/account-selection.ts';
import type { Account } from '../../../../src/domain/model/observation.ts';
import {
  askKey,
  candidateOf,
  select,
  type MatchAnswer,
  type Selection,
} from '../../../../src/domain/policy/match/selection.ts';
import { policy, policySet } from '../../../policy-set.ts';
import { anAccount, aPool, aSubject, unread } from '../../a-pool.ts';

const off = { MfaConfiguration: 'OFF' };

function selection(match: string, subject = aSubject(off)): Selection {
  const [compiled] = policySet(`${policy('p')}match: ${match}\nexpect: {}\n`).policies;
  if (compiled === undefined) throw new Error('no policy');
  return select(compiled.match, candidateOf(subject));
}

function answer(match: string, subject = aSubject(off)): MatchAnswer {
  return selection(match, subject).answer;
}

function inAccount(more: Partial<Account>): Parameters<typeof answer>[1] {
  return aSubject(off, null, { account: anAccount(more) });
}

describe('what is known', () => {
  it.each<[string, MatchAnswer]>([
    ['{}', 'yes'],
    ['{ accounts: ["111122223333"] }', 'yes'],
    ['{ accounts: ["111122223334"] }', 'no'],
    ['{ accounts: ["111122223334", "*-prod"] }', 'yes'],
    ['{ accounts: ["shop"] }', 'no'],
    ['{ organizationalUnits: ["/Workloads/Prod"] }', 'yes'],
    ['{ organizationalUnits: ["/Workloads/Prod/"] }', 'yes'],
    ['{ organizationalUnits: ["/Workloads"] }', 'yes'],
    ['{ organizationalUnits: ["/Workloads//"] }', 'yes'],
    ['{ organizationalUnits: ["/"] }', 'yes'],
    ['{ organizationalUnits: ["/Work"] }', 'no'],
    ['{ organizationalUnits: ["/workloads"] }', 'no'],
    ['{ organizationalUnits: ["/Workloads/Prod/Europe"] }', 'no'],
    ['{ organizationalUnits: ["ou-ab12-workload"] }', 'yes'],
    ['{ organizationalUnits: ["ou-ab12-nonprod1"] }', 'no'],
    ['{ accountTags: { env: [dev, pro*] } }', 'yes'],
    ['{ accountTags: { env: [prod], team: ["*"] } }', 'no'],
    ['{ regions: ["eu-*"] }', 'yes'],
    ['{ regions: ["us-*"] }', 'no'],
    ['{ pools: ["cust*"] }', 'yes'],
    ['{ pools: ["eu-west-1_AbCdEf123"] }', 'yes'],
    ['{ pools: ["eu-west-1_AbCdEf*"] }', 'no'],
    ['{ pools: ["Customers"] }', 'no'],
    ['{ regions: ["eu-*"], pools: ["staff"] }', 'no'],
    ['{ exclude: [{ pools: ["cust*"] }] }', 'no'],
    ['{ exclude: [{ pools: ["cust*"], regions: ["us-*"] }] }', 'yes'],
    ['{ exclude: [{ pools: ["cust*"], exclude: [{ regions: ["eu-*"] }] }] }', 'yes'],
  ])('%s is %s', (match, expected) => {
    expect(answer(match)).toBe(expected);
  });

  it.each<[string, MatchAnswer]>([
    ['{ organizationalUnits: ["/"] }', 'no'],
    ['{ organizationalUnits: ["/Workloads"] }', 'no'],
    ['{ organizationalUnits: ["ou-ab12-workload"] }', 'no'],
    ['{ accountTags: { env: ["*"] } }', 'no'],
    ['{ exclude: [{ organizationalUnits: ["/"] }] }', 'yes'],
    ['{ accounts: ["111122223333"] }', 'yes'],
  ])('of an account in no organization: %s is %s', (match, expected) => {
    expect(answer(match, inAccount({ path: [], tags: {}, inOrganization: false }))).toBe(expected);
  });

  it('needs DescribeUserPool for tags and members of the pool', () => {
    const described = aSubject(off, { UserPoolTags: { audience: 'customer' }, EstimatedNumberOfUsers: 12 });
    expect(answer('{ poolTags: { audience: [customer] } }', described)).toBe('yes');
    expect(answer('{ poolTags: { toString: ["*"] } }', described)).toBe('no');
    expect(answer('{ poolTags: { audience: [staff], toString: ["*"] } }', described)).toBe('no');
    expect(answer('{ UserPool: { EstimatedNumberOfUsers: { min: 1 } } }', described)).toBe('yes');
    expect(answer('{ UserPool: { EstimatedNumberOfUsers: { min: 100 } } }', described)).toBe('no');
    expect(answer('{ UserPool: { UserPoolTier: PLUS } }', described)).toBe('no');
  });

  it('lets no pool name pose as a pool id', () => {
    const posing = aSubject(off);
    const pool = aPool(off, { poolId: 'eu-west-1_Other1234', poolName: 'eu-west-1_AbCdEf123' });
    expect(answer('{ pools: ["eu-west-1_AbCdEf123"] }', { ...posing, pool })).toBe('no');
  });

  it('tells tags of the pool from those that an empty answer has not', () => {
    expect(answer('{ poolTags: { audience: ["*"] } }', aSubject(off, {}))).toBe('no');
  });
});

describe('what could not be read', () => {
  it.each<[string, Partial<Account>, MatchAnswer]>([
    ['{ accounts: ["*-prod"] }', { name: null }, 'unknown'],
    ['{ accounts: ["*"] }', { name: null }, 'yes'],
    ['{ accounts: ["111122223333", "*-prod"] }', { name: null }, 'yes'],
    ['{ accounts: ["111122223334"] }', { name: null }, 'no'],
    ['{ organizationalUnits: ["/Workloads"] }', { path: null }, 'unknown'],
    ['{ organizationalUnits: ["ou-ab12-workload"] }', { path: null }, 'unknown'],
    ['{ accountTags: { env: [prod] } }', { tags: null }, 'unknown'],
    ['{ accountTags: { env: [prod] }, regions: ["us-*"] }', { tags: null }, 'no'],
    ['{ accounts: ["*-prod"], exclude: [{ regions: ["eu-*"] }] }', { name: null }, 'no'],
    ['{ exclude: [{ accounts: ["*-dev"] }] }', { name: null }, 'unknown'],
    ['{ exclude: [{ accounts: ["*-dev"], regions: ["us-*"] }] }', { name: null }, 'yes'],
  ])('%s of an account with %j is %s', (match, account, expected) => {
    expect(answer(match, inAccount(account))).toBe(expected);
  });

  it('is not known of a unit whose name is missing on the way, and known by every id', () => {
    const path = [
      { id: 'ou-ab12-workload', name: 'Workloads' },
      { id: 'ou-ab12-prodprod', name: null },
    ];
    expect(answer('{ organizationalUnits: ["/Workloads"] }', inAccount({ path }))).toBe('unknown');
    expect(answer('{ organizationalUnits: ["/Workloads/Prod"] }', inAccount({ path }))).toBe('unknown');
    expect(answer('{ organizationalUnits: ["/"] }', inAccount({ path }))).toBe('yes');
    expect(answer('{ organizationalUnits: ["ou-ab12-prodprod"] }', inAccount({ path }))).toBe('yes');
    expect(answer('{ organizationalUnits: ["ou-ab12-workload"] }', inAccount({ path }))).toBe('yes');
    expect(answer('{ organizationalUnits: ["ou-ab12-nonprod1"] }', inAccount({ path }))).toBe('no');
  });

  it.each<[string, MatchAnswer]>([
    ['{ poolTags: { audience: [customer] } }', 'unknown'],
    ['{ UserPool: { EstimatedNumberOfUsers: { min: 1 } } }', 'unknown'],
    ['{ poolTags: { audience: [customer] }, pools: ["staff"] }', 'no'],
    ['{ exclude: [{ poolTags: { audience: [staff] } }] }', 'unknown'],
  ])('%s without DescribeUserPool is %s', (match, expected) => {
    expect(answer(match)).toBe(expected);
  });

  it.each<[string, Partial<Account>, string]>([
    ['{ accounts: ["*-prod"] }', { name: null }, 'name of the account'],
    ['{ organizationalUnits: ["/Workloads"] }', { path: null }, 'organizational unit of the account'],
    ['{ accountTags: { env: [prod] } }', { tags: null }, 'tags of the account'],
    ['{ UserPool: { UserPoolTier: PLUS } }', {}, 'DescribeUserPool of the pool'],
    ['{ poolTags: { a: [b] } }', {}, 'tags of the pool (DescribeUserPool of the pool)'],
  ])('%s of an account with %j names it', (match, account, what) => {
    expect(selection(match, inAccount(account)).because.map(({ missing }) => missing)).toEqual([
      { what, failure: null },
    ]);
  });

  it('without a read of DescribeUserPool at all is named too', () => {
    const [compiled] = policySet(
      `${policy('p')}match: { UserPool: { UserPoolTier: PLUS }, poolTags: { a: [b] } }\nexpect: {}\n`,
    ).policies;
    const candidate = { ...candidateOf(aSubject(off)), subject: null };
    const keys = compiled?.match.keys ?? [];
    expect(new Set(keys.map((key) => askKey(key, candidate).missing?.what))).toEqual(
      new Set(['DescribeUserPool of the pool', 'tags of the pool']),
    );
    const ofRegion = { ...candidate, pool: null };
    expect(keys.map((key) => askKey(key, ofRegion).answer)).toEqual(['no', 'no']);
  });

  it('is said alone, beside keys that match', () => {
    const { answer: one, because } = selection(
      '{ accounts: ["*-prod"], regions: ["eu-*"] }',
      inAccount({ name: null }),
    );
    expect([one, because.map(({ key }) => key.label)]).toEqual(['unknown', ['accounts']]);
    expect(selection('{ accounts: ["*-prod"], regions: ["eu-*"] }').because.map(({ key }) => key.label)).toEqual([
      'accounts',
      'regions',
    ]);
  });

  it('in the selector counts before what is not in an exclude block', () => {
    const found = selection('{ accounts: ["*-prod"], exclude: [{ poolTags: { a: [b] } }] }', inAccount({ name: null }));
    expect(found).toMatchObject({ answer: 'unknown', because: [{ key: { label: 'accounts' } }], excludedBy: null });
  });

  it('of one member settles nothing where another member says no', () => {
    const match = '{ UserPool: { EstimatedNumberOfUsers: { min: 100 }, UserPoolTier: PLUS } }';
    const saved = aSubject(off, { EstimatedNumberOfUsers: 12 }, { fromResult: true });
    expect(answer(match, saved)).toBe('no');
    const enough = aSubject(off, { EstimatedNumberOfUsers: 120 }, { fromResult: true });
    expect(answer(match, enough)).toBe('unknown');
  });

  it('of names, beside ids, may be one of the names', () => {
    expect(answer('{ accounts: ["111122223334", "*-prod"] }', inAccount({ name: null }))).toBe('unknown');
    expect(answer('{ accounts: ["*-prod", "111122223334"] }', inAccount({ name: null }))).toBe('unknown');
  });

  it('says what it was, and why', () => {
    const subject = aSubject(off);
    const failed = { ...subject, pool: aPool(off, { userPool: unread }) };
    const [key] = selection('{ poolTags: { audience: [customer] } }', failed).because;
    expect(key).toMatchObject({ key: { label: 'poolTags.audience' }, missing: { failure: { code: 'AccessDenied' } } });
  });
});

describe('the accounts of a configuration', () => {
  const prod = { organizationalUnits: ['/Workloads/Prod'] };
  it.each([
    [[], [], {}, 'yes'],
    [[prod], [], {}, 'yes'],
    [[{ accounts: ['x'] }, prod], [], {}, 'yes'],
    [[{ accounts: ['x'] }], [], {}, 'no'],
    [[prod], [{ accounts: ['111122223333'] }], {}, 'no'],
    [[prod], [], { path: null }, 'unknown'],
    [[prod], [{ accounts: ['111122223333'] }], { path: null }, 'no'],
    [[], [{ accountTags: { env: ['dev'] } }], { tags: null }, 'unknown'],
    [[], [{ accounts: ['*-dev'] }], {}, 'yes'],
  ] as const)('include %j and exclude %j of %j is %s', (include, exclude, more, expected) => {
    expect(selectAccount(anAccount(more), include, exclude)).toBe(expected);
  });
});
