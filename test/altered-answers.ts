/** Something between the program and its AWS that changes answers: a gateway, a proxy, an attacker. */
import { once } from 'node:events';
import { createServer, request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { JsonObject, JsonValue } from '../src/domain/model/json.ts';

export interface Asked {
  /** Such as `AssumeRole`, `ListRegions`, `DescribeUserPool`. */
  readonly operation: string;
  /** Who asks, as the signature says it; empty without one. */
  readonly accessKeyId: string;
  readonly region: string;
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `null` leaves the answer as it is. */
export type Alter = (answer: Answered, asked: Asked) => Partial<Answered> | null;

/** Resolves with the environment that leads through it; `behind` is that of the sandbox. It ends with the test. */
export async function altered(
  behind: Readonly<Record<string, string>>,
  alter: Alter,
): Promise<Readonly<Record<string, string>>> {
  const target = new URL(behind['AWS_ENDPOINT_URL'] ?? '');
  const server = createServer((request, response) => {
    // Who changes answers may leave it out.
    response.sendDate = false;
    pass(request, target, alter).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { ...behind, AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The host stays the one that was signed. */
async function pass(request: IncomingMessage, target: URL, alter: Alter): Promise<Answered> {
  const asked = await buffer(request);
  const { method = 'POST', url: path = '/', headers } = request;
  const onward = send({ host: target.hostname, port: target.port, method, path, headers });
  onward.end(asked);
  const [incoming] = (await once(onward, 'response')) as [IncomingMessage];
  const { 'content-length': _length, 'transfer-encoding': _coding, ...kept } = incoming.headers;
  const answer = { status: incoming.statusCode ?? 502, headers: kept, body: (await buffer(incoming)).toString('utf8') };
  return { ...answer, ...alter(answer, askedBy(headers, path, asked.toString('utf8'))) };
}

/** Changes the JSON answers of one operation by what they hold. */
export function alterJson(operation: string, change: (answer: JsonObject, asked: Asked) => JsonValue): Alter {
  return ({ status, body }, asked) =>
    asked.operation === operation && status < 300
      ? { body: JSON.stringify(change(JSON.parse(body) as JsonObject, asked)) }
      : null;
}

/** Changes each entry of the list in one member; an entry may become none or several. */
export function alterEntries(
  operation: string,
  member: string,
  change: (entry: JsonObject, asked: Asked) => JsonValue | readonly JsonValue[],
): Alter {
  return alterJson(operation, (answer, asked) => {
    const entries = answer[member];
    return { ...answer, [member]: (Array.isArray(entries) ? entries : []).flatMap((entry) => change(entry, asked)) };
  });
}

function askedBy(headers: IncomingHttpHeaders, url: string, body: string): Asked {
  const [, accessKeyId = '', region = ''] =
    /Credential=([^/]+)\/\d{8}\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const action = new URLSearchParams(body).get('Action');
  const path = url.slice(1, 2).toUpperCase() + url.slice(2);
  return { operation: target || action || path, accessKeyId, region, body };
}
