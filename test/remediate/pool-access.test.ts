/** What each answer of the service means for a write; every write is sent once and never again by itself. */
import { describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/audit/cloud.ts';
import { createCalls } from '../../src/audit/pacing/calls.ts';
import { failed, succeeded, type Attempt } from '../../src/audit/pacing/attempt.ts';
import { systemClock } from '../../src/audit/pacing/clock.ts';
import { classify } from '../../src/aws/failures.ts';
import { MalformedAnswer } from '../../src/aws/malformed-answer.ts';
import { poolAccess } from '../../src/remediate/pool-access.ts';
import type { AccountWriter } from '../../src/remediate/ports.ts';

const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const limits = {
  concurrency: 8,
  quotaShare: 1,
  quotas: { UserPoolRead: 15, UserPoolResourceRead: 20, UserPoolResourceUpdate: 15 },
};

function serviceError(name: string, status: number): Error {
  return Object.assign(new Error('what the service says'), { name, $metadata: { httpStatusCode: status } });
}

function nodeError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

async function write(answer: Attempt<void>, ready: Attempt<void> = succeeded(undefined)) {
  let sent = 0;
  const writer: AccountWriter = {
    ready: () => Promise.resolve(ready),
    owner: () => Promise.resolve(succeeded(place.accountId)),
    set: () => Promise.resolve(answer).finally(() => (sent += 1)),
  };
  const account: Cloud['account'] = () => {
    throw new Error('A write reads nothing.');
  };
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const signal = new AbortController().signal;
  const calls = createCalls({
    concurrency: 8,
    clock: { ...systemClock, sleep: () => Promise.resolve() },
    signal,
    counts,
  });
  const pools = poolAccess({ cloud: { account, writer: () => writer }, calls, limits });
  const { kind } = await pools.set(place, { UserPoolId: place.poolId });
  return { kind, sent };
}

const errors: readonly (readonly [string, Error, 'contended' | 'refused' | 'lost'])[] = [
  ['two at once', serviceError('ConcurrentModificationException', 400), 'contended'],
  ['the quota is used up', serviceError('TooManyRequestsException', 400), 'contended'],
  ['the session has ended', serviceError('ExpiredTokenException', 400), 'contended'],
  ['a denial', serviceError('AccessDeniedException', 400), 'refused'],
  ['a parameter that it does not take', serviceError('InvalidParameterException', 400), 'refused'],
  ['a role that may not send SMS', serviceError('InvalidSmsRoleAccessPolicyException', 400), 'refused'],
  ['a plan that lacks the feature', serviceError('FeatureUnavailableInTierException', 400), 'refused'],
  ['a pool that is gone', serviceError('ResourceNotFoundException', 400), 'refused'],
  ['keys that it does not know', serviceError('UnrecognizedClientException', 400), 'refused'],
  ['a fault of its own', serviceError('InternalErrorException', 500), 'lost'],
  ['a fault without a name', serviceError('Unknown', 503), 'lost'],
  ['a connection that broke', nodeError('ECONNRESET'), 'lost'],
  ['no answer in time', Object.assign(new Error('no answer'), { name: 'TimeoutError' }), 'lost'],
  ['half an answer', new MalformedAnswer('the answer broke off', { isDamaged: true }), 'lost'],
];

describe('a write that the service answers with', () => {
  test.each(errors)('%s', async (_what, error, kind) => {
    const failure = classify(error, 'cognito-idp:SetUserPoolMfaConfig', 'the caller');
    expect(await write(failed(failure))).toEqual({ kind, sent: 1 });
  });

  test('what it is to answer is taken', async () => {
    expect(await write(succeeded(undefined))).toEqual({ kind: 'taken', sent: 1 });
  });
});

test('a role that cannot be assumed refuses the write, and nothing is sent', async () => {
  const denied = classify(serviceError('AccessDenied', 403), 'sts:AssumeRole', 'the audit role A');
  expect(await write(succeeded(undefined), failed(denied))).toEqual({ kind: 'refused', sent: 0 });
});
