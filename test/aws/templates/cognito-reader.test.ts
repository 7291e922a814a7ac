/** Requests from a template are those of the client, and their answers mean the same. */
import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { accountWriter } from '../../../src/aws/requests/account-writer.ts';
import { userPoolCalls } from '../../../src/aws/requests/user-pool-calls.ts';
import { createClients } from '../../../src/aws/session/clients.ts';
import { openConnections } from '../../../src/aws/connection/http.ts';
import { heldIdentity } from '../../../src/aws/session/identity.ts';
import type { UserPoolCalls } from '../../../src/ports/cloud.ts';
import { fleet, hr, shop } from '../../reading/fleets.ts';
import { keysOf, started } from '../../sandbox/clients.ts';
import { plainConfigured } from '../plain-configured.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const poolId = 'eu-west-1_AbCdEf123';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Plain answers to everything that reading asks. */
const plain: Answer = {
  status: 200,
  body: JSON.stringify({ MfaConfiguration: 'OFF', UserPools: [], UserPool: { Id: poolId } }),
};

/** Cognito as it gives the answers of `queue` and then plain ones. */
function cognito(queue: Answer[] = []) {
  const sent: HttpRequest[] = [];
  const handle = async (request: HttpRequest) => {
    sent.push(request);
    const { status, body, headers = {} } = queue.shift() ?? plain;
    return {
      response: new HttpResponse({
        statusCode: status,
        headers: { 'x-amzn-requestid': 'r-1', ...headers },
        body: Buffer.from(body),
      }),
    };
  };
  const clients = createClients({ metadata: { handlerProtocol: 'http/1.1' }, handle }, plainConfigured, 'us-east-1');
  const callsOf = (accessKeyId: string): UserPoolCalls =>
    userPoolCalls(
      clients,
      heldIdentity({ accessKeyId, secretAccessKey: 's', sessionToken: `t-${accessKeyId}` }),
      place,
    );
  return { sent, queue, clients, callsOf };
}

const reads: readonly (readonly [string, (calls: UserPoolCalls) => Promise<unknown>])[] = [
  ['ListUserPools', (calls) => calls.list(null)],
  ['GetUserPoolMfaConfig', (calls) => calls.read('mfaConfig', poolId)],
  ['DescribeUserPool', (calls) => calls.read('userPool', poolId)],
];

const fresh = ['amz-sdk-invocation-id', 'x-amz-date', 'authorization'];

function textIn(body: unknown): string {
  return typeof body === 'string' ? body : Buffer.from(body as Uint8Array).toString();
}

/** Of a request, what the next one repeats. */
function lasting({ headers, ...request }: HttpRequest): object {
  const kept = Object.entries(headers).filter(([name]) => !fresh.includes(name));
  return { ...request, headers: Object.fromEntries(kept), body: textIn(request.body) };
}

afterEach(() => void vi.useRealTimers());

describe.each(reads)('%s', (operation, read) => {
  it('from a template is the request of a client, and what belongs to one request is new', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-20T10:00:00Z') });
    const { sent, callsOf, clients } = cognito();
    await read(callsOf('AKIAFIRST'));
    vi.setSystemTime(new Date('2026-11-21T10:00:01Z'));
    await read(callsOf('AKIAFIRST'));
    clients.clockOffset.ms = 3_600_000;
    await read(callsOf('AKIAFIRST'));
    const [first, second, third] = sent;
    expect(sent).toHaveLength(3);
    for (const request of [second, third]) expect(request && lasting(request)).toEqual(first && lasting(first));
    expect(first?.headers['x-amz-target']).toMatch(new RegExp(`\\.${operation}$`));
    expect(sent.map(({ headers }) => headers['x-amz-date'])).toEqual([
      '20261120T100000Z',
      '20261121T100001Z',
      '20261121T110001Z',
    ]);
    expect(sent.map(({ headers }) => headers['amz-sdk-request'])).toEqual(sent.map(() => 'attempt=1; max=1'));
    for (const name of fresh) expect(new Set(sent.map(({ headers }) => headers[name])).size).toBe(3);
  });

  it('is signed by whoever asks, though another asked first', async () => {
    const { sent, callsOf } = cognito();
    const keys = ['AKIAFIRST', 'AKIASECOND', 'AKIAFIRST', 'AKIATHIRD'];
    for (const key of keys) await read(callsOf(key));
    const signedBy = sent.map(({ headers }) => /Credential=(\w+)/.exec(headers['authorization'] ?? '')?.[1]);
    expect(signedBy).toEqual(keys);
    expect(sent.map(({ headers }) => headers['x-amz-security-token'])).toEqual(keys.map((key) => `t-${key}`));
  });

  it.each<[string, Answer]>([
    [
      'a denial',
      { status: 400, body: '{"__type":"AccessDeniedException","message":"not authorized to perform: x:Y"}' },
    ],
    ['a throttle', { status: 400, body: '{"__type":"TooManyRequestsException","message":"Rate exceeded"}' }],
    ['a pool that is gone', { status: 400, body: '{"__type":"ResourceNotFoundException","message":"gone"}' }],
    ['a session that ended', { status: 400, body: '{"__type":"ExpiredTokenException","message":"expired"}' }],
    [
      'a clock that is off',
      {
        status: 400,
        body: '{"__type":"InvalidSignatureException","message":"Signature expired"}',
        headers: { date: 'Fri, 20 Nov 2026 10:00:00 GMT' },
      },
    ],
    ['a fault named in a header', { status: 403, body: '{}', headers: { 'x-amzn-errortype': 'Throttling' } }],
    ['a fault of the front end in XML', { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }],
    ['a page of a proxy', { status: 502, body: '<html>Bad gateway</html>' }],
    ['an empty failure', { status: 500, body: '' }],
    ['a way elsewhere', { status: 302, body: '', headers: { location: 'http://sign.in/' } }],
    ['a success without contents', { status: 204, body: '' }],
    ['a partial success', { status: 206, body: plain.body }],
    ['a success that is empty', { status: 200, body: '' }],
    ['a success that is a page', { status: 200, body: '<html>Sign in</html>' }],
    ['a success that is cut short', { status: 200, body: '{"MfaConfiguration":' }],
    ['a success that is a list', { status: 200, body: '[]' }],
    ['a success with members that no model knows', { status: 200, body: `{"New":1,${plain.body.slice(1)}` }],
  ])('takes %s as a client does, and is sent once', async (_what, answer) => {
    const first = cognito([answer]);
    const byClient = await read(first.callsOf('AKIAFIRST'));
    const { sent, callsOf, queue, clients } = cognito();
    await read(callsOf('AKIAFIRST'));
    queue.push(answer);
    expect(await read(callsOf('AKIASECOND'))).toEqual(byClient);
    expect(sent).toHaveLength(2);
    expect(Math.abs(clients.clockOffset.ms - first.clients.clockOffset.ms)).toBeLessThan(60_000);
  });
});

