import { describe, expect, it } from 'vitest';
import { newRunWarnings } from '../../src/domain/run-warnings.ts';
import type { PolicySet } from '../../src/domain/policy.ts';
import type { Subject } from '../../src/domain/subject.ts';
import { judgePool } from '../../src/domain/verdicts.ts';
import { policy, policySet, today } from '../policy-set.ts';
import { anAccount, aSubject, denied } from './a-pool.ts';

const scope = { file: 'mfa-drift.yaml', include: [], exclude: [] };
const off = { MfaConfiguration: 'OFF' };
const settings = { requireCoverage: true, now: today, managedTags: [] };

function watch(set: PolicySet, subjects: readonly Subject[], more: Partial<Parameters<typeof newRunWarnings>[1]> = {}) {
  const warnings = newRunWarnings(set, { ...scope, ...more });
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
    ['{ regions: ["eu-*", "us-*"] }', 'policy p: regions "us-*" matches no region that was read'],
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

  it('is not named where what it needs could not be read', () => {
    const account = anAccount({ name: null, path: null, tags: null });
    const match = '{ accounts: ["*-x"], organizationalUnits: ["/x"], accountTags: { a: [b] } }';
    expect(unused(matching(match), [aSubject(off, null, { account })])).toEqual([
      'policies/p.yaml:3 policy-unused: policy p matches no pool',
    ]);
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
