import { describe, expect, it } from 'vitest';
import { newRunWarnings } from '../../../src/domain/verdict/run-warnings.ts';
import type { PolicySet } from '../../../src/domain/policy/policy.ts';
import type { Account, GapScope } from '../../../src/domain/model/observation.ts';
import type { Subject } from '../../../src/domain/model/subject.ts';
import { judgePool } from '../../../src/domain/verdict/verdicts.ts';
import { policy, policySet, today } from '../../policy-set.ts';
import { anAccount, aSubject, denied } from '../a-pool.ts';
import { warningAt } from '../../../src/domain/result/warning.ts';

const configuration = { file: 'mfa-drift.yaml', include: [], exclude: [] };
const off = { MfaConfiguration: 'OFF' };
const settings = { requireCoverage: true, now: today, managedTags: [] };

function watch(set: PolicySet, subjects: readonly Subject[], more: Partial<Parameters<typeof newRunWarnings>[1]> = {}) {
  const warnings = newRunWarnings(set, { ...configuration, ...more }, today);
  for (const subject of subjects) {
    warnings.account(subject.account);
    warnings.region(subject.region);
    warnings.pool(subject, judgePool(set, subject, settings));
  }
  return warnings;
}

function unused(text: string, subjects: readonly Subject[], more = {}): readonly string[] {
  return watch(policySet(text), subjects, more)
    .unused()
    .map(({ code, file, line, message }) => `${file}:${line} ${code}: ${message}`);
}

const described = aSubject(off, { UserPoolTags: { audience: 'customer' } });
const matching = (match: string) => `${policy('p')}match: ${match}\nexpect: {}\n`;

describe('a selector entry that matched nothing', () => {
  it.each([
    ['{ accounts: ["111122223333", "*-prdo"] }', 'policy p: accounts "*-prdo" matches no account'],
    [
      '{ organizationalUnits: ["/Workloads", "/Wrokloads"] }',
      'policy p: organizationalUnits "/Wrokloads" matches no account',
    ],
    ['{ accountTags: { env: [prod, dev] } }', 'policy p: accountTags.env "dev" matches no account'],
    ['{ regions: ["eu-*", "us-*"] }', 'policy p: regions "us-*" matches no region in scope'],
    ['{ pools: ["cust*", "custmoers-*"] }', 'policy p: pools "custmoers-*" matches no pool'],
    ['{ poolTags: { audience: [customer, custmer] } }', 'policy p: poolTags.audience "custmer" matches no pool'],
    ['{ exclude: [{ pools: ["*-sandbx"] }] }', 'policy p: pools "*-sandbx" matches no pool'],
  ])('is named with its line: %s', (match, message) => {
    expect(unused(matching(match), [described])).toEqual([`policies/p.yaml:4 selector-unused: ${message}`]);
  });

  it('of the configuration has no line', () => {
    expect(unused(matching('{}'), [described], { exclude: [{ accounts: ['*-sandbx'] }] })).toEqual([
      'mfa-drift.yaml:null selector-unused: accounts.exclude: accounts "*-sandbx" matches no account',
    ]);
  });

  it('is named with how many accounts could not tell', () => {
    const account = anAccount({ name: null, path: null, tags: null });
    const match = '{ accounts: ["*-x"], organizationalUnits: ["/x"], accountTags: { a: [b] } }';
    const nothing = 'matched nothing in what was read';
    expect(unused(matching(match), [aSubject(off, null, { account })])).toEqual([
      `policies/p.yaml:4 selector-unused: policy p: accounts "*-x" ${nothing} (the names of 1 account were not)`,
      `policies/p.yaml:4 selector-unused: policy p: organizationalUnits "/x" ${nothing} (the organizational units of 1 account were not)`,
      `policies/p.yaml:4 selector-unused: policy p: accountTags.a "b" ${nothing} (the tags of 1 account were not)`,
    ]);
  });
});

