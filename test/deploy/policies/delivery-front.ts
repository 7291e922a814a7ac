/**
 * Security Hub, S3 and EventBridge, as far as a delivery asks them, with permissions as the sandbox has them: which action
 * each request takes is AWS's (service authorization reference; S3 user guide, "Required permissions for Amazon S3 API operations").
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { refusedBy } from '../../../src/sandbox/identity/authorize.ts';
import { narrowedBy } from '../../../src/sandbox/identity/session-policy.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';

interface Asked {
  readonly action: string;
  readonly resource: string;
}

interface Answer {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** What the delivery's environment names in place of AWS. */
export async function deliveryFront(sandbox: Sandbox, administrator: string | null) {
  const objects = new Map<string, Readonly<Record<string, string>>>();
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('latin1');
    incoming.on('data', (chunk: string) => (body += chunk));
    incoming.on('end', () => {
      const [, key = '', region = ''] =
        /Credential=([^/]+)\/\d+\/([^/]+)/.exec(incoming.headers.authorization ?? '') ?? [];
      const identity = sandbox.identityOf(key);
      if (identity === undefined) return void response.writeHead(403).end();
      const partition = identity.arn.split(':')[1] ?? '';
      const { accountId } = identity;
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body, region, partition, accountId };
      const { action, resource } = askedBy(request);
      const asked = { action, resource, context: () => undefined };
      if (refusedBy(identity.permissions, asked) !== null || narrowedBy(identity.sessionPolicy, asked) !== null)
        return deny(
          response,
          request,
          `User: ${identity.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
        );
      // Who may not list the bucket is denied what is not there (S3 API reference, HeadObject), and nobody was allowed that.
      if (action === 's3:GetObject' && !objects.has(keyOf(request))) return deny(response, request, 'Access Denied');
      const answer = answerTo(request, action, objects, administrator);
      response.writeHead(200, answer.headers).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { AWS_ENDPOINT_URL_SECURITYHUB: url, AWS_ENDPOINT_URL_S3: url, AWS_ENDPOINT_URL_EVENTBRIDGE: url };
}

function askedBy({ method, path, headers, body, partition, region, accountId }: Request): Asked {
  if (headers['x-amz-target'] === 'AWSEvents.PutEvents') {
    const bus: string = JSON.parse(body).Entries[0].EventBusName;
    const arn = bus.startsWith('arn:') ? bus : `arn:${partition}:events:${region}:${accountId}:event-bus/${bus}`;
    return { action: 'events:PutEvents', resource: arn };
  }
  if (path.startsWith('/administrator')) return { action: 'securityhub:GetAdministratorAccount', resource: '*' };
  if (path.startsWith('/findings/import')) {
    const product = `arn:${partition}:securityhub:${region}:${accountId}:product/${accountId}/default`;
    return { action: 'securityhub:BatchImportFindings', resource: product };
  }
  if (path.startsWith('/findings')) return { action: 'securityhub:GetFindings', resource: '*' };
  const [bucket = '', query = ''] = path.slice(1).split('?');
  const arn = `arn:${partition}:s3:::${bucket.replace(/\/$/, '')}`;
  if (query.startsWith('encryption')) return { action: 's3:GetEncryptionConfiguration', resource: arn };
  return { action: method === 'PUT' ? 's3:PutObject' : 's3:GetObject', resource: arn };
}

function keyOf({ path }: Pick<Request, 'path'>): string {
  return path.split('?')[0] ?? '';
}

type Objects = Map<string, Readonly<Record<string, string>>>;

function answerTo(
  { path, headers, body }: Request,
  action: string,
  objects: Objects,
  administrator: string | null,
): Answer {
  const json = { 'content-type': 'application/json' };
  const key = keyOf({ path });
  switch (action) {
    case 'events:PutEvents': {
      const entries: readonly unknown[] = JSON.parse(body).Entries;
      return {
        headers: json,
        body: JSON.stringify({ Entries: entries.map((_, index) => ({ EventId: `e-${index}` })) }),
      };
    }
    case 'securityhub:GetAdministratorAccount':
      return {
        headers: json,
        body: JSON.stringify(administrator === null ? {} : { Administrator: { AccountId: administrator } }),
      };
    case 'securityhub:BatchImportFindings':
      return { headers: json, body: '{"FailedCount":0,"SuccessCount":1,"FailedFindings":[]}' };
    case 'securityhub:GetFindings':
      return { headers: json, body: '{"Findings":[]}' };
    case 's3:GetEncryptionConfiguration':
      return { body: '<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>' };
    case 's3:PutObject':
      objects.set(key, {
        'content-length': headers['content-length'] ?? '',
        'x-amz-checksum-sha256': [headers['x-amz-checksum-sha256'] ?? ''].join(),
      });
      return {};
    default:
      return { headers: objects.get(key) ?? {} };
  }
}

/** S3 in XML, without a body to a HEAD; the others in JSON (each service's API reference, "Common errors"). */
function deny(response: ServerResponse, { method, path }: Request, message: string): void {
  const isS3 = !/^\/(?:administrator|findings|$)/.test(path);
  const body = isS3
    ? `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`
    : JSON.stringify({ __type: 'AccessDeniedException', message });
  const type = isS3 ? 'application/xml' : 'application/json';
  response
    .writeHead(isS3 ? 403 : 400, {
      'content-type': type,
      ...(isS3 ? {} : { 'x-amzn-errortype': 'AccessDeniedException' }),
    })
    .end(method === 'HEAD' ? undefined : body);
}
