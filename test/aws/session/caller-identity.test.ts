/** Credentials of the caller that are renewed: whose they are is asked before anything is signed with them. */
import { describe, expect, test } from 'vitest';
import { callerIdentity, noCaller } from '../../../src/aws/session/caller-identity.ts';
import { IdentityChanged } from '../../../src/errors.ts';
import { failed, succeeded, type Attempt } from '../../../src/pacing/call-result.ts';
import type { Owner } from '../../../src/ports/account-writer.ts';
import { throttledFailure } from '../../pacing/service.ts';

const minute = 60_000;
const accountId = '111122220000';
const session = (role: string, name: string): Owner => ({
  accountId,
  arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${name}`,
});

/** One sign-in after another gives the credentials of these; `null`: STS does not say whose. */
function signedIn(...owners: readonly (Owner | null)[]) {
  const state = { now: 0, signIns: 0, asked: 0, known: null as Owner | null };
  const notices: string[] = [];
  const identity = callerIdentity({
    provide: () => {
      state.signIns += 1;
      const expiration = new Date(state.now + 60 * minute);
      return Promise.resolve({ accessKeyId: `${state.signIns}`, secretAccessKey: 's', expiration });
    },
    nowMs: () => state.now,
    known: () => state.known,
    ask: ({ accessKeyId }): Promise<Attempt<Owner>> => {
      state.asked += 1;
      const owner = owners[Number(accessKeyId) - 1] ?? null;
      return Promise.resolve(owner === null ? failed(throttledFailure) : succeeded(owner));
    },
    notice: (text) => void notices.push(text),
  });
  async function begin(): Promise<void> {
    await identity.ready();
    state.known = owners[0] ?? null;
  }
  async function renew(): Promise<Attempt<void>> {
    state.now += 56 * minute;
    return identity.ready();
  }
  return { state, identity, notices, begin, renew };
}

const nightly = session('Nightly', 'run-7');

describe('the caller', () => {
  test('is asked for after every renewal, and not before the first is known', async () => {
    const { state, begin, renew, notices } = signedIn(nightly, nightly, nightly);
    await begin();
    expect(state.asked).toBe(0);
    await renew();
    await renew();
    expect([state.signIns, state.asked]).toEqual([3, 2]);
    expect(notices).toEqual([]);
  });

  test.each([
    ['another role', session('Admin', 'run-7')],
    ['a user', { accountId, arn: `arn:aws:iam::${accountId}:user/ann` }],
    ['the same role of another account', { accountId: '9', arn: nightly.arn.replace(accountId, '999988887777') }],
  ])('that is %s by now ends everything, and for good', async (_who, other) => {
    const { state, identity, begin, renew } = signedIn(nightly, other, nightly);
    await begin();
    await expect(renew()).rejects.toThrow(IdentityChanged);
    await expect(identity.ready()).rejects.toThrow(`The run began as ${nightly.arn}, and since its credentials`);
    await expect(identity.credentials()).rejects.toThrow(other.arn);
    expect(state.signIns).toBe(2);
  });

  test('whose session only has another name goes on, and that is said', async () => {
    const { begin, renew, notices } = signedIn(nightly, session('Nightly', '1732871701'));
    await begin();
    expect(await renew()).toEqual(succeeded(undefined));
    expect(notices).toEqual([expect.stringContaining('assumed-role/Nightly/1732871701')]);
  });

  test('of whom STS says nothing keeps the credentials that it has, and is asked for again a minute later', async () => {
    const { state, identity, begin, renew } = signedIn(nightly, null, nightly);
    await begin();
    expect(await renew()).toEqual(succeeded(undefined));
    expect((await identity.credentials()).accessKeyId).toBe('1');
    state.now += minute;
    await identity.ready();
    expect((await identity.credentials()).accessKeyId).toBe('3');
  });
});

describe('a caller that can not be identified', () => {
  const unreached = { ...throttledFailure, code: 'network', name: 'Error', message: 'getaddrinfo ENOTFOUND' } as const;

  test.each(['eu-wst-1', 'eu-west1', 'cn-north-1'])('may have been asked in a region that is none: %s', (region) => {
    expect(noCaller(unreached, region)).toContain(
      `${region} (AWS_REGION, or region of the profile) is no region where this version knows Cognito.`,
    );
  });

  test.each(['eu-west-1', 'us-gov-west-1'])('is told nothing of a region that is one: %s', (region) => {
    expect(noCaller(unreached, region)).not.toContain('AWS_REGION');
  });

  test('is told nothing of the region where something answered', () => {
    expect(noCaller(throttledFailure, 'eu-wst-1')).not.toContain('AWS_REGION');
  });
});
