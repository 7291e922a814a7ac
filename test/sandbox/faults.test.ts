import {
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { FaultPlan, type Fault, type FaultyCall } from '../../src/sandbox/faults/faults.ts';
import { assume, clients, keysOf, refusal, started } from './clients.ts';
import { member, other, smallFleet } from './small-fleet.ts';

const UserPoolId = 'eu-west-1_Staff';
const get = new GetUserPoolMfaConfigCommand({ UserPoolId });
const set = new SetUserPoolMfaConfigCommand({
  UserPoolId,
  MfaConfiguration: 'ON',
  SoftwareTokenMfaConfiguration: { Enabled: true },
});

async function withFaults(...faults: Fault[]) {
  const sandbox = await started(smallFleet(), { faults: { faults } });
  const mode = () => sandbox.pool(other, 'eu-west-1', UserPoolId)?.mfaConfig['MfaConfiguration'];
  return { sandbox, mode, cognito: clients(sandbox, keysOf(sandbox, other)).cognito };
}

describe('a fault', () => {
  it('throttle and http500 answer as the service does, and nothing is done', async () => {
    const throttled = await withFaults({ fault: 'throttle' });
    expect(await refusal(throttled.cognito.send(set))).toEqual({
      name: 'TooManyRequestsException',
      message: 'Rate exceeded',
      status: 400,
    });
    const failing = await withFaults({ fault: 'http500' });
    expect(await refusal(failing.cognito.send(set))).toMatchObject({ name: 'InternalErrorException', status: 500 });
    expect([throttled.mode(), failing.mode()]).toEqual(['OFF', 'OFF']);
  });

  it('notJson is an HTML page with status 503, and nothing is done', async () => {
    const { cognito, mode } = await withFaults({ fault: 'notJson' });
    expect(await refusal(cognito.send(set))).toMatchObject({ name: 'SyntaxError', status: 503 });
    expect(mode()).toBe('OFF');
  });

  it('resetBefore cuts the connection before acting, resetAfter after it', async () => {
    const before = await withFaults({ fault: 'resetBefore' });
    expect((await refusal(before.cognito.send(set))).message).toMatch(/ECONNRESET|socket hang up|aborted/);
    expect(before.mode()).toBe('OFF');
    const after = await withFaults({ fault: 'resetAfter' });
    expect((await refusal(after.cognito.send(set))).message).toMatch(/ECONNRESET|socket hang up|aborted/);
    expect(after.mode()).toBe('ON');
    expect(after.sandbox.calls.count('SetUserPoolMfaConfig', 'resetAfter')).toBe(1);
  });

  it('truncate and cutBody act, and half of the answer arrives', async () => {
    const short = await withFaults({ fault: 'truncate' });
    expect((await refusal(short.cognito.send(set))).name).toBe('SyntaxError');
    const cut = await withFaults({ fault: 'cutBody' });
    expect((await refusal(cut.cognito.send(set))).message).toMatch(/aborted|ECONNRESET/);
    expect([short.mode(), cut.mode()]).toEqual(['ON', 'ON']);
  });

  it('hang never answers', async () => {
    const { sandbox } = await withFaults({ fault: 'hang' });
    const requestHandler = new NodeHttpHandler({ requestTimeout: 50, throwOnRequestTimeout: true });
    const { url: endpoint } = sandbox;
    const cognito = new CognitoIdentityProviderClient({
      endpoint,
      region: 'eu-west-1',
      credentials: keysOf(sandbox, other),
      maxAttempts: 1,
      requestHandler,
    });
    expect((await refusal(cognito.send(get))).name).toBe('TimeoutError');
  });

  it('expireSession ends a session for good; a new AssumeRole helps, and long-lived keys are spared', async () => {
    const { sandbox, cognito } = await withFaults({
      fault: 'expireSession',
      operations: ['GetUserPoolMfaConfig'],
      count: 1,
    });
    expect((await cognito.send(get)).MfaConfiguration).toBe('OFF');
    const session = clients(sandbox, await assume(sandbox, other)).cognito;
    expect((await refusal(session.send(get))).name).toBe('ExpiredTokenException');
    expect((await refusal(session.send(new ListUserPoolsCommand({ MaxResults: 1 })))).name).toBe(
      'ExpiredTokenException',
    );
    const renewed = clients(sandbox, await assume(sandbox, other)).cognito;
    expect((await renewed.send(get)).MfaConfiguration).toBe('OFF');
  });

  it('strikes only where it is told to', async () => {
    const rule: Fault = {
      fault: 'http500',
      operations: ['GetUserPoolMfaConfig'],
      accounts: [other],
      regions: ['eu-west-1'],
    };
    const { sandbox, cognito } = await withFaults(rule);
    expect((await refusal(cognito.send(get))).name).toBe('InternalErrorException');
    await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    const elsewhere = clients(sandbox, keysOf(sandbox, member)).cognito;
    await elsewhere.send(new GetUserPoolMfaConfigCommand({ UserPoolId: 'eu-west-1_Customers' }));
    const overseas = clients(sandbox, keysOf(sandbox, other), 'us-east-1').cognito;
    expect((await refusal(overseas.send(get))).name).toBe('ResourceNotFoundException');
  });

  it('never spoils the refusal of a request that is not authenticated', async () => {
    const { sandbox } = await withFaults({ fault: 'http500' });
    const wrong = { ...keysOf(sandbox, other), secretAccessKey: 'wrong' };
    expect((await refusal(clients(sandbox, wrong).cognito.send(get))).name).toBe('InvalidSignatureException');
  });
});

describe('a plan of faults', () => {
  const call = (payload: string): FaultyCall => ({
    operation: 'Get',
    accountId: member,
    region: 'eu-west-1',
    payload,
    isSession: true,
  });
  const payloads = Array.from({ length: 10_000 }, (_, index) => String(index));

  it('begins after so many calls and ends after so many strikes', () => {
    const plan = new FaultPlan({ faults: [{ fault: 'throttle', after: 2, count: 3 }] });
    const kinds = payloads.slice(0, 8).map((payload) => plan.spoil(call(payload)).kind);
    expect(kinds).toEqual([null, null, 'throttle', 'throttle', 'throttle', null, null, null]);
  });

  it('strikes the same calls whatever their order, others with another seed, and about the share that it says', () => {
    const faults: Fault[] = [{ fault: 'throttle', rate: 0.1 }];
    const struck = (seed: number, order: readonly string[]) => {
      const plan = new FaultPlan({ seed, faults });
      return new Set(order.filter((payload) => plan.spoil(call(payload)).kind !== null));
    };
    const first = struck(7, payloads);
    expect(struck(7, payloads.toReversed())).toEqual(first);
    expect(struck(8, payloads)).not.toEqual(first);
    // Binomial, n = 10000, p = 0.1: five standard deviations are 150.
    expect(Math.abs(first.size - 1000)).toBeLessThan(150);
  });

  it('draws anew for each try of a call', () => {
    const plan = new FaultPlan({ faults: [{ fault: 'throttle', rate: 0.5 }] });
    const tries = Array.from({ length: 64 }, () => plan.spoil(call('same')).kind);
    expect(new Set(tries)).toEqual(new Set([null, 'throttle']));
  });

  it('adds delays up, within their bounds, beside the first fault that strikes', () => {
    const plan = new FaultPlan({
      faults: [{ latencyMs: 5 }, { latencyMs: [10, 20] }, { fault: 'http500' }, { fault: 'throttle' }],
    });
    for (const payload of payloads.slice(0, 100)) {
      const { kind, delayMs } = plan.spoil(call(payload));
      expect(kind).toBe('http500');
      expect(delayMs).toBeGreaterThanOrEqual(15);
      expect(delayMs).toBeLessThan(25);
    }
  });
});
