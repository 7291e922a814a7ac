/**
 * What stands before the sandbox here: it answers what peers ask of services that have nothing to do with user pools, counts
 * every call, and hands the rest on as it came, signature and all. The sandbox itself stays what mfa-drift needs and no more.
 *
 * Shapes: botocore's models `ec2` 2016-11-15, `resourcegroupstaggingapi` 2017-01-26, `iam` 2010-05-08, `cognito-idp` 2016-04-18.
 */
import { cognitoRegions } from '../../src/domain/model/regions.ts';
import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';

export interface Front {
  readonly url: string;
  /** Calls by `service:Operation`, since the start. */
  readonly calls: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

interface Answer {
  readonly type: string;
  readonly body: string;
}

/** @param target of the sandbox */
export async function startFront(target: string, regions: readonly string[], latencyMs: number): Promise<Front> {
  const calls = new Map<string, number>();
  const stubs = stubsOf(regions);
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const call = callOf(request, body);
    calls.set(call, (calls.get(call) ?? 0) + 1);
    await setTimeout(latencyMs);
    const stub = Object.hasOwn(stubs, call) ? stubs[call] : undefined;
    if (stub === undefined) handOn(request, body, response, target);
    else say(response, stub(body));
  };
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    respond(request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The service stands in the scope of the signature, the operation in the target header, the form or the path. */
export function callOf({ headers, url = '/' }: Pick<IncomingMessage, 'headers' | 'url'>, body: Buffer): string {
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return `${service}:${target.slice(target.lastIndexOf('.') + 1)}`;
  const action = new URLSearchParams(body.toString('utf8')).get('Action');
  return `${service}:${action ?? url.split('?', 1)[0]}`;
}

function handOn(request: IncomingMessage, body: Buffer, response: ServerResponse, target: string): void {
  const { method, headers, url } = request;
  const onward = send(new URL(url ?? '/', target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', (error) => response.destroy(error));
  onward.end(body);
}

function say(response: ServerResponse, { type, body }: Answer): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function stubsOf(regions: readonly string[]): Readonly<Record<string, (body: Buffer) => Answer>> {
  return {
    // Cloud Custodian reads tags so, whatever the policy asks; resources that never had a tag are not in the answer.
    'tagging:GetResources': () => json({ PaginationToken: '', ResourceTagMappingList: [] }),
    'ec2:DescribeRegions': (body) => xml(describedRegions(regions, body.includes('AllRegions=true'))),
    'iam:ListAccountAliases': () =>
      xml(
        `<ListAccountAliasesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAccountAliasesResult><IsTruncated>false</IsTruncated><AccountAliases/></ListAccountAliasesResult>${metadata}</ListAccountAliasesResponse>`,
      ),
    'cognito-idp:ListUserPoolClients': () => json({ UserPoolClients: [] }),
  };
}

const metadata = '<ResponseMetadata><RequestId>0a1b2c3d-0000-4000-8000-000000000000</RequestId></ResponseMetadata>';

/** Regions that the accounts have not enabled are in the answer only when all are asked for. */
function describedRegions(regions: readonly string[], all: boolean): string {
  const items = cognitoRegions.aws
    .filter((region) => all || regions.includes(region))
    .map((region) => {
      const status = regions.includes(region) ? 'opt-in-not-required' : 'not-opted-in';
      return `<item><regionName>${region}</regionName><regionEndpoint>ec2.${region}.amazonaws.com</regionEndpoint><optInStatus>${status}</optInStatus></item>`;
    });
  return `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>0a1b2c3d-0000-4000-8000-000000000000</requestId><regionInfo>${items.join('')}</regionInfo></DescribeRegionsResponse>`;
}

function json(body: object): Answer {
  return { type: 'application/x-amz-json-1.1', body: JSON.stringify(body) };
}

function xml(body: string): Answer {
  return { type: 'text/xml;charset=UTF-8', body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` };
}