describe('in a run that did not read everything, what matched nothing is judged by what it needs', () => {
  const unread = anAccount({
    id: '444455556666',
    name: 'sandbox-7',
    path: [{ id: 'ou-ab12-cdef9999', name: 'Sandbox' }],
  });
  const gapOf = (scope: GapScope, account: Account | null, region: string | null = null) =>
    ({ scope, accountId: account?.id ?? null, region, poolId: null, ...denied }) as const;

  /** One account was read; of another this was not. */
  function unusedBeside(match: string, ...gaps: readonly ReturnType<typeof gapOf>[]): readonly string[] {
    const warnings = watch(policySet(matching(match)), [described]);
    warnings.account(unread);
    for (const gap of gaps) {
      if (gap.region !== null) warnings.region(gap.region);
      warnings.gap(gap, gap.accountId === null ? null : unread);
    }
    return warnings.unused().map(({ message }) => message);
  }
  const wholeAccount = gapOf('account', unread);
  const oneRegion = gapOf('region', unread, 'ap-east-1');
  const brokenList = gapOf('organization', null);

  it.each([
    [
      'accounts need the list of accounts',
      '{ accounts: ["*-prdo"] }',
      wholeAccount,
      'policy p: accounts "*-prdo" matches no account',
    ],
    [
      'units need it',
      '{ organizationalUnits: ["/Wrk"] }',
      oneRegion,
      'policy p: organizationalUnits "/Wrk" matches no account',
    ],
    [
      'regions need the regions',
      '{ regions: ["sa-*"] }',
      oneRegion,
      'policy p: regions "sa-*" matches no region in scope',
    ],
    [
      'pools need the accounts that they could be in',
      '{ accounts: ["shop-*"], pools: ["custmoers"] }',
      wholeAccount,
      'policy p: pools "custmoers" matches no pool',
    ],
    [
      'or the units',
      '{ organizationalUnits: ["/Workloads"], pools: ["custmoers"] }',
      wholeAccount,
      'policy p: pools "custmoers" matches no pool',
    ],
    [
      'or the regions',
      '{ regions: ["eu-*"], pools: ["custmoers"] }',
      oneRegion,
      'policy p: pools "custmoers" matches no pool',
    ],
    [
      'an id of a pool says its region',
      '{ pools: [eu-west-1_Zz98Yy76X] }',
      oneRegion,
      'policy p: pools "eu-west-1_Zz98Yy76X" matches no pool',
    ],
    [
      'a whole policy likewise',
      '{ accounts: ["shop-*"], UserPool: { UserPoolTier: PLUS } }',
      wholeAccount,
      'policy p matches no pool',
    ],
    [
      'what is excluded could not match',
      '{ UserPool: { UserPoolTier: PLUS }, exclude: [{ accounts: ["sandbox-*"] }] }',
      wholeAccount,
      'policy p matches no pool',
    ],
  ])('for certain: %s', (_need, match, gap, message) => {
    expect(unusedBeside(match, gap)).toEqual([message]);
  });

  it.each([
    ['{ accounts: ["*-prdo"] }', [brokenList], 'a part of the accounts was not'],
    ['{ regions: ["sa-*"] }', [wholeAccount], '1 account was not'],
    ['{ pools: ["custmoers"] }', [wholeAccount], '1 account was not'],
    ['{ pools: ["custmoers"] }', [oneRegion, gapOf('region', unread, 'ap-south-2')], '2 regions were not'],
    [
      '{ pools: ["custmoers"], accounts: ["*"] }',
      [brokenList, oneRegion],
      'a part of the accounts and 1 region were not',
    ],
    ['{ poolTags: { audience: [custmer] } }', [wholeAccount], '1 account was not'],
    ['{ UserPool: { UserPoolTier: PLUS } }', [oneRegion], '1 region was not'],
    ['{ pools: [ap-east-1_Zz98Yy76X] }', [oneRegion], '1 region was not'],
    ['{ regions: ["ap-*"], pools: ["custmoers"] }', [oneRegion], '1 region was not'],
  ])('where it can not be told, with how much was not: %s', (match, gaps, words) => {
    const [warning = '', ...others] = unusedBeside(match, ...gaps);
    expect(warning).toMatch(new RegExp(`^policy p.* matched nothing in what was read \\(${words}\\)$`));
    expect(others).toEqual([]);
  });

  it('a region that is there and could not be read is one', () => {
    expect(unusedBeside('{ regions: ["eu-*", "ap-*"] }', oneRegion)).toEqual([]);
  });

  it('an interruption leaves accounts unread, and perhaps unlisted', () => {
    const warnings = watch(policySet(matching('{ accounts: ["*-prdo"], pools: ["custmoers"] }')), [described]);
    warnings.unfinished(unread);
    expect(warnings.unused().map(({ message }) => message)).toEqual([
      'policy p: accounts "*-prdo" matched nothing in what was read (a part of the accounts was not)',
      'policy p: pools "custmoers" matched nothing in what was read (a part of the accounts was not)',
    ]);
  });

  it('what was said before the run is not said again', () => {
    const set = policySet(matching('{ regions: ["eu-west-1", "eu-west-9"] }'));
    const warning = warningAt({ file: 'policies/p.yaml', line: 4, column: 1 }, 'place-unknown', 'no such region');
    expect(watch({ ...set, warnings: [warning] }, [described]).unused()).toEqual([]);
    expect(watch(set, [described]).unused()).toHaveLength(1);
  });
});