it('requests in flight together that a wrong clock spoils are all to be sent again', async () => {
  const { callsOf, queue, clients } = cognito();
  await callsOf('AKIAFIRST').read('mfaConfig', poolId);
  const date = new Date(Date.now() + 3_600_000).toUTCString();
  const skewed = { status: 400, body: '{"__type":"InvalidSignatureException","message":"x"}', headers: { date } };
  queue.push(...Array.from({ length: 20 }, () => skewed));
  const calls = callsOf('AKIASECOND');
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => calls.read('mfaConfig', poolId)));
  expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.failure.retry))).toEqual(
    outcomes.map(() => 'transient'),
  );
  expect(Math.abs(clients.clockOffset.ms - 3_600_000)).toBeLessThan(60_000);
});

it('a write is never made from a template', async () => {
  const { sent, clients } = cognito();
  const writer = accountWriter(clients, heldIdentity({ accessKeyId: 'AKIAWRITER', secretAccessKey: 's' }));
  const input = { UserPoolId: poolId, MfaConfiguration: 'OFF' };
  const made = vi.spyOn(clients, 'cognito');
  for (let at = 0; at < 3; at += 1) await writer.set('eu-west-1', input);
  expect(made).toHaveBeenCalledTimes(3);
  expect(sent).toHaveLength(3);
});

it('a server that checks finds every signature right and of the account that it asks about', async () => {
  const sandbox = await started(fleet({ quotas: 'off' }));
  const settings = { connectTimeoutMs: 5000, readTimeoutMs: 5000, caBundle: null, verifiesCertificates: true };
  const connections = await openConnections({ ...settings, concurrency: 16 }, new AbortController().signal);
  onTestFinished(() => connections.close());
  const endpoints = { ...plainConfigured.endpoints, cognito: sandbox.url };
  const clients = createClients(connections.handler, { ...plainConfigured, endpoints }, 'us-east-1');
  const units = [shop, hr].flatMap((accountId) =>
    ['eu-west-1', 'us-east-1'].map((region) =>
      userPoolCalls(clients, heldIdentity(keysOf(sandbox, accountId)), { accountId, region }),
    ),
  );
  const rounds = Array.from({ length: 25 }, () => units).flat();
  const listings = await Promise.all(rounds.map((unit) => unit.list(null)));
  expect(listings.every(({ ok }) => ok)).toBe(true);
  const pools = listings.map((listing) => (listing.ok ? listing.value.items : []));
  const configurations = await Promise.all(
    rounds.flatMap((unit, at) => (pools[at] ?? []).map(({ id }) => unit.read('mfaConfig', id))),
  );
  expect(configurations.every(({ ok }) => ok)).toBe(true);
  expect(sandbox.calls.badSignatures).toBe(0);
  const keys = new Map([shop, hr].map((accountId) => [keysOf(sandbox, accountId).accessKeyId, accountId]));
  const asked = sandbox.calls.entries.filter(({ service }) => service === 'cognito-idp');
  expect(asked).toHaveLength(listings.length + configurations.length);
  expect(configurations.length).toBeGreaterThan(20);
  for (const { accessKeyId, accountId } of asked) expect(keys.get(accessKeyId ?? '')).toBe(accountId);
});
