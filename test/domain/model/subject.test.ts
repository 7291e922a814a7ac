import { describe, expect, test } from 'vitest';
import type { OpenValue } from '../../../src/domain/model/open-values.ts';
import { poolTags, userPoolMember } from '../../../src/domain/model/subject.ts';
import type { JsonObject } from '../../../src/domain/model/json.ts';
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

describe('a pool that a template would make', () => {
  const byParameter: OpenValue = { why: 'parameter Tier', possible: null, isThere: false };
  const made = (userPool: JsonObject, ...open: readonly (readonly [path: string, value?: Partial<OpenValue>])[]) => ({
    ...aSubject(on, userPool),
    open: new Map(open.map(([path, value]) => [path, { ...byParameter, ...value }])),
  });
  const missing = (what: string) => ({ known: false, missing: { what, failure: null } });

  test('has no member that a parameter decides, nor one with such a member inside', () => {
    const tier = made(
      { UserPoolTier: 'LITE', Policies: {} },
      ['UserPool.UserPoolTier'],
      ['UserPool.Policies.SignInPolicy'],
    );
    expect(userPoolMember(tier, 'UserPoolTier')).toEqual(missing('UserPool.UserPoolTier: parameter Tier'));
    expect(userPoolMember(tier, 'Policies')).toEqual(missing('UserPool.Policies: parameter Tier'));
  });

  test('has what is surely there, whatever it will be', () => {
    const named = made({ Name: '{{Name}}' }, ['UserPool.Name', { isThere: true }], ['UserPool.NameOfAnother']);
    expect(userPoolMember(named, 'Name')).toEqual({ known: true, value: '{{Name}}' });
  });

  test('is not known where the template says nothing', () => {
    expect(userPoolMember(made({}), 'UserPoolTier')).toEqual(
      missing('UserPool.UserPoolTier, which the template does not say'),
    );
  });

  test('has each tag that stands there, save the one that is left open', () => {
    const tagged = made({ UserPoolTags: { env: 'prod', team: '{{Team}}' } }, [
      'UserPool.UserPoolTags.team',
      { why: 'parameter Team', isThere: true },
    ]);
    expect(poolTags(tagged, 'env')).toMatchObject({ known: true });
    expect(poolTags(tagged)).toMatchObject({ known: true });
    expect(poolTags(tagged, 'team')).toEqual(missing('UserPool.UserPoolTags.team: parameter Team'));
  });

  test('may get a tag from its stack that the template does not name', () => {
    const stack = made({ UserPoolTags: {} }, [
      'UserPool.UserPoolTags',
      { why: 'the tags of the stack', isThere: true },
    ]);
    expect(poolTags(stack)).toEqual({ known: true, value: {} });
    expect(poolTags(stack, 'env')).toEqual(missing('UserPool.UserPoolTags.env: the tags of the stack'));
    expect(poolTags(made({ UserPoolTags: {} }), 'env')).toEqual({ known: true, value: {} });
  });
});