describe('an exception that matches pools', () => {
  const excepting = (more: string) =>
    `${policy('p')}expect: { MfaConfiguration: "ON" }\n---\n${policy('q')}expect: { MfaConfiguration: "OFF" }\n---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: { pools: ["cust*"] }, reason: r, owner: o, expires: 2027-03-31${more} }\n`;
  const idle = (text: string, subjects: readonly Subject[] = [described]) => unused(text, subjects);

  it('and excuses a finding there is in use', () => {
    expect(idle(excepting(', policies: [p]'))).toEqual([]);
    expect(idle(excepting(', paths: [MfaConfiguration]'))).toEqual([]);
  });

  it('and excuses nothing is told', () => {
    const other = { ...described, pool: { ...described.pool, poolId: 'eu-west-1_Other1234' } };
    const message = 'excuses nothing: no finding of theirs is one that it covers';
    expect(idle(excepting(', policies: [q]'))).toEqual([
      `policies/p.yaml:14 exception-idle: the exception of o matches 1 pool and ${message}`,
    ]);
    expect(idle(excepting(', paths: [EmailMfaConfiguration]'), [described, other])).toEqual([
      `policies/p.yaml:14 exception-idle: the exception of o matches 2 pools and ${message}`,
    ]);
  });

  it('and holds nothing is told in its own words', () => {
    expect(idle(excepting(', policies: [q], hold: true'))[0]).toContain('matches 1 pool and holds nothing: no finding');
    expect(idle(excepting(', policies: [p], hold: true'))).toEqual([]);
  });

  it('says how much was not read where that could have been it', () => {
    const warnings = watch(policySet(excepting(', policies: [q]')), [described]);
    const account = anAccount({ id: '444455556666', name: 'sandbox-7' });
    warnings.gap({ scope: 'account', accountId: account.id, region: null, poolId: null, ...denied }, account);
    expect(warnings.unused()[0]?.message).toMatch(/covers in what was read \(1 account was not\)$/);
  });

  it('and has expired is told once, as expired', () => {
    const text = excepting(', policies: [q]').replace('2027-03-31', '2026-01-31');
    expect(idle(text)).toEqual([]);
  });
});

describe('what matched nothing as a whole', () => {
  it('is named where its entries do not explain it', () => {
    expect(unused(matching('{ UserPool: { UserPoolTier: PLUS } }'), [described])).toEqual([
      'policies/p.yaml:3 policy-unused: policy p matches no pool',
    ]);
  });

  const withException = (more: string) =>
    `${matching('{}')}---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: { UserPool: { UserPoolTier: PLUS } }, reason: r, owner: o, expires: 2027-03-31${more} }\n`;

  it('may be an exception for pools, or for gaps', () => {
    expect(unused(withException(''), [described])).toEqual([
      'policies/p.yaml:10 exception-unused: the exception of o matches no pool',
    ]);
    expect(unused(withException(', gaps: [AccessDenied]'), [described])).toEqual([
      'policies/p.yaml:10 exception-unused: the exception of o matches no gap',
    ]);
  });

  it('is not an exception that accepted a gap', () => {
    const text = withException(', gaps: [AccessDenied]').replace(
      'UserPool: { UserPoolTier: PLUS }',
      'accounts: ["111122223333"]',
    );
    const warnings = watch(policySet(text), [described]);
    warnings.gap({ scope: 'account', accountId: '111122223333', region: null, poolId: null, ...denied }, anAccount());
    expect(warnings.unused()).toEqual([]);
  });
});

describe('conflicts', () => {
  it('are one warning for the same lines, with the number of pools', () => {
    const text = ['a', 'b']
      .map((name, index) => `${policy(name)}expect:\n  MfaConfiguration: "${['OFF', 'OPTIONAL'][index]}"\n`)
      .join('---\n');
    const other = { ...described, pool: { ...described.pool, poolId: 'eu-west-1_Other1234' } };
    expect(watch(policySet(text), [described, other]).conflicts()).toEqual([
      {
        code: 'conflict',
        message:
          'MfaConfiguration: no value satisfies a (policies/p.yaml:5) and b (policies/p.yaml:11) on 2 pools, the first eu-west-1_AbCdEf123 (111122223333, eu-west-1); it is never fixed',
        file: 'policies/p.yaml',
        line: 5,
      },
    ]);
  });
});
