import { describe, expect, it } from 'vitest';
import { explainPool } from '../../../src/domain/verdict/explanation.ts';
import { policy, policySet, today } from '../../policy-set.ts';
import { anAccount, aSubject } from '../a-pool.ts';

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
  const { policies, factors, verdict } = explainPool(set, aSubject(config, userPool), settings);

  it('names every policy, those that match first, with the keys that decided', () => {
    expect(policies.map(({ policy: { name }, answer, reasons }) => [name, answer, reasons])).toEqual([
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
    expect(policies.find(({ policy: { name } }) => name === 'left-out')?.excludedBy).toEqual({
      file: 'policies/p.yaml',
      line: 31,
      column: 7,
    });
  });

  it('shows every expectation of those that match, also what holds', () => {
    const checks = policies.find(({ policy: { name } }) => name === 'matching')?.checks ?? [];
    expect(checks.map(({ path, verdict: one, place }) => [path, one, place.line])).toEqual([
      ['MfaConfiguration', 'misses', 11],
      ['SoftwareTokenMfaConfiguration.Enabled', 'holds', 12],
    ]);
  });

  it('carries the verdict and the factors', () => {
    expect(verdict.record.status).toBe('drifted');
    expect(factors?.usable).toEqual(['totp']);
  });

  it('says what could not be read', () => {
    const subject = aSubject(config, null, { account: anAccount({ tags: null }) });
    const doubts = explainPool(set, subject, settings).policies.filter(({ answer }) => answer === 'unknown');
    expect(doubts.map(({ policy: { name }, reasons }) => [name, reasons])).toEqual([
      ['many-users', ['UserPool: DescribeUserPool of the pool could not be read']],
      ['matching', ['poolTags.audience: tags of the pool (DescribeUserPool of the pool) could not be read']],
      ['other-audience', ['poolTags.audience: tags of the pool (DescribeUserPool of the pool) could not be read']],
      ['tagged', ['accountTags.team: tags of the account could not be read']],
    ]);
  });
});
