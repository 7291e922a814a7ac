/**
 * The connections of a run: one pool of sockets for all accounts, since the host is the same. Clients share this handler
 * and never destroy it (destroying one client would reset the requests of all others); it is closed once, at the end.
 *
 * Requests go by undici, which costs less processor time than `node:http` (docs/performance.md) and knows HTTPS_PROXY and
 * NO_PROXY. Answers are small: each is read whole before anybody sees it.
 */
import { buildQueryString, HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import type { HttpHandlerOptions, RequestHandler } from '@smithy/types';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { readRegularFile } from '../../regular-file.ts';
import { MalformedAnswer } from '../failures/malformed-answer.ts';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from './dispatchers.ts';
import { asProxyRefusal, ProxyPool } from './proxy.ts';
import { wayOut, wayTeller, type Way } from './way.ts';

export interface HttpSettings {
  /** `--cli-connect-timeout` and `--cli-read-timeout`, in milliseconds; 0: none, as in the AWS CLI. */
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** `--ca-bundle`, AWS_CA_BUNDLE or `ca_bundle`: trusted instead of Node's own list. */
  readonly caBundle: string | null;
  /** False with `--no-verify-ssl`. */
  readonly verifiesCertificates: boolean;
  /** Requests in flight in the whole run. */
  readonly concurrency: number;
}

interface Trust {
  readonly rejectUnauthorized: boolean;
  readonly ca?: Buffer;
}

interface ConnectOptions extends Trust {
  /** In milliseconds; 0: none. */
  readonly timeout: number;
}

export type Handler = RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions>;

export interface Connections {
  readonly handler: Handler;
  close(): void;
}

/** Every request of a run ends when `signal` aborts. */
export async function openConnections(
  settings: HttpSettings,
  signal: AbortSignal,
  log: Log | null = null,
): Promise<Connections> {
  const trust = await trustOf(settings);
  const way = wayOut();
  const dispatcher = newDispatcher(settings, { ...trust, timeout: settings.connectTimeoutMs }, way);
  const tellWay = wayTeller(way, log);

  // One listener for all requests: a signal handed to each would cost every one of them.
  signal.addEventListener('abort', close, { once: true });
  return {
    handler: {
      metadata: { handlerProtocol: 'http/1.1' },
      async handle(request) {
        tellWay(request);
        return { response: await (log === null ? answerTo(request) : logged(log, request, answerTo)) };
      },
    },
    close,
  };

  function answerTo(request: HttpRequest): Promise<HttpResponse> {
    return wholeAnswer(dispatcher, request, settings.readTimeoutMs);
  }

  function close(): void {
    signal.removeEventListener('abort', close);
    void dispatcher.destroy();
  }
}

function newDispatcher(settings: HttpSettings, connect: ConnectOptions, { httpsProxy, noProxy }: Way): Dispatcher {
  const options = {
    connections: settings.concurrency,
    connect,
    // The whole answer has one time-out, below.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  // Asked which way a request goes, the proxy's agent takes its address apart anew for each.
  if (httpsProxy === '') return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    // A plain endpoint is a sandbox or a server next door.
    httpProxy: '',
    httpsProxy,
    // Read once, and not for every request.
    noProxy,
    requestTls: connect,
    proxyTls: connect,
    // A proxy that takes a connection and never opens the way is one that can't be reached.
    clientFactory: (proxy, poolOptions) =>
      new ProxyPool(proxy, { ...poolOptions, headersTimeout: settings.connectTimeoutMs }),
  });
}

/** Every exchange, those too by which the SDK's providers sign in: where it went and what came, and nothing of its contents. */
async function logged(
  log: Log,
  request: HttpRequest,
  answerTo: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const { method, hostname, port = null } = request;
  const beganMs = performance.now();
  const tell = (status: number | null, bytes: number | null, error: string | null): void =>
    log.trace('exchange', {
      method,
      hostname,
      port,
      status,
      bytes,
      error,
      ms: Math.round(performance.now() - beganMs),
    });
  try {
    const response = await answerTo(request);
    tell(response.statusCode, Buffer.isBuffer(response.body) ? response.body.length : null, null);
    return response;
  } catch (error) {
    tell(null, null, error instanceof Error ? error.name : String(error));
    throw error;
  }
}

/**
 * Sends a request and reads its answer to the end, within so many milliseconds from when it is sent. Rejects with
 * TimeoutError, with MalformedAnswer for an answer that breaks off or has no end, and with the error of the connection.
 */
function wholeAnswer(dispatcher: Dispatcher, request: HttpRequest, timeoutMs: number): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let timer: NodeJS.Timeout | undefined;
    let head: { readonly statusCode: number; readonly headers: Record<string, string> } | null = null;
    dispatcher.dispatch(dispatchOptions(request), {
      onRequestStart(controller) {
        clearTimeout(timer);
        if (timeoutMs > 0) timer = setTimeout(() => controller.abort(tooSlow(timeoutMs)), timeoutMs);
      },
      onResponseStart(_controller, statusCode, headers) {
        head = { statusCode, headers: joined(headers) };
      },
      onResponseData(controller, chunk) {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > mostBytes) controller.abort(tooLong());
      },
      onResponseEnd() {
        clearTimeout(timer);
        const [first = Buffer.alloc(0)] = chunks;
        const body = chunks.length > 1 ? Buffer.concat(chunks) : first;
        if (head !== null) resolve(new HttpResponse({ body, ...head }));
      },
      onResponseError(_controller, error) {
        clearTimeout(timer);
        const isOurs = error instanceof MalformedAnswer || error.name === 'TimeoutError';
        if (isOurs) reject(error);
        else reject(head === null ? asProxyRefusal(error) : brokenOff(bytes, error));
      },
    });
  });
}

function dispatchOptions(request: HttpRequest): Dispatcher.DispatchOptions {
  const { protocol, hostname, port, method, headers, body } = request;
  const query = buildQueryString(request.query);
  return {
    origin: port === undefined ? `${protocol}//${hostname}` : `${protocol}//${hostname}:${port}`,
    path: query === '' ? request.path : `${request.path}?${query}`,
    method,
    headers,
    body,
  };
}

function joined(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(headers))
    texts[name] = typeof value === 'string' ? value : value.join(', ');
  return texts;
}

function tooSlow(timeoutMs: number): Error {
  return Object.assign(new Error(`the answer was not whole after ${timeoutMs} ms`), { name: 'TimeoutError' });
}

/** A page of sixty pools, and the largest description, are far below a megabyte. */
const mostBytes = 8 * 1024 * 1024;

function tooLong(): MalformedAnswer {
  return new MalformedAnswer('the answer is longer than 8 MB', { isDamaged: false });
}

function brokenOff(bytes: number, cause: Error): MalformedAnswer {
  return new MalformedAnswer(`the answer broke off after ${bytes} bytes`, { isDamaged: true, cause });
}

/** All certificate authorities of the world are a third of a megabyte. */
const maxBundleBytes = 10_000_000;

async function trustOf(settings: HttpSettings): Promise<Trust> {
  const rejectUnauthorized = settings.verifiesCertificates;
  const file = settings.caBundle;
  if (file === null) return { rejectUnauthorized };
  const read = readRegularFile(file, maxBundleBytes);
  if ('bytes' in read) return { rejectUnauthorized, ca: read.bytes };
  throw new UserError(
    `${file} ${read.reason}: the CA bundle cannot be read (--ca-bundle, AWS_CA_BUNDLE, or ca_bundle of the profile).`,
  );
}
