/**
 * The connections of a run: one pool of sockets for all accounts, since the host is the same. Clients share this handler
 * and never destroy it (destroying one client would reset the requests of all others); it is closed once, at the end.
 */
import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import { Readable } from 'node:stream';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions, RequestHandler } from '@smithy/types';
import { getProxyForUrl } from 'proxy-from-env';
import { UserError } from '../errors.ts';
import { readBody } from './body.ts';

export interface HttpSettings {
  /** `--cli-connect-timeout` and `--cli-read-timeout`, in milliseconds; 0: none, as in the AWS CLI. */
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** `--ca-bundle`, else AWS_CA_BUNDLE: trusted instead of Node's own list. */
  readonly caBundle: string | null;
  /** False with `--no-verify-ssl`. */
  readonly verifiesCertificates: boolean;
  /** Requests in flight in the whole run. */
  readonly concurrency: number;
}

export type Handler = RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions>;

export interface Connections {
  readonly handler: Handler;
  close(): void;
}

/** Every request of a run ends when `signal` aborts. */
export async function openConnections(settings: HttpSettings, signal: AbortSignal): Promise<Connections> {
  const agentOptions = await tlsOptions(settings);
  const direct = nodeHandler(settings, new HttpsAgent(agentOptions), agentOptions);
  const proxied = new Map<string, NodeHttpHandler>();

  async function handlerFor(request: HttpRequest): Promise<NodeHttpHandler> {
    const proxy = request.protocol === 'https:' ? getProxyForUrl(`https://${request.hostname}/`) : '';
    if (proxy === '') return direct;
    const known = proxied.get(proxy);
    if (known !== undefined) return known;
    const { TunnelAgent } = await import('./tunnel.ts');
    const handler = nodeHandler(settings, new TunnelAgent(proxy, agentOptions), agentOptions);
    proxied.set(proxy, handler);
    return handler;
  }

  // One listener for all requests: a signal handed to each would cost every one of them.
  signal.addEventListener('abort', close, { once: true });
  const timeoutMs = settings.readTimeoutMs === 0 ? 2 ** 31 - 1 : settings.readTimeoutMs;
  return {
    handler: {
      metadata: direct.metadata,
      async handle(request) {
        const { response } = await (await handlerFor(request)).handle(request);
        if (response.body instanceof Readable) response.body = await readBody(response.body, timeoutMs);
        return { response };
      },
    },
    close,
  };

  function close(): void {
    signal.removeEventListener('abort', close);
    for (const handler of [direct, ...proxied.values()]) handler.destroy();
  }
}

function nodeHandler(settings: HttpSettings, httpsAgent: HttpsAgent, agentOptions: AgentOptions): NodeHttpHandler {
  const options: NodeHttpHandlerOptions = {
    httpAgent: new HttpAgent(agentOptions),
    httpsAgent,
    connectionTimeout: settings.connectTimeoutMs,
    requestTimeout: settings.readTimeoutMs,
    throwOnRequestTimeout: true,
  };
  return new NodeHttpHandler(options);
}

async function tlsOptions(settings: HttpSettings): Promise<AgentOptions> {
  const options = {
    keepAlive: true,
    maxSockets: settings.concurrency,
    rejectUnauthorized: settings.verifiesCertificates,
  };
  const file = settings.caBundle ?? process.env['AWS_CA_BUNDLE'] ?? '';
  if (file === '') return options;
  try {
    return { ...options, ca: await readFile(file) };
  } catch (cause) {
    throw new UserError(`${file}: the CA bundle cannot be read (--ca-bundle, AWS_CA_BUNDLE).`, { cause });
  }
}
