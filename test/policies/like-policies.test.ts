/** Policies that judge as other tools do, held to what those tools said of the same pools when they were run or read, November 2026. */
import { describe, expect, it } from 'vitest';
import { loadPolicySet } from '../../src/config/policies/load-policy-set.ts';
import { loadPolicyTests } from '../../src/config/policies/load-policy-tests.ts';
import { runPolicyTests, type PolicyTestCase } from '../../src/domain/policy/tests/policy-tests.ts';
import { policyTestText } from '../../src/report/policy-test-text.ts';
import { defaultSettings } from '../default-settings.ts';

const now = new Date('2026-11-22T00:00:00Z');
const set = loadPolicySet(['policies/like'], defaultSettings, now);
const suites = loadPolicyTests(['policies/like'], defaultSettings, now);

const role = 'arn:aws:iam::111122223333:role/sms';
const off = { MfaConfiguration: 'OFF' };
const app = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const optional = { MfaConfiguration: 'OPTIONAL', ...app };
const on = { MfaConfiguration: 'ON', ...app };
const sms = { MfaConfiguration: 'ON', SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: role } } };

/** Prowler 5.40 (FAIL, PASS), cdk-nag 3.0.2 (warning, none), Security Hub's documentation and its ports (fails, passes). */
const said: readonly (readonly [tool: string, config: PolicyTestCase['config'], isPassed: boolean])[] = [
  ['like-prowler', off, false],
  ['like-prowler', optional, false],
  ['like-prowler', on, true],
  ['like-prowler', sms, true],
  ['like-cdk-nag-cog2', off, false],
  ['like-cdk-nag-cog2', optional, false],
  ['like-cdk-nag-cog2', on, true],
  ['like-cdk-nag-cog2', sms, true],
  ['like-security-hub-cognito-5', off, false],
  ['like-security-hub-cognito-5', optional, true],
  ['like-security-hub-cognito-5', on, true],
  ['like-security-hub-cognito-5', sms, true],
  ['like-cis-6-3', off, false],
  ['like-cis-6-3', optional, false],
  ['like-cis-6-3', on, true],
  ['like-cis-6-3', sms, true],
];

/** What the policies say of a pool somewhere. */
function verdictOn(name: string, config: PolicyTestCase['config'], more: Partial<PolicyTestCase> = {}) {
  const [first] = suites[0]?.cases ?? [];
  const policies = set.policies.filter((policy) => policy.name === name);
  const cases = first === undefined ? [] : [{ ...first, ...more, config }];
  return runPolicyTests([{ set: { ...set, policies }, cases }])[0]?.got;
}

describe('policies that judge as other tools do', () => {
  it('hold their own tests, and give no warning but that ON wants a factor, which these tools do not ask for', () => {
    const outcomes = runPolicyTests(suites);
    expect(policyTestText(outcomes)).toBe(`OK  ${outcomes.length} cases hold\n`);
    expect(set.warnings.map(({ code, message }) => `${code} ${message.split(' ')[0]}`)).toEqual([
      'self-contradiction like-cdk-nag-cog2',
      'self-contradiction like-prowler',
    ]);
  });

  it.each(said)('%s says of %j: passed %s', (name, config, isPassed) => {
    expect(verdictOn(name, config) === 'compliant').toBe(isPassed);
  });

  it.each([
    ['us-east-1', 'compliant'],
    ['us-gov-west-1', 'uncovered'],
    ['ap-southeast-7', 'uncovered'],
  ])('Security Hub in %s: %s', (region, verdict) => {
    expect(verdictOn('like-security-hub-cognito-5', on, { region })).toBe(verdict);
  });

  it('change nothing: they are for comparing', () => {
    expect(set.policies.map(({ mode }) => mode)).toEqual(['never', 'never', 'never', 'never']);
  });
});
