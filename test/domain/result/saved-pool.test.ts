import { byFurtherRead } from '../../../src/domain/model/api/reads.ts';
import { describe, expect, test } from 'vitest';
import { savedObservation } from '../../../src/domain/result/saved-pool.ts';
import { aPool } from '../../report/a-result.ts';
import { denied } from '../a-pool.ts';

const config = { MfaConfiguration: 'ON' };

test('a saved pool is what was read then', () => {
  const { poolId, poolName, observedAt, requestId } = aPool();
  expect(savedObservation(aPool({ config, userPool: { UserPoolTier: 'PLUS' } }), null)).toEqual({
    poolId,
    poolName,
    observedAt,
    requestId,
    mfaConfig: { read: true, value: config },
    ...byFurtherRead(() => ({ read: false, failure: expect.objectContaining({ code: 'expectation-unreadable' }) })),
    userPool: { read: true, value: { UserPoolTier: 'PLUS' } },
  });
});

describe('without a configuration', () => {
  test('it failed as the gap says', () => {
    expect(savedObservation(aPool({ config: null }), denied).mfaConfig).toEqual({ read: false, failure: denied });
  });

  test('and without a gap it is not known why', () => {
    const { mfaConfig } = savedObservation(aPool({ config: null }), null);
    expect(mfaConfig).toMatchObject({ read: false, failure: { code: 'malformed', remedy: 'Audit again.' } });
  });
});

describe('what DescribeUserPool said', () => {
  const readingOf = (more: Parameters<typeof aPool>[0]) => savedObservation(aPool({ config, ...more }), null).userPool;

  test('is not known where neither members nor tags were saved', () => {
    expect(readingOf({ userPool: null, tags: null })).toMatchObject({
      read: false,
      failure: {
        code: 'expectation-unreadable',
        message: 'it is not in the saved result',
        remedy: expect.stringContaining('Audit again with these policies'),
      },
    });
  });

  test('has its tags again, which are saved apart', () => {
    const tags = { audience: 'customer' };
    expect(readingOf({ userPool: null, tags })).toEqual({ read: true, value: { UserPoolTags: tags } });
    expect(readingOf({ userPool: { UserPoolTier: 'PLUS' }, tags })).toEqual({
      read: true,
      value: { UserPoolTier: 'PLUS', UserPoolTags: tags },
    });
  });
});
