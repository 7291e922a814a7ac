import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ListRegionsCommand } from '@aws-sdk/client-account';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolReadNames, poolReads } from '../../src/domain/model/api/reads.ts';
import { awsQuotas, noQuotas, Quotas, type QuotaCall } from '../../src/sandbox/quotas.ts';
import { userPoolOperations } from '../../src/sandbox/services/user-pools.ts';
import { callerKeys, clients, keysOf, refusal, started } from './clients.ts';
import { member, other, smallFleet } from './small-fleet.ts';

const call: QuotaCall = {
  service: 'cognito-idp',
  operation: 'ListUserPools',
  accountId: member,
  region: 'eu-west-1',
  poolId: null,
};

/** How many of `count` equal calls are admitted at one moment. */
function admitted(quotas: Quotas, made: QuotaCall, nowMs: number, count = 100): number {
  return Array.from({ length: count }, () => quotas.admits(made, nowMs)).filter(Boolean).length;
}

const onPool = (operation: string, poolId: string): QuotaCall => ({ ...call, operation, poolId });

describe('request quotas', () => {
  it.each(poolReadNames)('count %s, which is answered, under the category that an audit paces it by', (read) => {
    const { request, quota } = poolReads[read];
    expect(userPoolOperations).toHaveProperty(request);
    expect(admitted(new Quotas({ ...noQuotas, [quota]: 2 }), onPool(request, 'eu-west-1_Customers'), 0, 3)).toBe(2);
  });

  it('are a second of their rate at once, and then as many as time has brought back', () => {
    const quotas = new Quotas(awsQuotas);
    expect(admitted(quotas, call, 0)).toBe(15);
    expect(admitted(quotas, call, 200)).toBe(3);
    expect(admitted(quotas, call, 200)).toBe(0);
    expect(admitted(quotas, call, 10_000)).toBe(15);
  });

  it('never admit a client that paces at the rate less than all it sends, nor more than rate × time + burst', () => {
    assert(
      property(integer({ min: 1, max: 60 }), integer({ min: 1, max: 400 }), (rate, count) => {
        const steady = new Quotas({ ...awsQuotas, UserPoolRead: rate });
        const paced = Array.from({ length: count }, (_, index) => steady.admits(call, (index * 1000) / rate));
        expect(paced).not.toContain(false);
        const flooded = new Quotas({ ...awsQuotas, UserPoolRead: rate });
        const seconds = 5;
        const moments = Array.from({ length: seconds * 100 + 1 }, (_, index) => index * 10);
        const total = moments.reduce((sum, nowMs) => sum + admitted(flooded, call, nowMs, rate + 1), 0);
        expect(total).toBe(rate * (seconds + 1));
      }),
      { numRuns: 30 },
    );
  });

  it('are shared by the operations and pools of a category, and apart by account, region and category', () => {
    const quotas = new Quotas(awsQuotas);
    expect(admitted(quotas, onPool('DescribeUserPool', 'a'), 0, 10)).toBe(10);
    expect(admitted(quotas, call, 0)).toBe(5);
    expect(admitted(quotas, { ...call, accountId: other }, 0)).toBe(15);
    expect(admitted(quotas, { ...call, region: 'us-east-1' }, 0)).toBe(15);
    const pools = ['a', 'b', 'c', 'd', 'e'];
    expect(pools.map((id) => admitted(quotas, onPool('GetUserPoolMfaConfig', id), 0, 6))).toEqual([5, 5, 5, 5, 0]);
    expect(admitted(quotas, onPool('SetUserPoolMfaConfig', 'a'), 0)).toBe(5);
    expect(admitted(quotas, onPool('SetUserPoolMfaConfig', 'b'), 0)).toBe(5);
    expect(admitted(quotas, onPool('SetUserPoolMfaConfig', 'c'), 0)).toBe(5);
    expect(admitted(quotas, onPool('SetUserPoolMfaConfig', 'd'), 0)).toBe(0);
  });

  it('allow one operation 5 calls a second for one pool', () => {
    const quotas = new Quotas(awsQuotas);
    expect(admitted(quotas, onPool('GetUserPoolMfaConfig', 'a'), 0)).toBe(5);
    expect(admitted(quotas, onPool('ListTagsForResource', 'a'), 0)).toBe(5);
    expect(admitted(quotas, onPool('DescribeRiskConfiguration', 'a'), 0)).toBe(5);
    expect(admitted(quotas, onPool('GetUserPoolMfaConfig', 'a'), 1000)).toBe(5);
  });

  it('of ListRegions are 5 a second for the calling account, in whichever region it asks', () => {
    const quotas = new Quotas(awsQuotas);
    const regions: QuotaCall = { ...call, service: 'account', operation: 'ListRegions' };
    expect(admitted(quotas, regions, 0)).toBe(5);
    expect(admitted(quotas, { ...regions, region: 'us-east-1' }, 0)).toBe(0);
    expect(admitted(quotas, { ...regions, accountId: other }, 0)).toBe(5);
  });

  it('forget buckets that are full again, and nothing else', () => {
    const quotas = new Quotas(awsQuotas);
    expect(admitted(quotas, call, 0)).toBe(15);
    for (let index = 0; index < 30_000; index += 1)
      quotas.admits(onPool('GetUserPoolMfaConfig', `pool${index}`), index);
    expect(admitted(quotas, call, 30_000)).toBe(15);
    expect(admitted(quotas, call, 30_000)).toBe(0);
  });
});

