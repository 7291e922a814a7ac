import {
  CognitoIdentityProviderClient,
  GetUserPoolMfaConfigCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { expect, it } from 'vitest';
import { createClients } from '../../../src/aws/session/clients.ts';
import { heldIdentity } from '../../../src/aws/session/identity.ts';
import { plainConfigured } from '../plain-configured.ts';

const endpoint = 'http://127.0.0.1:1';
const configured = {
  ...plainConfigured,
  endpoints: { cognito: endpoint, organizations: endpoint, account: endpoint, sts: endpoint, cloudtrail: endpoint },
};
const body = Buffer.from('{"MfaConfiguration":"OFF","UserPools":[]}');

function keepingHandler() {
  const sent: HttpRequest[] = [];
  const handle = (request: HttpRequest) => {
    sent.push(request);
    return Promise.resolve({ response: new HttpResponse({ statusCode: 200, headers: {}, body }) });
  };
  return { sent, handler: { metadata: { handlerProtocol: 'http/1.1' }, handle } };
}

it('every client says who asks in the words of the SDK itself, and signs as its own identity', async () => {
  const { sent, handler } = keepingHandler();
  const clients = createClients(handler, configured, 'us-east-1');
  for (const accessKeyId of ['AKIAFIRST', 'AKIASECOND', 'AKIATHIRD']) {
    const identity = heldIdentity({ accessKeyId, secretAccessKey: 's' });
    const client = clients.cognito(identity, 'eu-west-1');
    await client.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId: 'eu-west-1_AbCdEf123' }));
  }
  const untouched = keepingHandler();
  const plain = new CognitoIdentityProviderClient({
    region: 'eu-west-1',
    endpoint,
    credentials: { accessKeyId: 'AKIAPLAIN', secretAccessKey: 's' },
    requestHandler: untouched.handler,
    userAgentAppId: 'mfa-drift',
  });
  await plain.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  const [reference] = untouched.sent;
  const withoutMetrics = (request: HttpRequest | undefined) => request?.headers['user-agent']?.replace(/ m\/\S*/, '');
  expect(withoutMetrics(reference)).toMatch(/^aws-sdk-js\/.* api\/cognito-identity-provider#.* app\/mfa-drift$/);
  expect(sent).toHaveLength(6);
  for (const request of sent) {
    expect(withoutMetrics(request)).toBe(withoutMetrics(reference));
    expect(request.headers['x-amz-user-agent']).toBe(reference?.headers['x-amz-user-agent']);
  }
  expect(sent.map(({ headers }) => /Credential=(\w+)/.exec(headers['authorization'] ?? '')?.[1])).toEqual([
    ...Array.from({ length: 2 }, () => 'AKIAFIRST'),
    ...Array.from({ length: 2 }, () => 'AKIASECOND'),
    ...Array.from({ length: 2 }, () => 'AKIATHIRD'),
  ]);
});
