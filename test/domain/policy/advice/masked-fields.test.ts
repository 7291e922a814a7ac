import { describe, expect, test } from 'vitest';
import { asksForMasked, isMasked, maskObject, maskValue } from '../../../../src/domain/policy/advice/masked-fields.ts';
import { policy, policySet } from '../../../policy-set.ts';

test.each([
  ['ExternalId', true],
  ['SmsMfaConfiguration.SmsConfiguration.ExternalId', true],
  ['SmsConfiguration.EumsSms.ExternalId', true],
  ['ExternalId.below', true],
  ['ExternalIdentity', false],
  ['NotAnExternalId', false],
  ['SmsMfaConfiguration.SmsConfiguration', false],
])('the path %s is masked: %s', (path, masked) => {
  expect(isMasked(path)).toBe(masked);
});

test('external ids are masked wherever they stand, and nothing else is', () => {
  const value = { ExternalId: 'a', SnsCallerArn: 'arn', list: [{ ExternalId: 'b', n: 1 }, 'ExternalId'] };
  const masked = {
    ExternalId: '(masked)',
    SnsCallerArn: 'arn',
    list: [{ ExternalId: '(masked)', n: 1 }, 'ExternalId'],
  };
  expect(maskValue(value)).toEqual(masked);
  expect(maskObject(value)).toEqual(masked);
  expect(maskValue([value, null])).toEqual([masked, null]);
  expect(maskObject(null)).toBeNull();
});

describe('a line that asks for what is masked', () => {
  const asking = (fields: string) => asksForMasked(policySet(`${policy('p')}${fields}`))?.line ?? null;
  const sms = (inner: string) => `expect:\n  SmsMfaConfiguration: { SmsConfiguration: { ${inner} } }\n`;
  const exception = (match: string) =>
    `expect: {}\n---\napiVersion: mfa-drift/v1\nkind: Exceptions\nexceptions:\n  - match: ${match}\n    reason: r\n    owner: o\n    expires: 2027-03-31\n`;

  test.each<[string, string, number | null]>([
    ['an expectation', sms('ExternalId: a'), 5],
    ['an expectation of something else', sms('SnsCallerArn: a'), null],
    ['the second of two', sms('SnsCallerArn: a, ExternalId: a'), 5],
    [
      'inside ifPresent',
      'expect:\n  SmsMfaConfiguration:\n    ifPresent: { SmsConfiguration: { ExternalId: a } }\n',
      6,
    ],
    ['a selector', 'match:\n  UserPool: { SmsConfiguration: { ExternalId: a } }\nexpect: {}\n', 5],
    ['a selector of something else', 'match: { accounts: ["1*"], poolTags: { a: [b] } }\nexpect: {}\n', null],
    [
      'an exclude block',
      'match:\n  exclude:\n    - { UserPool: { SmsConfiguration: { ExternalId: a } } }\nexpect: {}\n',
      6,
    ],
    ['an exception', exception('{ UserPool: { SmsConfiguration: { ExternalId: a } } }'), 9],
    ['an exception of something else', exception('{ UserPool: { UserPoolTier: PLUS } }'), null],
  ])('%s', (_what, fields, line) => {
    expect(asking(fields)).toBe(line);
  });
});
