/** What each answer of the service means for a write; every write is sent once and never again by itself. */
import { describe, expect, test } from 'vitest';
import type { AccountCalls, Cloud } from '../../../src/ports/cloud.ts';
import { createCalls } from '../../../src/pacing/calls.ts';
import { failed, succeeded, type Attempt } from '../../../src/pacing/call-result.ts';
import { systemClock } from '../../../src/pacing/clock.ts';
import { classify } from '../../../src/aws/failures/failures.ts';
import { MalformedAnswer } from '../../../src/aws/failures/malformed-answer.ts';
import { poolAccess } from '../../../src/remediate/apply/pool-access.ts';
import type { AccountWriter } from '../../../src/ports/account-writer.ts';
import { defaultSettings } from '../../default-settings.ts';
import { refusal } from '../../reading/fake-cloud.ts';
import type { QuotaOptions } from '../../../src/pacing/quota.ts';

const place = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const owned = {
  accountId: place.accountId,
  arn: `arn:aws:sts::${place.accountId}:assumed-role/MfaDriftRemediate/mfa-drift`,
};
const limits = { ...defaultSettings.limits, concurrency: 8, quotaShare: 1 };

function serviceError(name: string, status: number): Error {
  const $response = { body: Buffer.from(JSON.stringify({ __type: name, message: 'what the service says' })) };
  return Object.assign(new Error('what the service says'), {
    name,
    $fault: 'client',
    $metadata: { httpStatusCode: status },
    $response,
  });
}

function nodeError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

