import { describe, expect, test } from 'vitest';
import { poolTags, userPoolMember } from '../../../src/domain/model/subject.ts';
import { aSubject } from '../a-pool.ts';

const on = { MfaConfiguration: 'ON' };

describe('a member of UserPool', () => {
  test('of another type is not known, as a malformed answer', () => {
    expect(userPoolMember(aSubject(on, { UserPoolTier: 7 }), 'UserPoolTier')).toMatchObject({
      known: false,
      missing: {
        what: 'UserPool.UserPoolTier',
        failure: {
          code: 'malformed',
          message: 'cognito-idp:DescribeUserPool: UserPoolTier is a number, not a text',
        },
      },
    });
  });

  test('that is null reads as absent', () => {
    expect(userPoolMember(aSubject(on, { UserPoolTier: null }), 'UserPoolTier')).toEqual({ known: true });
  });
});

test('tags of a pool are those with a value', () => {
  expect(poolTags(aSubject(on, { UserPoolTags: { team: null, env: 'prod' } }))).toEqual({
    known: true,
    value: { env: 'prod' },
  });
});
