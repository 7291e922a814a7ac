import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { createServer } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import { assert, asyncProperty, constantFrom, dictionary, jsonValue, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { CallLog } from '../../src/sandbox/server/call-log.ts';
import { switchesWithDefaults } from '../../src/sandbox/cognito/user-pools.ts';
import { dispatch, type Sandboxed } from '../../src/sandbox/server/dispatch.ts';
import { FaultPlan } from '../../src/sandbox/faults/faults.ts';
import { fleetFrom } from '../../src/sandbox/fleet/expand.ts';
import { fullAccess } from '../../src/sandbox/identity/credentials.ts';
import { noQuotas, Quotas } from '../../src/sandbox/quotas.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createWorld } from '../../src/sandbox/world/world.ts';
import { member, smallFleet } from './small-fleet.ts';

class Sha256 {
  private readonly state: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.state = secret === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(secret as Uint8Array));
  }
  update(data: Uint8Array): void {
    this.state.update(data);
  }
  reset(): void {}
  async digest(): Promise<Uint8Array> {
    return this.state.digest();
  }
}

function sandboxed(): Sandboxed {
  const world = createWorld(fleetFrom(smallFleet()), switchesWithDefaults({}));
  return {
    world,
    quotas: new Quotas(noQuotas),
    faults: new FaultPlan({ faults: [] }),
    calls: new CallLog(false),
    now: Date.now,
  };
}

/** Signed by the official signer, whatever it says. */
async function signed(
  sandbox: Sandboxed,
  service: string,
  path: string,
  headers: Record<string, string>,
  body: string,
) {
  const { accessKeyId, secretAccessKey } = sandbox.world.credentials.addUser(member, 'fuzz', fullAccess);
  const signer = new SignatureV4({
    service,
    region: 'eu-west-1',
    sha256: Sha256,
    credentials: { accessKeyId, secretAccessKey },
  });
  const request = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: 'localhost',
    path,
    query: {},
    headers: { host: 'localhost', ...headers },
    body,
  });
  return { method: 'POST', url: path, headers: request.headers, body: Buffer.from(body) };
}

const operations = [
  ...[
    'ListUserPools',
    'DescribeUserPool',
    'GetUserPoolMfaConfig',
    'SetUserPoolMfaConfig',
    'ListTagsForResource',
    'toString',
  ].map((name) => ({
    service: 'cognito-idp',
    target: `AWSCognitoIdentityProviderService.${name}`,
  })),
  ...[
    'ListAccounts',
    'ListRoots',
    'ListChildren',
    'ListParents',
    'DescribeAccount',
    'ListTagsForResource',
    '__proto__',
  ].map((name) => ({
    service: 'organizations',
    target: `AWSOrganizationsV20161128.${name}`,
  })),
];

const memberNames = [
  'UserPoolId',
  'MaxResults',
  'NextToken',
  'MfaConfiguration',
  'SmsMfaConfiguration',
  'SoftwareTokenMfaConfiguration',
  'WebAuthnConfiguration',
  'ResourceArn',
  'AccountId',
  'ParentId',
  'ChildId',
  'ChildType',
  'ResourceId',
  '__proto__',
];
const values = oneof(jsonValue(), constantFrom('eu-west-1_Customers', 60, 'ON', member, 'r-abcd'));
const bodies = oneof(
  string(),
  jsonValue().map((value) => JSON.stringify(value)),
  dictionary(constantFrom(...memberNames), values).map((value) => JSON.stringify(value)),
);

describe('whatever is sent', () => {
  it('signed, to a JSON operation: the answer is its output or an error with a name', async () => {
    const sandbox = sandboxed();
    await assert(
      asyncProperty(constantFrom(...operations), bodies, async ({ service, target }, body) => {
        const request = await signed(
          sandbox,
          service,
          '/',
          { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
          body,
        );
        const { answer } = dispatch(sandbox, request);
        const text: { __type?: string } = JSON.parse(answer?.body ?? '');
        expect([200, 400]).toContain(answer?.status);
        expect(answer?.status === 200 || /^\w+Exception$/.test(text.__type ?? '')).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(sandbox.calls.badSignatures).toBe(0);
  });

  it('signed, to STS and Account: the answer is an output or an error of the protocol', async () => {
    const sandbox = sandboxed();
    const form = oneof(
      string(),
      dictionary(constantFrom('Action', 'RoleArn', 'DurationSeconds'), oneof(string(), constantFrom('AssumeRole'))).map(
        (pairs) => new URLSearchParams(pairs).toString(),
      ),
    );
    await assert(
      asyncProperty(form, bodies, async (query, json) => {
        const sts = await signed(sandbox, 'sts', '/', { 'content-type': 'application/x-www-form-urlencoded' }, query);
        expect(dispatch(sandbox, sts).answer?.body).toMatch(/<ErrorResponse xmlns.*<Code>\w+<\/Code>/);
        const account = await signed(sandbox, 'account', '/listRegions', { 'content-type': 'application/json' }, json);
        const { answer } = dispatch(sandbox, account);
        expect(answer?.status === 200 || /^\w+Exception$/.test(answer?.headers['x-amzn-errortype'] ?? '')).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(sandbox.calls.badSignatures).toBe(0);
  });

  it.each(['/', '/prefix/', '/a%20b/%C3%BC', "/it's(*)!"])(
    'to the path %s: the signature is verified as the official signer makes it',
    async (path) => {
      const sandbox = sandboxed();
      const headers = { 'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools', spaced: ' a   b ' };
      const request = await signed(sandbox, 'cognito-idp', path, headers, '{"MaxResults":1}');
      expect(dispatch(sandbox, request).answer?.status).toBe(200);
    },
  );

  it('unsigned: it is refused, and nothing breaks', () => {
    const sandbox = sandboxed();
    const headerNames = constantFrom('authorization', 'x-amz-target', 'x-amz-date', 'content-type', 'host');
    assert(
      property(dictionary(headerNames, string()), string(), string(), (headers, url, body) => {
        const { answer } = dispatch(sandbox, { method: 'POST', url, headers, body: Buffer.from(body) });
        expect(answer?.status).toBeGreaterThanOrEqual(400);
      }),
    );
  });
});

describe('a port that is taken', () => {
  it('is an error that the user can mend', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const start = startSandbox({ fleet: fleetFrom(smallFleet()), port });
    await expect(start).rejects.toThrow(new RegExp(`Can't listen on 127.0.0.1:${port}`));
    await expect(start).rejects.toBeInstanceOf(UserError);
    server.close();
  });
});
