/** What is read of a pool before it is changed, and by which credentials. */
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { furtherReads, poolReadNames, type PoolRead } from '../../../src/domain/model/api/reads.ts';
import { placeKey, type PoolPlace } from '../../../src/domain/model/observation.ts';
import { failed, succeeded, type Attempt, type CallFailure } from '../../../src/pacing/call-result.ts';
import { createCalls, type Calls } from '../../../src/pacing/calls.ts';
import { systemClock } from '../../../src/pacing/clock.ts';
import type { AccountCalls, RawAnswer } from '../../../src/ports/cloud.ts';
import type { AccountWriter } from '../../../src/ports/account-writer.ts';
import { looksAt } from '../../../src/remediate/apply/looks.ts';
import { poolAccess } from '../../../src/remediate/apply/pool-access.ts';
import { defaultSettings } from '../../default-settings.ts';
import { refusal } from '../../reading/fake-cloud.ts';

const place: PoolPlace = { accountId: '111122220001', region: 'eu-west-1', poolId: 'eu-west-1_One' };
const denied = refusal('AccessDeniedException', 'AccessDenied');
const gone: CallFailure = refusal('ResourceNotFoundException', 'server-error');
const broken: CallFailure = { ...refusal('ECONNRESET', 'network'), message: 'the network' };

/** Answers with what was asked of which pool, unless a failure is given for it. */
function access(failures: Partial<Record<PoolRead, CallFailure>> = {}, ready: Attempt<void> = succeeded(undefined)) {
  const asked: string[] = [];
  const paced = new Set<string>();
  const told = { ready: 0 };
  const none = () => Promise.reject(new Error('A look does nothing else.'));
  const account = (accountId: string): AccountCalls => ({
    ready: () => Promise.resolve(ready).finally(() => (told.ready += 1)),
    confirm: none,
    regions: none,
    userPools: (region) => ({
      list: none,
      read(read, poolId): Promise<Attempt<RawAnswer>> {
        asked.push(`${accountId} ${region} ${poolId} ${read}`);
        const failure = failures[read];
        const answer = { value: { [read]: poolId }, requestId: `id of ${read}` };
        return Promise.resolve(failure === undefined ? succeeded(answer as unknown as RawAnswer) : failed(failure));
      },
    }),
  });
  const writer: AccountWriter = { ready: none, generation: () => 1, owner: none, set: none };
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const calls = createCalls({
    concurrency: 8,
    clock: { ...systemClock, date: () => new Date(0), sleep: () => Promise.resolve() },
    signal: new AbortController().signal,
    counts,
  });
  const cloud = { account, writer: () => writer };
  const run: Calls['run'] = (quota, ...rest) => {
    paced.add(quota.name);
    return calls.run(quota, ...rest);
  };
  return { pools: poolAccess({ cloud, calls: { ...calls, run }, limits: defaultSettings.limits }), asked, told, paced };
}

describe('a look at a pool', () => {
  test('asks everything that can be asked of it, in its account and region', async () => {
    const { pools, asked, told } = access();
    expect(await pools.look(place)).toEqual({
      kind: 'seen',
      observedAt: '1970-01-01T00:00:00.000Z',
      requestId: 'id of mfaConfig',
      ...Object.fromEntries(poolReadNames.map((read) => [read, { read: true, value: { [read]: place.poolId } }])),
    });
    expect(asked.sort()).toEqual(poolReadNames.map((read) => `111122220001 eu-west-1 eu-west-1_One ${read}`).sort());
    expect(told.ready).toBe(poolReadNames.length);
  });

  test('counts against the quotas of its account and region', async () => {
    const { pools, paced } = access();
    await pools.look(place);
    await pools.look({ ...place, region: 'us-east-1' });
    await pools.readBack({ ...place, accountId: '111122220002' });
    const [first, second, third] = ['111122220001/eu-west-1', '111122220001/us-east-1', '111122220002/eu-west-1'];
    const quotas = ['UserPoolRead', 'UserPoolResourceRead'];
    expect([...paced].filter((name) => quotas.some((quota) => name.endsWith(`/${quota}`))).sort()).toEqual(
      [
        ...quotas.flatMap((quota) => [`${first}/${quota}`, `${second}/${quota}`]),
        `${third}/UserPoolResourceRead`,
      ].sort(),
    );
    expect([...paced].every((name) => [first, second, third].some((unit) => name.startsWith(`${unit}/`)))).toBe(true);
  });

  test('has what could be read beside what could not', async () => {
    const { pools } = access({ mfaConfig: denied });
    const failure = { code: 'AccessDenied', message: 'AccessDeniedException', remedy: '' };
    expect(await pools.look(place)).toMatchObject({
      kind: 'seen',
      requestId: null,
      mfaConfig: { read: false, failure },
      userPool: { read: true, value: { userPool: place.poolId } },
    });
  });

  test.each(['mfaConfig', ...furtherReads] as const)('that %s says is gone is of a pool that is gone', async (read) => {
    expect(await access({ [read]: gone }).pools.look(place)).toEqual({ kind: 'gone' });
  });

  test('after five in a row that broke off asks no more there, and says so', async () => {
    const { pools, asked } = access({ mfaConfig: broken });
    for (let look = 1; look <= 5; look += 1) await pools.look(place);
    asked.length = 0;
    expect(await pools.look(place)).toMatchObject({
      mfaConfig: {
        read: false,
        failure: { code: 'network', message: 'given up after 5 failures in a row, the last: the network' },
      },
    });
    expect(asked).toEqual([]);
    await pools.look({ ...place, region: 'us-east-1' });
    expect(asked).not.toEqual([]);
  });

  test('that all of them answer keeps no row of failures going', async () => {
    const { pools, asked } = access({ mfaConfig: denied });
    for (let look = 1; look <= 6; look += 1) await pools.look(place);
    expect(asked).toHaveLength(6 * poolReadNames.length);
  });

  test('asks nothing where there are no credentials', async () => {
    const { pools, asked } = access({}, failed(denied));
    expect(await pools.look(place)).toMatchObject({ mfaConfig: { read: false, failure: { code: 'AccessDenied' } } });
    expect(asked).toEqual([]);
  });
});

test('what was written is read back by GetUserPoolMfaConfig alone, also where looks were given up', async () => {
  const { pools, asked } = access({ userPool: broken });
  for (let look = 1; look <= 6; look += 1) await pools.look(place);
  asked.length = 0;
  expect(await pools.readBack(place)).toEqual({ read: true, value: { mfaConfig: place.poolId } });
  expect(asked).toEqual(['111122220001 eu-west-1 eu-west-1_One mfaConfig']);
});

describe('looks at many pools', () => {
  const places = ['A', 'B', 'C'].map((name) => ({ ...place, poolId: `eu-west-1_${name}` }));

  test('are one of each, and each is told', async () => {
    let looked = 0;
    const { pools } = access();
    const looks = await looksAt(places, pools, new AbortController().signal, () => (looked += 1));
    expect([...looks.keys()].sort()).toEqual(places.map(placeKey).sort());
    for (const look of looks.values()) expect(look.kind).toBe('seen');
    expect(looked).toBe(3);
  });

  test('end with those that were begun before an interruption', async () => {
    const interruption = new AbortController();
    const look = async () => (interruption.abort(130), await turn(), { kind: 'gone' } as const);
    const looks = await looksAt(places, { look }, interruption.signal, () => undefined);
    expect(looks.size).toBeLessThan(3);
    expect(looks.size).toBeGreaterThan(0);
  });
});
