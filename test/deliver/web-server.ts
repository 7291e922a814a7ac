/** A receiver of messages on this machine, which answers as it is told. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** It is given when this has come. */
  readonly after?: Promise<void>;
  /** Takes the message and ends the connection without an answer. */
  readonly isLost?: boolean;
}

export interface WebServer {
  readonly url: string;
  readonly received: readonly Received[];
}

/** Gives the answers one after another, and the last one again and again. */
export async function webServer(...answers: readonly Answer[]): Promise<WebServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const answer = answers[Math.min(received.length, answers.length - 1)] ?? {};
      received.push({ path: request.url ?? '', headers: request.headers, body });
      if (answer.isLost === true) return void request.socket.destroy();
      void (answer.after ?? Promise.resolve()).then(() =>
        response.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? 'ok'),
      );
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}`, received };
}
