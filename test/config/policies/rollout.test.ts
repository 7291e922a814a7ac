import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../default-settings.ts';
import { complaintsAbout, policy, policySet } from '../../policy-set.ts';

const on = 'expect: { MfaConfiguration: "ON" }\n';
const head = policy('p');

describe('what a policy says of its users', () => {
  test('is a share, who enrols them, and what is there meanwhile', () => {
    const more = 'remediation: { readiness: 0.98, enrolment: managed-login, meanwhile: OPTIONAL }\n';
    expect(policySet(`${head}${on}${more}`).policies).toMatchObject([
      { readiness: 0.98, enrolment: 'managed-login', meanwhile: 'OPTIONAL' },
    ]);
    expect(policySet(`${head}${on}`).policies).toMatchObject([{ readiness: null, enrolment: null, meanwhile: null }]);
  });

  test.each([
    ['readiness: 98', 'readiness'],
    ['readiness: -0.1', 'readiness'],
    ['readiness: "0.98"', 'readiness'],
    ['enrolment: hosted-ui', 'managed-login, own or none'],
    ['readiness: 0.9, meanwhile: "OFF"', 'OPTIONAL'],
  ])('may not be %s', (text, complaint) => {
    expect(complaintsAbout(`${head}${on}remediation: { ${text} }\n`)).toContain(complaint);
  });

  test('has nothing meanwhile without a share that it waits for, its own or the configuration’s', () => {
    const text = `${head}${on}remediation: { meanwhile: OPTIONAL }\n`;
    expect(complaintsAbout(text)).toContain('meanwhile needs a share of users that ON waits for');
    const remediation = { ...defaultSettings.remediation, readiness: 0.98 };
    expect(complaintsAbout(text, { remediation })).toBe('');
  });

  test.each([
    ['asks for something else', 'expect: { MfaConfiguration: OPTIONAL }\n'],
    [
      'asks for ON, and would write something else',
      'expect: { MfaConfiguration: { oneOf: ["ON", OPTIONAL], set: OPTIONAL } }\n',
    ],
    ['asks for nothing', 'expect: {}\n'],
  ])('has nothing meanwhile where it %s', (_, expects) => {
    const text = `${head}${expects}remediation: { readiness: 0.98, meanwhile: OPTIONAL }\n`;
    expect(complaintsAbout(text)).toContain('meanwhile stands in a policy that does not ask for ON');
  });

  test('may wait meanwhile where ON is one of several, and what it would write', () => {
    const expects = 'expect: { MfaConfiguration: { oneOf: ["ON", OPTIONAL], set: "ON" } }\n';
    expect(complaintsAbout(`${head}${expects}remediation: { readiness: 0.98, meanwhile: OPTIONAL }\n`)).toBe('');
  });
});
