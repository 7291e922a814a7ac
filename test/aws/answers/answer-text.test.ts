import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { describe, expect, it } from 'vitest';
import { createClients } from '../../../src/aws/session/clients.ts';
import { heldIdentity } from '../../../src/aws/session/identity.ts';
import { userPoolCalls } from '../../../src/aws/requests/user-pool-calls.ts';
import { plainConfigured } from '../plain-configured.ts';

/** Cognito as it answers every request with this body. */
function answering(body: string, statusCode = 200) {
  const handle = (_request: HttpRequest) =>
    Promise.resolve({
      response: new HttpResponse({ statusCode, headers: { 'x-amzn-requestid': 'r-1' }, body: Buffer.from(body) }),
    });
  const clients = createClients({ metadata: { handlerProtocol: 'http/1.1' }, handle }, plainConfigured, 'eu-west-1');
  const identity = heldIdentity({ accessKeyId: 'a', secretAccessKey: 's' });
  return userPoolCalls(clients, identity, { accountId: '111122223333', region: 'eu-west-1' });
}

const listed = (members: object) => JSON.stringify({ UserPools: [{ Id: 'eu-west-1_A', Name: 'staff', ...members }] });

describe('a member that nobody here reads', () => {
  it.each<[string, object]>([
    ['a date as text', { CreationDate: '2024-05-01T10:00:00Z' }],
    ['a date that is a list', { LastModifiedDate: [1] }],
    ['a lambda configuration that is a number', { LambdaConfig: 7 }],
    ['replica regions that are an object', { ReplicaRegions: {} }],
  ])('in a form of its own does not cost the listing its pools: %s', async (_what, members) => {
    expect(await answering(listed(members)).list(null)).toEqual({
      ok: true,
      value: { items: [{ id: 'eu-west-1_A', name: 'staff' }], next: null },
    });
  });

  it('does not cost a pool its description', async () => {
    const pool = { Id: 'eu-west-1_A', CreationDate: 'yesterday', SchemaAttributes: 'none' };
    expect(await answering(JSON.stringify({ UserPool: pool })).read('userPool', 'eu-west-1_A')).toEqual({
      ok: true,
      value: { value: pool, requestId: 'r-1' },
    });
  });
});

describe('an answer', () => {
  it.each<[string, string]>([
    ['no list of pools', '{}'],
    ['a list of pools that is an object', '{"UserPools":{}}'],
    ['a pool without an id', '{"UserPools":[{"Name":"staff"}]}'],
    ['a pool whose id is a number', '{"UserPools":[{"Id":7}]}'],
    ['a pool that is null', '{"UserPools":[null]}'],
    ['a page token that is a number', '{"UserPools":[],"NextToken":7}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a page for people', '<!doctype html><title>Sign in</title>'],
  ])('that holds %s is malformed', async (_what, body) => {
    expect(await answering(body).list(null)).toMatchObject({ ok: false, failure: { code: 'malformed' } });
  });

  it('that names a fault keeps it', async () => {
    const body = '{"__type":"TooManyRequestsException","message":"Rate exceeded"}';
    expect(await answering(body, 400).list(null)).toMatchObject({
      ok: false,
      failure: { name: 'TooManyRequestsException', retry: 'throttle', requestId: 'r-1' },
    });
  });
});
