import { describe, expect, it } from 'vitest';
import { explainPool } from '../../../src/domain/verdict/explanation.ts';
import type { MatchAnswer } from '../../../src/domain/policy/match/selection.ts';
import { policy, policySet, today } from '../../policy-set.ts';
import type { Subject } from '../../../src/domain/model/subject.ts';
import { anAccount, aPool, aSubject, unread } from '../a-pool.ts';

const settings = { requireCoverage: true, now: today, managedTags: [] };
const set = policySet(
  [
    `${policy('everything')}expect: {}\n`,
    `${policy('matching')}match: { accounts: ["*-prod"], organizationalUnits: [/Workloads], poolTags: { audience: ["cust*"] } }\nexpect:\n  MfaConfiguration: "ON"\n  SoftwareTokenMfaConfiguration: { Enabled: true }\n`,
    `${policy('other-audience')}match: { poolTags: { audience: [staff] } }\nexpect: {}\n`,
    `${policy('other-region')}match: { regions: ["us-*"] }\nexpect: {}\n`,
    `${policy('left-out')}match:\n  exclude:\n    - { pools: ["cust*"] }\nexpect: {}\n`,
    `${policy('many-users')}match: { UserPool: { EstimatedNumberOfUsers: { min: 100 } } }\nexpect: {}\n`,
    `${policy('tagged')}match: { accountTags: { team: [x] } }\nexpect: {}\n`,
  ].join('---\n'),
);

const config = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
const userPool = { UserPoolTags: { audience: 'customer' }, EstimatedNumberOfUsers: 12 };

