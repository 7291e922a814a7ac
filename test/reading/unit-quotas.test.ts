/** The buckets of one account in one region. */
import { describe, expect, it } from 'vitest';
import { noReads, readSet } from '../../src/domain/model/api/reads.ts';
import { createCalls } from '../../src/pacing/calls.ts';
import { failed } from '../../src/pacing/call-result.ts';
import { countPool, noRequests, paceOf, unitQuotas } from '../../src/reading/unit-quotas.ts';
import { defaultSettings } from '../default-settings.ts';
import { refusal } from './fake-cloud.ts';
import { VirtualClock } from './virtual-clock.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };

function quotas(endpoint?: string) {
  const clock = new VirtualClock();
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const { signal } = new AbortController();
  const calls = createCalls({ concurrency: 64, clock, signal, counts });
  const pace = { UserPoolRead: 15, UserPoolResourceRead: 20 };
  return { calls, clock, of: (more: object = {}) => unitQuotas(calls, pace, { ...place, ...more }, endpoint) };
}

describe('a unit', () => {
  it('has a bucket for each quota, at its pace and by its name', () => {
    const { UserPoolRead, UserPoolResourceRead } = quotas().of();
    expect([UserPoolRead.perSecond(), UserPoolResourceRead.perSecond()]).toEqual([15, 20]);
    expect([UserPoolRead.name, UserPoolResourceRead.name]).toEqual([
      '111122223333/eu-west-1/UserPoolRead',
      '111122223333/eu-west-1/UserPoolResourceRead',
    ]);
  });

  it('shares with the others what is known of where its requests go, if that is said', async () => {
    const refused = failed({ ...refusal('ECONNREFUSED', 'network'), retry: 'transient' as const });
    for (const [endpoint, isKnown] of [
      ['cognito-idp/eu-west-1', true],
      [undefined, false],
    ] as const) {
      const { calls, clock, of } = quotas(endpoint);
      for (let count = 0; count < 5; count += 1)
        await clock.run(calls.run(of().UserPoolRead, () => Promise.resolve(refused)));
      expect(of({ accountId: '111122224444' }).UserPoolRead.refusal() !== null).toBe(isKnown);
    }
  });
});

it('a run allows itself its share of each quota', () => {
  const { limits } = defaultSettings;
  const given = { ...limits.quotas, UserPoolRead: 15, UserPoolResourceRead: 20 };
  expect(paceOf({ ...limits, quotaShare: 0.5, quotas: given })).toEqual({
    UserPoolRead: 7.5,
    UserPoolResourceRead: 10,
  });
});

it('requests are counted by their quota: the read of its configuration for each pool, and what is needed besides', () => {
  const counts = noRequests();
  expect(counts).toEqual({ UserPoolRead: 0, UserPoolResourceRead: 0 });
  countPool(counts, noReads);
  countPool(counts, readSet(['userPool']));
  expect(counts).toEqual({ UserPoolRead: 1, UserPoolResourceRead: 2 });
  expect(noRequests()).toEqual({ UserPoolRead: 0, UserPoolResourceRead: 0 });
});
