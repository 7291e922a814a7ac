import { byFurtherRead } from '../../../src/domain/model/api/reads.ts';
import { describe, expect, test } from 'vitest';
import { isOpen } from '../../../src/domain/result/result.ts';
import { savedFactors, savedObservation } from '../../../src/domain/result/saved-pool.ts';
import { aGap, anException, aPool } from '../../report/a-result.ts';
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
    expect(mfaConfig).toMatchObject({
      read: false,
      failure: { code: 'malformed', message: expect.stringContaining('does not say why'), remedy: 'Audit again.' },
    });
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

describe('the second factors of a saved pool', () => {
  const on = { ...config, SoftwareTokenMfaConfiguration: { Enabled: true } };

  test('are not known as far as members were not saved', () => {
    const factors = savedFactors(aPool({ config: on, userPool: { UserPoolTier: 'PLUS' } }));
    expect(factors?.usable).toEqual(['totp']);
    expect([...(factors?.unknown.keys() ?? [])].sort()).toEqual(['email', 'sms']);
  });

  // "An active SMS configuration automatically makes SMS messages an available MFA method", and so does an own sender.
  test('are known where all was saved', () => {
    const userPool = {
      UserPoolTier: 'PLUS',
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' },
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' },
    };
    const factors = savedFactors(aPool({ config: on, userPool }));
    expect([...(factors?.usable ?? [])].sort()).toEqual(['email', 'sms', 'totp']);
    expect(factors?.unknown).toEqual(new Map());
  });

  test('are nothing without a configuration', () => {
    expect(savedFactors(aPool({ config: null }))).toBeNull();
  });
});

test('a gap is open unless an exception accepts it that still holds', () => {
  const accepted = [null, { ...anException, expired: true }, { ...anException, expired: false }];
  expect(accepted.map((exception) => isOpen(aGap({ accepted: exception })))).toEqual([true, true, false]);
});
