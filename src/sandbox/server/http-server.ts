/** The loopback HTTP server: whole requests in, answers out, spoiled as the faults say. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { UserError } from '../../errors.ts';
import type { Delivery } from './dispatch.ts';
import type { SignedRequest } from '../identity/signature.ts';
import type { Answer } from '../protocol/answer.ts';

/** More than any request that the sandbox knows. */
const maxBodyBytes = 1_048_576;

export interface HttpServer {
  readonly port: number;
  /** Most requests that were open at one time. */
  peakInFlight(): number;
  /** Ends every connection, answered or not. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 only; `port` 0 takes a free one. The clock is for the `Date` header, from which SDKs learn the time. */
export async function serveHttp(
  handle: (request: SignedRequest) => Delivery,
  port: number,
  now: () => number,
): Promise<HttpServer> {
  const flights = { open: 0, peak: 0 };
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, (request, response) => {
    flights.open += 1;
    flights.peak = Math.max(flights.peak, flights.open);
    response.once('close', () => (flights.open -= 1));
    response.sendDate = false;
    readWhole(request, (body) => {
      const { method = 'GET', url = '/', headers } = request;
      const { answer, spoiling } = handle({ method, url, headers, body });
      const send = () => deliver(response, answer, spoiling.kind, now());
      if (spoiling.delayMs === 0) send();
      else setTimeout(send, spoiling.delayMs);
    });
  });
  const taken = await listen(server, port);
  return { port: taken, peakInFlight: () => flights.peak, close: () => close(server) };
}

function readWhole(request: IncomingMessage, then: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBodyBytes) request.destroy();
  });
  // A client that goes away before it has said all gets no answer; nothing was done for it.
  request.on('error', () => {});
  request.on('end', () => then(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
}

function deliver(
  response: ServerResponse,
  answer: Answer | null,
  spoiled: Delivery['spoiling']['kind'],
  nowMs: number,
): void {
  if (spoiled === 'hang') return;
  if (spoiled === 'resetBefore' || spoiled === 'resetAfter' || answer === null) {
    response.socket?.resetAndDestroy();
    return;
  }
  const length = Buffer.byteLength(answer.body);
  if (spoiled === 'truncate' || spoiled === 'cutBody') {
    const half = Buffer.from(answer.body).subarray(0, Math.floor(length / 2));
    writeHead(response, answer, spoiled === 'truncate' ? half.length : length, nowMs);
    if (spoiled === 'truncate') response.end(half);
    else response.write(half, () => response.socket?.destroy());
    return;
  }
  writeHead(response, answer, length, nowMs);
  // As text the body goes out with the head in one write; as bytes it would be a second one.
  response.end(answer.body);
}

function writeHead(response: ServerResponse, answer: Answer, length: number, nowMs: number): void {
  const { status, contentType, headers } = answer;
  response.writeHead(status, {
    ...headers,
    'Content-Type': contentType,
    'Content-Length': length,
    Date: httpDate(nowMs),
  });
}

const lastDate = { second: -1, text: '' };

/** The text of a second is made once. */
function httpDate(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== lastDate.second) {
    lastDate.second = second;
    lastDate.text = new Date(nowMs).toUTCString();
  }
  return lastDate.text;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new UserError(`Can't listen on 127.0.0.1:${port}: ${cause.message}`, { cause })),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
