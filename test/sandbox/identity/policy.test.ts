/** Policy documents, by the examples and rules of the IAM user guide ("Policy evaluation logic", "IAM JSON policy elements"). */
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/domain/model/json.ts';
import { decide, parsePolicy } from '../../../src/sandbox/identity/policy.ts';

const pool = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Ab12Cd34E';
const document = (...statements: readonly JsonValue[]): JsonValue => ({
  Version: '2012-10-17',
  Statement: statements,
});
const allow = (rest: { readonly [name: string]: JsonValue }): JsonValue => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...rest,
});

function decided(policy: JsonValue, action: string, keys: Readonly<Record<string, string>> = {}, resource = pool) {
  return decide(parsePolicy(policy), { action, resource, context: (key) => keys[key] });
}

describe('decides', () => {
  it.each<[string, JsonValue, string, string]>([
    ['what nothing allows', document(allow({ Action: 'iam:PassRole' })), 'cognito-idp:ListUsers', 'not-allowed'],
    [
      'without regard to the case of actions',
      document(allow({ Action: 'COGNITO-IDP:list*' })),
      'cognito-idp:ListUsers',
      'allowed',
    ],
    [
      'a star in the middle',
      document(allow({ Action: 'cognito-idp:*Config' })),
      'cognito-idp:GetUserPoolMfaConfig',
      'allowed',
    ],
    ['a question mark for one character alone', document(allow({ Action: 's3:?utObject' })), 's3:PutObject', 'allowed'],
    ['a question mark never for none', document(allow({ Action: 's3:?PutObject' })), 's3:PutObject', 'not-allowed'],
    [
      'a resource of its pattern',
      document(allow({ Resource: 'arn:aws:cognito-idp:*:111122223333:userpool/*' })),
      'a:B',
      'allowed',
    ],
    [
      'a resource of another account',
      document(allow({ Resource: 'arn:aws:cognito-idp:*:444455556666:userpool/*' })),
      'a:B',
      'not-allowed',
    ],
    [
      'a resource of another partition',
      document(allow({ Resource: 'arn:aws-us-gov:cognito-idp:*:111122223333:*' })),
      'a:B',
      'not-allowed',
    ],
    ['any of several', document(allow({ Action: ['a:B', 'a:C'] })), 'a:C', 'allowed'],
    [
      'a denial over what is allowed, in whichever order',
      document({ Effect: 'Deny', Action: 'a:*', Resource: '*' }, allow({})),
      'a:B',
      'denied',
    ],
    ['a dot as a dot', document(allow({ Resource: pool.replace('1_Ab', '1.Ab') })), 'a:B', 'not-allowed'],
  ])('%s', (_what, policy, action, decision) => {
    expect(decided(policy, action)).toBe(decision);
  });

  it('a key that a request does not have is unequal to everything and equal to nothing', () => {
    const key = 'aws:ResourceTag/mfa-remediation';
    const unequal = document(allow({ Condition: { StringNotEquals: { [key]: 'exempt' } } }));
    const equal = document(allow({ Condition: { StringEquals: { [key]: ['exempt', 'never'] } } }));
    expect([decided(unequal, 'a:B'), decided(equal, 'a:B')]).toEqual(['allowed', 'not-allowed']);
    expect([decided(unequal, 'a:B', { [key]: 'exempt' }), decided(equal, 'a:B', { [key]: 'never' })]).toEqual([
      'not-allowed',
      'allowed',
    ]);
    expect(decided(unequal, 'a:B', { [key]: 'Exempt' })).toBe('allowed');
  });

  it('every condition of a statement must be met', () => {
    const both = document(
      allow({
        Condition: {
          StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' },
          StringNotEquals: { 'aws:ResourceTag/env': 'prod' },
        },
      }),
    );
    const passed = { 'iam:PassedToService': 'cognito-idp.amazonaws.com' };
    expect(decided(both, 'iam:PassRole', passed)).toBe('allowed');
    expect(decided(both, 'iam:PassRole', { ...passed, 'aws:ResourceTag/env': 'prod' })).toBe('not-allowed');
    expect(decided(both, 'iam:PassRole')).toBe('not-allowed');
  });
});

describe('refuses what it does not play, and says what', () => {
  it.each<[JsonValue, string]>([
    [document(), 'no Statement'],
    [document(allow({ NotResource: pool })), 'NotResource is not played'],
    [document(allow({ Principal: '*' })), 'Principal is not played'],
    [document({ Effect: 'Allow', Resource: '*' }), 'Action is missing'],
    [document({ Effect: 'Allow', Action: 'a:B' }), 'Resource is missing'],
    [document(allow({ Effect: 'allow' })), 'Effect must be Allow or Deny, not "allow"'],
    [document(allow({ Condition: { StringLike: { 'aws:ResourceTag/a': 'b' } } })), 'StringLike is not played'],
    [document(allow({ Condition: { StringEquals: { 'aws:SourceIp': 'b' } } })), 'key aws:SourceIp is not played'],
    [document(allow({ Resource: 'arn:aws:s3:::${aws:username}' })), 'variable in arn:aws:s3:::${aws:username}'],
    [document(allow({ Action: [1] })), 'Action must be a text, not 1'],
    [{ Version: '2099-01-01', Statement: [allow({})] }, 'Version must be 2012-10-17'],
    [{ Id: 'x', Statement: [allow({})] }, 'A policy with Id is not played'],
    ['*', 'A policy must be an object'],
  ])('%j', (policy, message) => {
    expect(() => parsePolicy(policy)).toThrow(message);
  });
});
