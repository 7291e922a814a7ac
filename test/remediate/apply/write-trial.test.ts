import { expect, test } from 'vitest';
import { failed, succeeded, type Attempt } from '../../../src/pacing/call-result.ts';
import { createCalls } from '../../../src/pacing/calls.ts';
import { systemClock } from '../../../src/pacing/clock.ts';
import { classify } from '../../../src/aws/failures/failures.ts';
import type { Owner } from '../../../src/ports/account-writer.ts';
import { tryWriting } from '../../../src/remediate/apply/write-trial.ts';

const own = '111122223333';
const arn = `arn:aws:sts::${own}:assumed-role/MfaDriftRemediate/mfa-drift`;

function refusal(name: string, httpStatusCode = 400): Attempt<never> {
  const error = Object.assign(new Error('AWS says so'), { name, $metadata: { httpStatusCode }, $fault: 'client' });
  return failed(classify(error, 'cognito-idp:SetUserPoolMfaConfig', 'the remediation role R'));
}

async function trial(answers: {
  ready?: Attempt<void>;
  owner?: Attempt<Owner>;
  set?: Attempt<void>;
  region?: string | null;
}) {
  const asked: unknown[] = [];
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const clock = { ...systemClock, sleep: () => Promise.resolve() };
  const calls = createCalls({ concurrency: 1, clock, signal: new AbortController().signal, counts });
  const writer = {
    ready: () => Promise.resolve(answers.ready ?? succeeded(undefined)),
    generation: () => 1,
    owner: () => Promise.resolve(answers.owner ?? succeeded({ accountId: own, arn })),
    set: (region: string, input: object) => {
      asked.push({ region, ...input });
      return Promise.resolve(answers.set ?? refusal('ResourceNotFoundException'));
    },
  };
  const { region = 'eu-west-1' } = answers;
  const outcome = await tryWriting(writer, own, region, calls, calls.quota({ perSecond: 100 }));
  return { outcome, asked };
}

test('asks of a pool that no account can have, in a way that no pool would take', async () => {
  const { outcome, asked } = await trial({});
  expect(outcome.ok).toBe(true);
  expect(asked).toEqual([
    {
      region: 'eu-west-1',
      UserPoolId: expect.stringMatching(/^eu-west-1_[0-9A-Za-z]{20,44}$/),
      MfaConfiguration: 'ON',
    },
  ]);
});

test.each([
  ['a pool that is not there', 'ResourceNotFoundException', true],
  ['a request that is no good', 'InvalidParameterException', true],
  ['a denial', 'AccessDeniedException', false],
  ['a denial of the service itself', 'NotAuthorizedException', false],
  ['an expired session', 'ExpiredTokenException', false],
  ['a fault', 'InternalErrorException', false],
])('%s: %s', async (_what, name, isAllowed) => {
  expect((await trial({ set: refusal(name) })).outcome.ok).toBe(isAllowed);
});

test('a role that cannot be assumed is the answer', async () => {
  const { outcome, asked } = await trial({ ready: refusal('AccessDenied', 403) });
  expect(outcome).toMatchObject({ ok: false, failure: { name: 'AccessDenied' } });
  expect(asked).toEqual([]);
});

test("another account's credentials are found before anything is asked with them", async () => {
  const { outcome, asked } = await trial({ owner: succeeded({ accountId: '999999999999', arn }) });
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'credentials' } });
  expect(asked).toEqual([]);
});

test('a role that cannot be assumed is the failure, and an account without a region is asked who it is, no more', async () => {
  expect((await trial({ owner: refusal('AccessDenied', 403) })).outcome.ok).toBe(false);
  const { outcome, asked } = await trial({ region: null });
  expect(outcome.ok).toBe(true);
  expect(asked).toEqual([]);
});