describe('the explanation of a pool', () => {
  const explained = () => explainPool(set, aSubject(config, userPool), settings);
  const reasonsOf = (match: string, more: Partial<Subject> = {}) =>
    explainPool(
      policySet(`${policy('p')}match: ${match}\nexpect: { MfaConfiguration: "ON" }\n`),
      aSubject(config, userPool, more),
      settings,
    ).policies.map(({ answer, reasons, checks }) => [answer, reasons, checks.length]);

  it('names every policy, those that match first, with the keys that decided', () => {
    expect(explained().policies.map(({ policy: { name }, answer, reasons }) => [name, answer, reasons])).toEqual([
      ['everything', 'yes', ['every pool']],
      ['matching', 'yes', ['accounts *-prod', 'organizationalUnits /Workloads', 'poolTags.audience customer']],
      ['left-out', 'no', ['pools cust*']],
      ['many-users', 'no', ['UserPool does not match']],
      ['other-audience', 'no', ['poolTags.audience is customer']],
      ['other-region', 'no', ['regions is eu-west-1']],
      ['tagged', 'no', ['accountTags.team is not set']],
    ]);
  });

  it('names the exclude block that decided', () => {
    expect(explained().policies.find(({ policy: { name } }) => name === 'left-out')?.excludedBy).toEqual({
      file: 'policies/p.yaml',
      line: 31,
      column: 7,
    });
  });

  it('shows every expectation of those that match, also what holds', () => {
    const checks = explained().policies.find(({ policy: { name } }) => name === 'matching')?.checks ?? [];
    expect(checks.map(({ path, verdict: one, location }) => [path, one, location.line])).toEqual([
      ['MfaConfiguration', 'misses', 11],
      ['SoftwareTokenMfaConfiguration.Enabled', 'holds', 12],
    ]);
  });

  it('carries the verdict and the factors', () => {
    const { verdict, factors } = explained();
    expect(verdict.record.status).toBe('drifted');
    expect(factors?.usable).toEqual(['totp']);
  });

  it.each<[string, Partial<Subject>, string, string]>([
    ['{ accounts: ["*-dev"] }', {}, 'no', 'accounts is 111122223333 shop-prod'],
    ['{ accounts: ["444455556666"] }', { account: anAccount({ name: null }) }, 'no', 'accounts is 111122223333'],
    ['{ organizationalUnits: [/Sandbox] }', {}, 'no', 'organizationalUnits is /Workloads/Prod'],
    [
      '{ organizationalUnits: [/Sandbox] }',
      { account: anAccount({ path: [], inOrganization: false }) },
      'no',
      'organizationalUnits is none: the account is in no organization',
    ],
    ['{ regions: ["us-*"] }', {}, 'no', 'regions is eu-west-1'],
    ['{ pools: ["staff*"] }', {}, 'no', 'pools is customers'],
    ['{ accountTags: { env: [dev] } }', {}, 'no', 'accountTags.env is prod'],
    ['{ accountTags: { env: [prod] } }', {}, 'yes', 'accountTags.env prod'],
    ['{ poolTags: { audience: ["c*"] } }', {}, 'yes', 'poolTags.audience customer'],
    ['{ UserPool: { EstimatedNumberOfUsers: { max: 20 } } }', {}, 'yes', 'UserPool'],
    ['{ organizationalUnits: [ou-ab12-workload] }', {}, 'yes', 'organizationalUnits ou-ab12-workload'],
  ])('%s says what decided', (match, more, answer, reason) => {
    expect(reasonsOf(match, more)).toEqual([[answer, [reason], answer === 'yes' ? 1 : 0]]);
  });

  it('says every pool only where nothing was left out', () => {
    expect(reasonsOf('{}')).toEqual([['yes', ['every pool'], 1]]);
    expect(reasonsOf('{ exclude: [{ pools: ["cust*"] }] }')).toEqual([['no', ['pools cust*'], 0]]);
    expect(reasonsOf('{ exclude: [{ poolTags: { a: [b] } }] }', { pool: aPool(config) })).toEqual([
      ['unknown', ['poolTags.a: tags of the pool (DescribeUserPool of the pool) could not be read'], 0],
    ]);
  });

  it('names the exceptions that are not ruled out', () => {
    const exception = (owner: string, match: string) =>
      `  - { match: ${match}, reason: r, owner: ${owner}, expires: 2027-03-31 }\n`;
    const text = `${policy('p')}expect: {}\n---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n${exception('a', '{ pools: ["cust*"] }')}${exception('b', '{ pools: ["staff*"] }')}${exception('c', '{ poolTags: { a: [b] } }')}`;
    const { exceptions } = explainPool(policySet(text), aSubject(config), settings);
    expect(exceptions.map(({ exception: { owner }, answer }) => [owner, answer])).toEqual([
      ['a', 'yes'],
      ['c', 'unknown'],
    ]);
  });

  it('of a configuration that could not be read has neither factors nor checks', () => {
    const pool = aPool({}, { mfaConfig: unread });
    const { factors, policies } = explainPool(set, { ...aSubject(config), pool }, settings);
    expect(factors).toBeNull();
    expect(policies.find(({ answer }) => answer === 'yes')).toMatchObject({ reasons: ['every pool'], checks: [] });
    const asking = policySet(`${policy('p')}expect: { MfaConfiguration: "ON" }\n`);
    const [asked] = explainPool(asking, { ...aSubject(config), pool }, settings).policies;
    expect(asked).toMatchObject({ answer: 'yes', checks: [] });
    expect(policies).toHaveLength(set.policies.length);
  });

  it('says what could not be read', () => {
    const subject = aSubject(config, null, { account: anAccount({ tags: null }) });
    const told = explainPool(set, subject, settings).policies;
    expect(told.map(({ answer }) => answer)).toEqual(['yes', ...Array<MatchAnswer>(4).fill('unknown'), 'no', 'no']);
    const doubts = told.filter(({ answer }) => answer === 'unknown');
    expect(doubts.map(({ policy: { name }, reasons }) => [name, reasons])).toEqual([
      ['many-users', ['UserPool: DescribeUserPool of the pool could not be read']],
      ['matching', ['poolTags.audience: tags of the pool (DescribeUserPool of the pool) could not be read']],
      ['other-audience', ['poolTags.audience: tags of the pool (DescribeUserPool of the pool) could not be read']],
      ['tagged', ['accountTags.team: tags of the account could not be read']],
    ]);
  });
});