describe('a spent quota, through the SDK', () => {
  it('is an error in the words of each service, and time brings it back', async () => {
    const clock = { now: Date.now() };
    const rates = {
      UserPoolRead: 1,
      UserPoolResourceRead: 1,
      Organizations: 1,
      AccountManagement: 1,
      SecurityTokens: 1,
    };
    const sandbox = await started(smallFleet(), { quotas: rates, now: () => clock.now });
    const { cognito, organizations, account, sts } = clients(sandbox);
    const calls = [
      {
        send: () => cognito.send(new ListUserPoolsCommand({ MaxResults: 1 })),
        name: 'TooManyRequestsException',
        message: 'Rate exceeded',
        status: 400,
      },
      {
        send: () => organizations.send(new ListAccountsCommand({})),
        name: 'TooManyRequestsException',
        message: 'You have sent too many requests in too short a period of time. Try again later.',
        status: 400,
      },
      {
        send: () => account.send(new ListRegionsCommand({})),
        name: 'TooManyRequestsException',
        message: 'Rate exceeded',
        status: 429,
      },
      {
        send: () => sts.send(new GetCallerIdentityCommand({})),
        name: 'Throttling',
        message: 'Rate exceeded',
        status: 400,
      },
    ];
    for (const { send, ...answer } of calls) {
      await send();
      expect(await refusal(send())).toEqual(answer);
    }
    clock.now += 1000;
    for (const { send } of calls) await send();
    expect(sandbox.calls.count('ListAccounts', 'TooManyRequestsException')).toBe(1);
    expect(sandbox.calls.count('ListAccounts', 'ok')).toBe(2);
  });

  it('of one account or region does not touch another', async () => {
    const sandbox = await started(smallFleet({ quotas: { UserPoolResourceRead: 2 } }), { now: frozen() });
    const get = new GetUserPoolMfaConfigCommand({ UserPoolId: 'eu-west-1_Customers' });
    const { cognito } = clients(sandbox, keysOf(sandbox, member));
    await cognito.send(get);
    await cognito.send(get);
    expect((await refusal(cognito.send(get))).name).toBe('TooManyRequestsException');
    const staff = new GetUserPoolMfaConfigCommand({ UserPoolId: 'eu-west-1_Staff' });
    expect((await clients(sandbox, keysOf(sandbox, other)).cognito.send(staff)).MfaConfiguration).toBe('OFF');
    await cognito.send(new DescribeUserPoolCommand({ UserPoolId: 'eu-west-1_Customers' }));
  });

  it('can be switched off', async () => {
    const sandbox = await started(smallFleet({ quotas: { Organizations: 1 } }), { quotas: 'off', now: frozen() });
    const { organizations } = clients(sandbox, callerKeys(sandbox));
    for (let calls = 0; calls < 30; calls += 1) await organizations.send(new ListAccountsCommand({}));
    expect(sandbox.calls.count('ListAccounts', 'ok')).toBe(30);
  });
});

function frozen(): () => number {
  const now = Date.now();
  return () => now;
}
