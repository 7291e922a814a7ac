import type { AssumeRoleCommand, AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { createCalls } from '../../../src/pacing/calls.ts';
import { systemClock } from '../../../src/pacing/clock.ts';
import type { Identity } from '../../../src/aws/session/identity.ts';
import { auditRole, remediationRole } from '../../../src/aws/session/role-names.ts';
import { assumableRoles } from '../../../src/aws/session/roles.ts';
import { defaultSettings } from '../../default-settings.ts';
import type { RoleSettings } from '../../../src/domain/settings.ts';

const runner = { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:role/Runner' };
const caller: Identity = {
  label: 'the caller',
  accountId: () => '111122223333',
  ready: () => Promise.resolve({ ok: true, value: undefined }),
  credentials: () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 's' }),
  generation: () => 0,
  expire: () => undefined,
};

function assuming(settings: Partial<RoleSettings> = {}) {
  const asked: AssumeRoleCommandInput[] = [];
  const client = {
    async send({ input }: AssumeRoleCommand) {
      asked.push(input);
      const Expiration = new Date(Date.now() + 3_600_000);
      const Credentials = { AccessKeyId: `key-${asked.length}`, SecretAccessKey: 's', SessionToken: 't', Expiration };
      return {
        Credentials,
        AssumedRoleUser: {
          Arn: 'arn:aws:sts::444455556666:assumed-role/Both/mfa-drift',
          AssumedRoleId: 'AROA:mfa-drift',
        },
      };
    },
  } as unknown as STSClient;
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const calls = createCalls({ concurrency: 4, clock: systemClock, signal: new AbortController().signal, counts });
  const roles = assumableRoles({
    settings: { ...defaultSettings.role, ...settings },
    caller,
    client,
    shared: { clockOffset: { ms: 0 }, log: null },
    calls,
    quota: calls.quota({ perSecond: 100 }),
    notice: () => undefined,
  });
  const role = { ...defaultSettings.role, ...settings };
  const identity = (find: typeof auditRole): Identity => {
    const found = find('444455556666', runner, role);
    if (found === null) throw new Error('There is no role.');
    return roles(found);
  };
  return { reading: identity(auditRole), writing: identity(remediationRole), again: identity(auditRole), asked };
}

describe('a session that reads', () => {
  it('may do everything that its role may, but write to Cognito', async () => {
    const { reading, asked } = assuming();
    await reading.ready();
    expect(asked).toHaveLength(1);
    expect(JSON.parse(asked[0]?.Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'cognito-idp:Set*', Resource: '*' },
      ],
    });
  });

  it('is none that writes, also where one role is there for both', async () => {
    const { reading, writing, again, asked } = assuming();
    await reading.ready();
    await writing.ready();
    expect(asked.map(({ Policy }) => Policy === undefined)).toEqual([false, true]);
    expect((await writing.credentials()).accessKeyId).toBe('key-2');
    expect((await again.credentials()).accessKeyId).toBe('key-1');
  });

  it('has no policy where the configuration leaves it out', async () => {
    const { reading, asked } = assuming({ sessionPolicy: false });
    await reading.ready();
    expect(asked.map(({ Policy }) => Policy)).toEqual([undefined]);
  });
});
