import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/domain/model/observation.ts';
import type { Subject } from '../../../src/domain/model/subject.ts';
import { configGap, doubtGap, doubtsOf } from '../../../src/domain/verdict/pool-gaps.ts';
import { aPool, aSubject, denied, unread } from '../a-pool.ts';

const place = { scope: 'pool', accountId: '111122223333', region: 'eu-west-1', poolId: 'eu-west-1_AbCdEf123' };
const on = { MfaConfiguration: 'ON' };
const about = (what: string, failure: Failure | null = null) => ({ what, failure });

test('what is known is no doubt', () => {
  expect(doubtsOf('policy p', [null, about('a'), null])).toEqual([{ asker: 'policy p', missing: about('a') }]);
});

describe('the gap of a pool without a configuration', () => {
  const gapOf = (pool: Subject['pool']) => configGap({ ...aSubject(on), pool });

  test('is the failure of its reading', () => {
    expect(gapOf(aPool({}, { mfaConfig: unread }))).toEqual({ ...place, ...denied });
  });

  test('says what is wrong with an answer that is none', () => {
    expect(gapOf(aPool({}))).toMatchObject({
      ...place,
      code: 'malformed',
      message: 'cognito-idp:GetUserPoolMfaConfig: it has no MfaConfiguration, which the service always says',
      remedy: expect.stringContaining('check the endpoint'),
    });
  });
});

describe('doubts of a kind are one gap', () => {
  const gapOf = (doubts: Parameters<typeof doubtGap>[1], more: Partial<Subject> = {}) =>
    doubtGap('selector-unreadable', doubts, { ...aSubject(on), ...more });
  const tags = about('tags of the pool', denied);

  test('that names askers and what is missing once, in the order of names', () => {
    const other: Failure = { ...denied, message: 'Throttled', remedy: 'Wait.' };
    const doubts = [...doubtsOf('policy q', [tags, about('UserPool.Domain', other)]), ...doubtsOf('policy p', [tags])];
    expect(gapOf(doubts)).toEqual({
      ...place,
      code: 'selector-unreadable',
      message: `Not known and asked for by policy p, policy q: UserPool.Domain, tags of the pool (${denied.message}) (Throttled)`,
      remedy: `${denied.remedy} Wait.`,
    });
  });

  test('that says one reason once, where two requests failed alike', () => {
    const again = { ...denied };
    const { message, remedy } = gapOf(doubtsOf('policy p', [tags, about('x', again)]));
    expect(message.match(/AccessDeniedException/g)).toHaveLength(1);
    expect(remedy).toBe(denied.remedy);
  });

  test.each<[string, string, Partial<Subject>, string]>([
    ['name of the account', 'Let the caller read Organizations', {}, 'account'],
    ['tags of the pool', 'Allow cognito-idp:DescribeUserPool for the audit role.', {}, 'pool'],
    ['name of the account', 'Audit again with these policies', { fromResult: true }, 'saved result'],
  ])('%s, for which nothing failed, has the way out: %s', (what, remedy, more) => {
    expect(gapOf(doubtsOf('policy p', [about(what)]), more).remedy).toContain(remedy);
  });

  test('of which one is of the account', () => {
    const doubts = doubtsOf('policy p', [about('tags of the pool'), about('name of the account')]);
    expect(gapOf(doubts).remedy).toContain('Let the caller read Organizations');
  });
});
