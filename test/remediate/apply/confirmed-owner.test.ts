/** Whose the credentials are that write in an account, asked for every generation of them. */
import { expect, test } from 'vitest';
import { IdentityChanged } from '../../../src/errors.ts';
import { succeeded } from '../../../src/pacing/call-result.ts';
import { createCalls } from '../../../src/pacing/calls.ts';
import { systemClock } from '../../../src/pacing/clock.ts';
import type { AccountWriter, Owner } from '../../../src/ports/account-writer.ts';
import { poolAccess } from '../../../src/remediate/apply/pool-access.ts';
import { defaultSettings } from '../../default-settings.ts';

const accountId = '111122220001';
const place = { accountId, region: 'eu-west-1', poolId: 'eu-west-1_One' };
const role = (name: string): Owner => ({ accountId, arn: `arn:aws:sts::${accountId}:assumed-role/${name}/mfa-drift` });

/** Each generation of credentials is of the owner in its place. */
function account(...owners: readonly Owner[]) {
  const state = { generation: 0, asked: 0, confirmed: 0, sent: 0, renewsBeforeTheNextRequest: false };
  const done = () => Promise.resolve(succeeded(undefined));
  const writer: AccountWriter = {
    ready() {
      if (state.renewsBeforeTheNextRequest) state.generation += 1;
      state.renewsBeforeTheNextRequest = false;
      return done();
    },
    generation: () => state.generation,
    owner() {
      state.asked += 1;
      return Promise.resolve(succeeded(owners[state.generation] ?? role('Nobody')));
    },
    set() {
      state.sent += 1;
      return done();
    },
  };
  const none = () => Promise.reject(new Error('Nothing is read.'));
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const calls = createCalls({ concurrency: 8, clock: systemClock, signal: new AbortController().signal, counts });
  const confirm = () => done().finally(() => (state.confirmed += 1));
  const reading = { ready: done, confirm, regions: none, userPools: none as never };
  const cloud = { account: () => reading, writer: () => writer };
  return { state, pools: poolAccess({ cloud, calls, limits: defaultSettings.limits }) };
}

test('is asked once for all pools of the account, and again after the credentials were renewed', async () => {
  const { state, pools } = account(role('Remediate'), role('Remediate'));
  await Promise.all(Array.from({ length: 9 }, () => pools.owner(accountId)));
  expect(state.asked).toBe(1);
  state.generation += 1;
  expect(await pools.owner(accountId)).toEqual(role('Remediate'));
  expect(state.asked).toBe(2);
  expect(state.confirmed).toBe(1);
});

test('is asked again where the credentials were renewed between that and the write', async () => {
  const { state, pools } = account(role('Remediate'), role('Remediate'));
  await pools.owner(accountId);
  state.renewsBeforeTheNextRequest = true;
  expect(await pools.set(place, {})).toEqual({ kind: 'taken' });
  expect([state.asked, state.sent]).toEqual([2, 1]);
});

test('ends the run where it is another after that, and the write is not made', async () => {
  const { state, pools } = account(role('Remediate'), role('Admin'));
  await pools.owner(accountId);
  state.renewsBeforeTheNextRequest = true;
  const answer = await pools.set(place, {});
  expect(answer).toMatchObject({
    kind: 'refused',
    failure: { code: 'credentials', message: expect.stringContaining('assumed-role/Admin') },
  });
  expect(state.sent).toBe(0);
  await expect(pools.look(place)).rejects.toThrow(IdentityChanged);
  await expect(pools.owner(accountId)).rejects.toThrow('nothing more is written. Check role.remediationName');
});
