import { describe, expect, it } from 'vitest';
import { loadPolicySet } from '../../src/config/policies/load-policy-set.ts';
import { loadPolicyTests } from '../../src/config/policies/load-policy-tests.ts';
import { defaultSettings } from '../default-settings.ts';
import { policyTestText } from '../../src/report/policy-test-text.ts';
import { runPolicyTests } from '../../src/domain/policy/tests/policy-tests.ts';

const now = new Date('2026-11-22T00:00:00Z');
const set = loadPolicySet(['policies'], defaultSettings, now);
const outcomes = runPolicyTests(loadPolicyTests(['policies'], defaultSettings, now));

describe('the policies that are shipped', () => {
  it('hold their own tests', () => {
    expect(policyTestText(outcomes)).toBe(`OK  ${outcomes.length} cases hold\n`);
  });

  it('give no warning', () => {
    expect(set.warnings).toEqual([]);
  });

  it.each(set.policies.map((policy) => [policy.name, policy] as const))('%s says why', (_name, policy) => {
    expect(policy.description).toMatch(/\.$/);
  });

  it.each([...new Set(set.policies.map(({ location }) => location.file))])(
    '%s has a case that passes, one that fails and one more',
    (file) => {
      const cases = outcomes.filter(({ location }) => location.file === file.replace('.yaml', '.test.yaml'));
      expect(cases.length).toBeGreaterThanOrEqual(3);
      expect(cases.some(({ wanted }) => wanted === 'compliant')).toBe(true);
      expect(cases.some(({ wanted }) => typeof wanted !== 'string')).toBe(true);
    },
  );

  it.each([
    ['/Workloads/Prod', { EstimatedNumberOfUsers: 12 }],
    ['/Workloads/Prod', { EstimatedNumberOfUsers: 0 }],
    ['/Workloads/Prod', {}],
    ['/Workloads/NonProd/Team', { EstimatedNumberOfUsers: 12 }],
    ['/Sandbox', {}],
    ['/', { EstimatedNumberOfUsers: 12 }],
  ])('leave no pool uncovered in %s with %o, without those that speak of every pool', (path, userPool) => {
    const policies = set.policies.filter(({ match }) => match.keys.length > 0);
    const [suite] = loadPolicyTests(['policies/floor.test.yaml'], defaultSettings, now);
    const config = { MfaConfiguration: 'OFF' };
    const cases = (suite?.cases ?? [])
      .slice(0, 1)
      .map((one) => ({ ...one, account: { ...one.account, path }, userPool, config }));
    const [outcome] = runPolicyTests([{ set: { ...set, policies }, cases }]);
    expect(outcome?.got).not.toBe('uncovered');
  });
});