async function write(answer: Attempt<void>, ready: Attempt<void> = succeeded(undefined)) {
  let sent = 0;
  const writer: AccountWriter = {
    ready: () => Promise.resolve(ready),
    generation: () => 1,
    owner: () => Promise.resolve(succeeded(owned)),
    set: () => Promise.resolve(answer).finally(() => (sent += 1)),
  };
  const none = () => Promise.reject(new Error('A write reads nothing.'));
  const confirm = () => Promise.resolve(succeeded(undefined));
  const account: Cloud['account'] = () => ({ ready: confirm, confirm, regions: none, userPools: none as never });
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

interface Credentials {
  readonly account?: AccountCalls['ready'];
  readonly writer?: AccountWriter['ready'];
}

function accessWith(
  confirm: AccountCalls['confirm'],
  owner: AccountWriter['owner'],
  { account: reads, writer: writes }: Credentials = {},
) {
  const none = () => Promise.reject(new Error('Nothing else is asked.'));
  const ready = () => Promise.resolve(succeeded(undefined));
  const account: AccountCalls = { ready: reads ?? ready, confirm, regions: none, userPools: none as never };
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const { signal } = new AbortController();
  const calls = createCalls({ concurrency: 8, clock: systemClock, signal, counts });
  return poolAccess({
    cloud: {
      account: () => account,
      writer: () => ({ ready: writes ?? ready, generation: () => 1, owner, set: none }),
    },
    calls,
    limits,
  });
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

test.each([
  ['network', 'lost'],
  ['malformed', 'lost'],
  ['server-error', 'refused'],
] as const)('a failure that is %s, and final, is %s', async (code, kind) => {
  expect(await write(failed(refusal('Whatever', code)))).toEqual({ kind, sent: 1 });
});

test('a role that the network keeps from being assumed refuses the write: nothing was sent that could be lost', async () => {
  const unreachable = refusal('ECONNRESET', 'network');
  expect(await write(succeeded(undefined), failed(unreachable))).toEqual({ kind: 'refused', sent: 0 });
});

test('a role that cannot be assumed refuses the write, and nothing is sent', async () => {
  const denied = classify(serviceError('AccessDenied', 403), 'sts:AssumeRole', 'the audit role A');
  expect(await write(succeeded(undefined), failed(denied))).toEqual({ kind: 'refused', sent: 0 });
});

test("each account's region has a quota of its own for writes, at the share that the run may use", async () => {
  const made: QuotaOptions[] = [];
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const calls = createCalls({ concurrency: 8, clock: systemClock, signal: new AbortController().signal, counts });
  const done = () => Promise.resolve(succeeded(undefined));
  const none = () => Promise.reject(new Error('A write reads nothing.'));
  const writer: AccountWriter = {
    ready: done,
    generation: () => 1,
    owner: () => Promise.resolve(succeeded(owned)),
    set: done,
  };
  const pools = poolAccess({
    cloud: {
      account: () => ({ ready: done, confirm: done, regions: none, userPools: none as never }),
      writer: () => writer,
    },
    calls: { ...calls, quota: (options) => (made.push(options), calls.quota(options)) },
    limits: { ...limits, quotas: { ...limits.quotas, UserPoolResourceUpdate: 15 }, quotaShare: 0.5 },
  });
  for (const region of ['eu-west-1', 'us-east-1', 'eu-west-1']) await pools.set({ ...place, region }, {});
  const writes = (region: string) => ({
    perSecond: 7.5,
    name: `111122220001/${region}/UserPoolResourceUpdate`,
    endpoint: `cognito-idp/${region}`,
  });
  expect(made.filter(({ name }) => name === 'sts')).toEqual([{ perSecond: 20, name: 'sts' }]);
  expect(made.filter(({ name }) => name?.endsWith('Update'))).toEqual([writes('eu-west-1'), writes('us-east-1')]);
  expect(made.filter(({ name }) => name?.endsWith('Read')).map(({ name, endpoint }) => `${name} ${endpoint}`)).toEqual(
    expect.arrayContaining([
      '111122220001/eu-west-1/UserPoolResourceRead cognito-idp/eu-west-1',
      '111122220001/us-east-1/UserPoolResourceRead cognito-idp/us-east-1',
    ]),
  );
});

describe('before the first write in an account', () => {
  const foreign = classify(serviceError('AccessDenied', 403), 'sts:GetCallerIdentity', 'the audit role');

  test('it is asked whose the credentials are that write, and whose those that read', async () => {
    let asked = 0;
    const confirm = () => Promise.resolve(succeeded(undefined)).finally(() => (asked += 1));
    const owner = () => Promise.resolve(succeeded(owned)).finally(() => (asked += 1));
    const pools = accessWith(confirm, owner);
    expect(await pools.owner(place.accountId)).toEqual(owned);
    expect(await pools.owner(place.accountId)).toEqual(owned);
    expect(asked).toBe(2);
  });

  test("those that read and are another account's are a failure, and those that write are not asked", async () => {
    const pools = accessWith(
      () => Promise.resolve(failed(foreign)),
      () => Promise.reject(new Error('It is settled already.')),
    );
    expect(await pools.owner(place.accountId)).toMatchObject({ failure: { code: 'AccessDenied' } });
  });

  test('those that write and cannot be told are a failure', async () => {
    const pools = accessWith(
      () => Promise.resolve(succeeded(undefined)),
      () => Promise.resolve(failed(foreign)),
    );
    expect(await pools.owner(place.accountId)).toMatchObject({ failure: { code: 'AccessDenied' } });
  });

  test('a mistake of the program is none of the service', async () => {
    const mistake = new TypeError('undefined is not a function');
    const pools = accessWith(
      () => Promise.resolve(succeeded(undefined)),
      () => Promise.reject(mistake),
    );
    await expect(pools.set(place, {})).rejects.toBe(mistake);
  });

  test('nobody is asked where there are no credentials: those that read first, those that write before every request', async () => {
    const denied = failed(refusal('AccessDenied', 'AccessDenied'));
    const never = () => Promise.reject(new Error('Nobody is asked.'));
    const confirm = () => Promise.resolve(succeeded(undefined));
    const noReaders = accessWith(never, never, { account: () => Promise.resolve(denied) });
    expect(await noReaders.owner(place.accountId)).toMatchObject({ failure: { code: 'AccessDenied' } });
    const noWriters = accessWith(never, never, { writer: () => Promise.resolve(denied) });
    expect(await noWriters.owner(place.accountId)).toMatchObject({ failure: { code: 'AccessDenied' } });
    let asked = 0;
    const writer = () => Promise.resolve((asked += 1) === 1 ? succeeded(undefined) : denied);
    const lostSince = accessWith(confirm, never, { writer });
    expect(await lostSince.owner(place.accountId)).toMatchObject({ failure: { code: 'AccessDenied' } });
  });
});
