import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { expect, it } from 'vitest';
import { createCalls } from '../../src/pacing/calls.ts';
import { systemClock } from '../../src/pacing/clock.ts';
import { createClients } from '../../src/aws/session/clients.ts';
import { heldIdentity } from '../../src/aws/session/identity.ts';
import { assumableRoles } from '../../src/aws/session/roles.ts';
import { plainConfigured } from './plain-configured.ts';

const endpoint = 'http://127.0.0.1:1';
const configured = {
  ...plainConfigured,
  endpoints: { cognito: endpoint, organizations: endpoint, account: endpoint, sts: endpoint, cloudtrail: endpoint },
};

const externalId = 'acme:prod/7f3a9c';

/** STS's own words for a value that breaks its rules, and a gateway that gives back what it was sent. */
const echoes: readonly (readonly [name: string, answer: (body: string) => string])[] = [
  [
    'its message',
    () =>
      `<ErrorResponse><Error><Code>ValidationError</Code><Message>1 validation error detected: Value '${externalId}' at 'externalId' failed</Message></Error></ErrorResponse>`,
  ],
  [
    'the request',
    (body) => `<ErrorResponse><Error><Code>Refused</Code><Message>${body}</Message></Error></ErrorResponse>`,
  ],
  ['a name', () => `<ErrorResponse><Error><Code>${externalId}</Code><Message>no</Message></Error></ErrorResponse>`],
];

it.each(echoes)('a role that is refused does not say its external id, which came back in %s', async (_name, answer) => {
  const handle = (request: HttpRequest) => {
    const body = Buffer.from(answer(String(request.body)));
    return Promise.resolve({ response: new HttpResponse({ statusCode: 400, headers: {}, body }) });
  };
  const clients = createClients({ metadata: { handlerProtocol: 'http/1.1' }, handle }, configured, 'us-east-1');
  const caller = heldIdentity({ accessKeyId: 'AKIACALLER', secretAccessKey: 's' });
  const { signal } = new AbortController();
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const calls = createCalls({ concurrency: 1, clock: systemClock, signal, counts });
  const roles = assumableRoles({
    settings: {
      name: 'Audit',
      remediationName: null,
      readinessName: null,
      deliveryName: 'MfaDriftDelivery',
      externalId,
      durationSeconds: 3600,
      overrides: {},
      sessionPolicy: false,
    },
    caller,
    client: clients.sts(caller),
    shared: { clockOffset: clients.clockOffset, log: null },
    calls,
    quota: calls.quota({ perSecond: 100 }),
    notice: () => undefined,
  });
  const role = {
    arn: 'arn:aws:iam::111122223333:role/Audit',
    accountId: '111122223333',
    label: 'the audit role Audit',
    purpose: 'read',
  } as const;
  const outcome = JSON.stringify(await roles(role).ready());
  expect(outcome).toContain('(masked)');
  expect(outcome).not.toContain('7f3a9c');
});
