/** A proxy before the sandbox that hands every request on, and changes the answers that a kind of attack strikes. */
import { Agent, createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operations, type Answer, type Call, type Delivery, type Operation } from './answers.ts';

export interface Attack {
  strikes(call: Call): boolean;
  /** `answer` is what the service said; `null` where it is not to be asked at all. */
  change(answer: Answer, call: Call): Delivery;
  /** The service never sees the request: somebody else answers in its place. */
  readonly isInstead: boolean;
}

export interface Proxy {
  readonly url: string;
  /** Requests that were struck. */
  struck(): number;
  /** All requests. */
  seen(): number;
  close(): Promise<void>;
}

/** `callerId`: the account of keys that no AssumeRole gave. */
export async function startProxy(target: string, callerId: string, attack: Attack): Promise<Proxy> {
  const agent = new Agent({ keepAlive: true });
  const accounts = new Map<string, string>();
  const counts = { struck: 0, seen: 0 };

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await wholeBody(incoming);
    const call = callOf(incoming, body, accounts, callerId, counts.struck);
    counts.seen += 1;
    const isStruck = call !== null && attack.strikes(call);
    if (isStruck) counts.struck += 1;
    const answer = isStruck && attack.isInstead ? nothing : await forward(incoming, body);
    remember(answer, call, accounts);
    deliver(response, isStruck ? attack.change(answer, call) : answer);
  }

  function forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = sendRequest(target + (url ?? '/'), { method, headers, agent }, (response) => {
        wholeBody(response).then(
          (text) => resolve({ status: response.statusCode ?? 0, headers: textHeaders(response), body: text }),
          reject,
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  const server = createServer({ keepAliveTimeout: 30_000 }, (incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    struck: () => counts.struck,
    seen: () => counts.seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

const nothing: Answer = { status: 200, headers: {}, body: Buffer.alloc(0) };

function deliver(response: ServerResponse, delivery: Delivery): void {
  if ('wire' in delivery) {
    if (response.socket !== null) delivery.wire(response.socket);
    return;
  }
  const { status, headers, body } = delivery;
  // Its own date would stand where a kind leaves out the service's.
  response.sendDate = false;
  const { 'transfer-encoding': _chunked, connection: _connection, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': body.length }).end(body);
}

/** STS says which keys are whose, and later requests are signed with them. */
function remember({ body }: Answer, call: Call | null, accounts: Map<string, string>): void {
  if (call?.operation !== 'AssumeRole') return;
  const key = /<AccessKeyId>(\w+)</.exec(body.toString())?.[1];
  if (key !== undefined) accounts.set(key, call.accountId);
}

/** `null` for what is none of the operations. */
function callOf(
  { headers, url }: IncomingMessage,
  body: Buffer,
  accounts: ReadonlyMap<string, string>,
  callerId: string,
  struck: number,
): Call | null {
  const text = body.toString();
  const operation = operationOf(headers['x-amz-target'], url, text);
  const scope = /Credential=(\w+)\/\d+\/([\w-]+)\//.exec(headers.authorization ?? '');
  if (operation === undefined || scope === null) return null;
  const [, key = '', region = ''] = scope;
  const role = /RoleArn=arn%3Aaws%3Aiam%3A%3A(\d{12})/.exec(text)?.[1];
  const poolId = /"UserPoolId":"([^"]+)"/.exec(text)?.[1] ?? null;
  return { operation, accountId: role ?? accounts.get(key) ?? callerId, region, poolId, struck };
}

function operationOf(target: string | string[] | undefined, url: string | undefined, text: string) {
  const named = String(target ?? '').split('.')[1] ?? /(?:^|&)Action=(\w+)/.exec(text)?.[1];
  const name = url?.startsWith('/listRegions') === true ? 'ListRegions' : named;
  return operations.find((each): each is Operation => each === name);
}

function wholeBody(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => resolve(Buffer.concat(chunks)));
    message.on('error', reject);
  });
}

function textHeaders(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
}
