import { describe, expect, it } from 'vitest';
import { placeWarnings } from '../../../src/config/place-warnings.ts';
import { newRunWarnings } from '../../../src/domain/verdict/run-warnings.ts';
import type { PolicySet } from '../../../src/domain/policy/policy.ts';
import type { Account, GapScope } from '../../../src/domain/model/observation.ts';
import type { Subject } from '../../../src/domain/model/subject.ts';
import { judgePool } from '../../../src/domain/verdict/verdicts.ts';
import { defaultSettings } from '../../default-settings.ts';
import { policy, policySet, today } from '../../policy-set.ts';
import { anAccount, aSubject, denied, read, unread as unreadable } from '../a-pool.ts';
import { warningAt } from '../../../src/domain/result/warning.ts';

const configuration = { file: 'mfa-drift.yaml', include: [], exclude: [], role: { overrides: {} } };
const off = { MfaConfiguration: 'OFF' };
const on = read({ MfaConfiguration: 'ON' });
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

  it('is named with its own line in a list of several', () => {
    const match = [
      '{',
      '  pools: [',
      '    cust*,',
      '    nobody ],',
      '  poolTags: { audience: [',
      '    customer,',
      '    staff ] },',
      '  exclude: [ { pools: [',
      '    nowhere ] } ] }',
    ].join('\n  ');
    expect(unused(matching(match), [described])).toEqual([
      'policies/p.yaml:7 selector-unused: policy p: pools "nobody" matches no pool',
      'policies/p.yaml:10 selector-unused: policy p: poolTags.audience "staff" matches no pool',
      'policies/p.yaml:12 selector-unused: policy p: pools "nowhere" matches no pool',
    ]);
  });

  it('asks for no tags where nobody had to read them', () => {
    expect(unused(matching('{ poolTags: { audience: [staff] }, regions: ["us-*"] }'), [aSubject(off)])).toEqual([
      'policies/p.yaml:4 selector-unused: policy p: regions "us-*" matches no region in scope',
      'policies/p.yaml:4 selector-unused: policy p: poolTags.audience "staff" matches no pool',
    ]);
  });

  it('for tags of pools is not found in the tags of an account', () => {
    expect(unused(matching('{ poolTags: { env: [prod] } }'), [described])).toEqual([
      'policies/p.yaml:4 selector-unused: policy p: poolTags.env "prod" matches no pool',
    ]);
  });

  it('of settings without a file has no file', () => {
    const more = { file: null, exclude: [{ accounts: ['*-sandbx'] }] };
    expect(unused(matching('{}'), [described], more)).toEqual([
      'null:null selector-unused: accounts.exclude: accounts "*-sandbx" matches no account',
    ]);
  });

  it('of a role for an account that is not there is told', () => {
    const overrides = { [described.account.id]: { name: 'Own' }, '777788889999': { name: 'Other' } };
    expect(unused(matching('{}'), [described], { role: { overrides } })).toEqual([
      'mfa-drift.yaml:null selector-unused: role.overrides: accounts "777788889999" matches no account',
    ]);
  });

  it('of the configuration has no line', () => {
    expect(unused(matching('{}'), [described], { exclude: [{ accounts: ['*-sandbx'] }] })).toEqual([
      'mfa-drift.yaml:null selector-unused: accounts.exclude: accounts "*-sandbx" matches no account',
    ]);
  });

  it('is certain of a unit told by its id, also where only the names of units were not to be had', () => {
    const account = anAccount({ path: [{ id: 'ou-ab12-cdef9999', name: null }] });
    expect(
      unused(matching('{ organizationalUnits: [ou-ab12-cdef0000, /x] }'), [aSubject(off, null, { account })]),
    ).toEqual([
      'policies/p.yaml:4 selector-unused: policy p: organizationalUnits "ou-ab12-cdef0000" matches no account',
      'policies/p.yaml:4 selector-unused: policy p: organizationalUnits "/x" matched nothing in what was read (the organizational units of 1 account were not)',
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
    ['{ accounts: ["444455556666"], pools: ["custmoers"] }', [wholeAccount], '1 account was not'],
  ])('where it can not be told, with how much was not: %s', (match, gaps, words) => {
    const [warning = '', ...others] = unusedBeside(match, ...gaps);
    expect(warning).toMatch(new RegExp(`^policy p.* matched nothing in what was read \\(${words}\\)$`));
    expect(others).toEqual([]);
  });

  it('an id of a pool is held against its own region, whatever ids stand beside it', () => {
    expect(unusedBeside('{ pools: [eu-west-1_Zz98Yy76X, ap-east-1_Zz98Yy76X] }', oneRegion)).toEqual([
      'policy p: pools "eu-west-1_Zz98Yy76X" matches no pool',
      'policy p: pools "ap-east-1_Zz98Yy76X" matched nothing in what was read (1 region was not)',
    ]);
  });

  it('a region is held against the accounts alone, whatever pools are asked for there', () => {
    expect(unusedBeside('{ regions: ["ap-*"], pools: [eu-west-1_Zz98Yy76X] }', wholeAccount)).toEqual([
      'policy p: regions "ap-*" matched nothing in what was read (1 account was not)',
      'policy p: pools "eu-west-1_Zz98Yy76X" matches no pool',
    ]);
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

  it('an interruption leaves the pools of its account unread', () => {
    const warnings = watch(policySet(matching('{ pools: ["custmoers"] }')), [described]);
    warnings.unfinished(unread);
    expect(warnings.unused().map(({ message }) => message)).toEqual([
      'policy p: pools "custmoers" matched nothing in what was read (a part of the accounts and 1 account were not)',
    ]);
  });

  it('what was said before the run is not said again', () => {
    const set = policySet(matching('{ regions: ["eu-west-1", "eu-west-9"] }'));
    const words = 'policy p: regions "eu-west-9" is no region';
    const warning = warningAt({ file: 'policies/p.yaml', line: 4, column: 1 }, 'place-unknown', words);
    expect(watch({ ...set, warnings: [warning] }, [described]).unused()).toEqual([]);
    expect(watch(set, [described]).unused()).toHaveLength(1);
  });
});

describe('what could not be asked of what was read', () => {
  const undescribed = aSubject(off);
  const nothing = 'matched nothing in what was read';

  it('is told of pools as of accounts', () => {
    const failed = { ...undescribed, pool: { ...undescribed.pool, userPool: unreadable } };
    const other = { ...failed, pool: { ...failed.pool, poolId: 'eu-west-1_Other1234' } };
    const text = matching('{ poolTags: { audience: [customer] } }');
    expect(unused(text, [failed])).toEqual([
      `policies/p.yaml:4 selector-unused: policy p: poolTags.audience "customer" ${nothing} (the tags of 1 pool were not)`,
    ]);
    expect(unused(text, [failed, other])).toEqual([
      `policies/p.yaml:4 selector-unused: policy p: poolTags.audience "customer" ${nothing} (the tags of 2 pools were not)`,
    ]);
  });

  it('is told of a policy and of an exception as a whole', () => {
    const text = `${matching('{ UserPool: { UserPoolTier: PLUS } }')}---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: { UserPool: { UserPoolTier: PLUS } }, reason: r, owner: o, expires: 2027-03-31 }\n`;
    expect(unused(text, [undescribed])).toEqual([
      `policies/p.yaml:3 policy-unused: policy p ${nothing} (parts of 1 pool were not)`,
      `policies/p.yaml:10 exception-unused: the exception of o ${nothing} (parts of 1 pool were not)`,
    ]);
  });

  it('is one of several things that were not read, each with its number', () => {
    const account = anAccount({ name: null });
    const warnings = watch(policySet(matching('{ accounts: ["*-x"], pools: [y] }')), [{ ...undescribed, account }]);
    const [one, two] = [anAccount({ id: '444455556666', name: 'a-x' }), anAccount({ id: '777788889999', name: 'b-x' })];
    warnings.gap({ scope: 'organization', accountId: null, region: null, poolId: null, ...denied }, null);
    warnings.gap({ scope: 'account', accountId: one.id, region: null, poolId: null, ...denied }, one);
    warnings.gap({ scope: 'region', accountId: two.id, region: 'eu-west-1', poolId: null, ...denied }, two);
    expect(warnings.unused().map(({ message }) => message)).toEqual([
      `policy p: accounts "*-x" ${nothing} (a part of the accounts and the names of 1 account were not)`,
      `policy p: pools "y" ${nothing} (a part of the accounts, 1 account and 1 region of others were not)`,
    ]);
  });

  it('does not keep a unit from matching nothing where its names were read', () => {
    const path = [
      { id: 'ou-ab12-workload', name: 'Workloads' },
      { id: 'ou-ab12-prodprod', name: null },
    ];
    const text = matching('{ organizationalUnits: [/Sandbox] }');
    expect(unused(text, [described])[0]).toContain('matches no account');
    expect(unused(text, [aSubject(off, null, { account: anAccount({ path }) })])[0]).toContain(
      '(the organizational units of 1 account were not)',
    );
  });

  it('is nothing where an id was asked for, or a tag that is there', () => {
    const account = anAccount({ name: null });
    const text = matching('{ accounts: ["444455556666"], accountTags: { env: [dev], team: [x] } }');
    expect(unused(text, [aSubject(off, null, { account })])).toEqual([
      'policies/p.yaml:4 selector-unused: policy p: accounts "444455556666" matches no account',
      'policies/p.yaml:4 selector-unused: policy p: accountTags.env "dev" matches no account',
      'policies/p.yaml:4 selector-unused: policy p: accountTags.team "x" matches no account',
    ]);
  });
});

describe('an entry that matched nothing in another place', () => {
  it('is named of an exception and of the scope', () => {
    const text = `${policy('p')}expect: {}\n---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: { pools: ["custmoers"] }, reason: r, owner: o, expires: 2027-03-31 }\n`;
    expect(unused(text, [described], { include: [{ accounts: ['*-prdo', '*-prod'] }] })).toEqual([
      'policies/p.yaml:9 selector-unused: the exception of o: pools "custmoers" matches no pool',
      'mfa-drift.yaml:null selector-unused: accounts.include: accounts "*-prdo" matches no account',
    ]);
  });

  it('is held against the keys around it: what they rule out could not have held it', () => {
    const unreadAccount = anAccount({ id: '444455556666', name: 'sandbox-7' });
    const told = (match: string) => {
      const warnings = watch(policySet(matching(match)), [described]);
      warnings.account(unreadAccount);
      warnings.gap(
        { scope: 'account', accountId: unreadAccount.id, region: null, poolId: null, ...denied },
        unreadAccount,
      );
      return warnings.unused().map(({ message }) => message);
    };
    expect(told('{ accounts: ["shop-*"], exclude: [{ pools: [nobody] }] }')).toEqual([
      'policy p: pools "nobody" matches no pool',
    ]);
    expect(told('{ accounts: ["*"], exclude: [{ pools: [nobody] }] }')).toEqual([
      'policy p: pools "nobody" matched nothing in what was read (1 account was not)',
    ]);
    expect(told('{ pools: ["cust*", eu-west-1_Nobody123], regions: [us-*, "eu-*"] }')).toEqual([
      'policy p: regions "us-*" matched nothing in what was read (1 account was not)',
      'policy p: pools "eu-west-1_Nobody123" matched nothing in what was read (1 account was not)',
    ]);
  });

  it('was told before of the same line of the same file, and of no other', () => {
    const set = policySet(matching('{ regions: ["eu-west-1", "eu-west-9"] }'));
    const words = 'policy p: regions "eu-west-9" is no region';
    const told = (file: string, line: number, code: 'place-unknown' | 'conflict' = 'place-unknown') =>
      watch({ ...set, warnings: [warningAt({ file, line, column: 1 }, code, words)] }, [described]).unused().length;
    expect(told('policies/p.yaml', 4)).toBe(0);
    expect(told('policies/p.yaml', 5)).toBe(1);
    expect(told('policies/q.yaml', 4)).toBe(1);
    expect(told('policies/p.yaml', 4, 'conflict')).toBe(1);
  });

  it('is told beside another in its line that was told before', () => {
    const set = policySet(matching('{ regions: ["eu-west-9"], accounts: ["444455556666"] }'));
    const warnings = placeWarnings(set, defaultSettings);
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^policy p: regions "eu-west-9" is/),
    ]);
    const said = watch({ ...set, warnings }, [described]).unused();
    expect(said.map(({ message }) => message)).toEqual(['policy p: accounts "444455556666" matches no account']);
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

  it('of which one is excused is in use', () => {
    const other = { ...described, pool: { ...described.pool, poolId: 'eu-west-1_Other1234', mfaConfig: on } };
    expect(idle(excepting(', policies: [p]'), [other, described])).toEqual([]);
    expect(idle(excepting(', policies: [p]'), [described, other])).toEqual([]);
  });

  it('and excuses nothing is told beside another of the same owner that matches nothing', () => {
    const other = '  - { match: { accounts: ["444455556666"] }, reason: r, owner: o, expires: 2027-03-31 }\n';
    expect(idle(`${excepting(', policies: [q]')}${other}`)).toEqual([
      'policies/p.yaml:15 selector-unused: the exception of o: accounts "444455556666" matches no account',
      expect.stringMatching(
        /^policies\/p\.yaml:14 exception-idle: the exception of o matches 1 pool and excuses nothing/,
      ),
    ]);
  });

  it('that could not be judged is not told for certain', () => {
    const failed = { ...described, pool: { ...described.pool, mfaConfig: unreadable } };
    expect(idle(excepting(', policies: [p]'), [failed])[0]).toContain(
      'matches 1 pool and excuses nothing: no finding of theirs is one that it covers in what was read (parts of 1 pool were not)',
    );
  });

  it('may be one that covers gaps, of which findings say nothing', () => {
    expect(idle(excepting(', gaps: [AccessDenied]'))).toEqual([
      'policies/p.yaml:14 exception-unused: the exception of o matches no gap',
    ]);
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

describe('an exception by members of UserPool', () => {
  const text = `${policy('p')}expect: { MfaConfiguration: "ON" }\n---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - { match: { UserPool: { UserPoolTier: PLUS } }, reason: r, owner: o, expires: 2027-03-31 }\n`;

  it('is not in use where a pool that it may match was not described', () => {
    expect(unused(text, [aSubject(off)])).toEqual([
      'policies/p.yaml:9 exception-unused: the exception of o matched nothing in what was read (parts of 1 pool were not)',
    ]);
  });

  it('is not known to match a pool that was not described, also where that has nothing to excuse', () => {
    const compliant = aSubject({ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } });
    expect(unused(text, [compliant])).toEqual([
      'policies/p.yaml:9 exception-unused: the exception of o matched nothing in what was read (parts of 1 pool were not)',
    ]);
  });

  it('surely matches no pool that it rules out, also where that one could not be judged', () => {
    const failed = { ...described, pool: { ...described.pool, mfaConfig: unreadable } };
    expect(unused(text, [failed])).toEqual(['policies/p.yaml:9 exception-unused: the exception of o matches no pool']);
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
  it('on one pool name it, and those of other lines stand by themselves in the order of their fields', () => {
    const pair = (names: readonly [string, string], field: string, values: readonly [string, string]) =>
      names.map((name, index) => `${policy(name)}expect:\n  ${field}: ${values[index]}\n`);
    const text = [
      ...pair(['c', 'd'], 'WebAuthnConfiguration', ['{ RelyingPartyId: x.test }', '{ RelyingPartyId: y.test }']),
      ...pair(['a', 'b'], 'MfaConfiguration', ['"OFF"', '"ON"']),
    ].join('---\n');
    expect(
      watch(policySet(text), [described])
        .conflicts()
        .map(({ message }) => message),
    ).toEqual([
      'MfaConfiguration: no value satisfies a (policies/p.yaml:17) and b (policies/p.yaml:23) on eu-west-1_AbCdEf123 (111122223333, eu-west-1); it is never fixed',
      'WebAuthnConfiguration.RelyingPartyId: no value satisfies c (policies/p.yaml:5) and d (policies/p.yaml:11) on eu-west-1_AbCdEf123 (111122223333, eu-west-1); it is never fixed',
    ]);
  });

  it('of several pools stand in the order of their fields, whichever pool came first', () => {
    const pair = (names: readonly [string, string], pool: string, field: string, values: readonly [string, string]) =>
      names.map((name, index) => `${policy(name)}match: { pools: [${pool}] }\nexpect:\n  ${field}: ${values[index]}\n`);
    const text = [
      ...pair(['a', 'b'], 'first', 'WebAuthnConfiguration', [
        '{ RelyingPartyId: x.test }',
        '{ RelyingPartyId: y.test }',
      ]),
      ...pair(['c', 'd'], 'second', 'MfaConfiguration', ['"OFF"', '"ON"']),
    ].join('---\n');
    const named = (poolName: string) => ({ ...described, pool: { ...described.pool, poolName } });
    const messages = watch(policySet(text), [named('first'), named('second')]).conflicts();
    expect(messages.map(({ message }) => message.split(':')[0])).toEqual([
      'MfaConfiguration',
      'WebAuthnConfiguration.RelyingPartyId',
    ]);
  });

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
