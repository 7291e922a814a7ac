/**
 * A company's network: the only way out is a proxy, and behind it AWS is played under its own host names, with a
 * certificate by an authority of the company's own. Every socket that is opened is written down.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Socket, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { createCalls } from '../../../src/pacing/calls.ts';
import { systemClock } from '../../../src/pacing/clock.ts';
import { connect, type ConnectOptions, type Connection } from '../../../src/aws/session/connect.ts';
import type { HttpSettings } from '../../../src/aws/connection/http.ts';
import type { Authority } from './authority.ts';
import { services, type Asked } from './services.ts';

export const hosts = [
  'sts.eu-west-1.amazonaws.com',
  'portal.sso.us-east-1.amazonaws.com',
  'oidc.us-east-1.amazonaws.com',
  'us-east-1.signin.aws.amazon.com',
  'eu-west-1.signin.aws.amazon.com',
  'agent.example.test',
];

export interface Stage {
  /** Requests in the order of their arrival. */
  readonly asked: Asked[];
  /** Hosts that the proxy was asked to open a way to. */
  readonly proxied: string[];
  /** Where sockets went that this process opened, other than to the proxy. */
  readonly strays: () => readonly string[];
  readonly bundle: string;
  /** Statuses with which the next requests fail. */
  readonly troubles: number[];
  /** Writes a file below the home folder, and returns its path. */
  file(path: string, text: string): string;
}

export async function openStage(authority: Authority, answer?: RequestListener): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), 'mfa-drift-home-'));
  const asked: Asked[] = [];
  const proxied: string[] = [];
  const troubles: number[] = [];
  const usual = answer ?? services(asked);
  const aws = createTlsServer({ key: authority.key, cert: authority.cert }, (request, response) => {
    const status = troubles.shift();
    if (status === undefined) usual(request, response);
    else response.writeHead(status).end('{}');
  });
  const proxy = createServer();
  const tunnels = new Set<Socket>();
  proxy.on('connect', (request, client: Socket) => {
    proxied.push((request.url ?? '').replace(/:443$/, ''));
    tunnels.add(client.on('error', () => {}));
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    aws.emit('connection', client);
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const strays = watchSockets(port);
  // Nothing of another test, nor of whoever runs it.
  for (const name of Object.keys(process.env)) if (/^AWS_(?!EC2_)|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_CONFIG_FILE', join(home, '.aws', 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, '.aws', 'credentials'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    for (const tunnel of tunnels) tunnel.destroy();
    proxy.close();
    rmSync(home, { recursive: true });
  });
  return {
    asked,
    proxied,
    strays,
    bundle: authority.bundle,
    troubles,
    file(path, text) {
      const whole = join(home, path);
      mkdirSync(dirname(whole), { recursive: true });
      writeFileSync(whole, text);
      return whole;
    },
  };
}

/** Where sockets went, other than to the proxy: every connection in Node, whoever opens it, begins with this method. */
function watchSockets(proxyPort: number): () => string[] {
  const connecting = vi.spyOn(Socket.prototype, 'connect');
  return () =>
    connecting.mock.calls
      .map((args) => args.flat(1) as { readonly host?: string; readonly port?: number }[])
      .filter(([to]) => Number(to?.port) !== proxyPort)
      .map(([to]) => `${to?.host}:${to?.port}`);
}

const patient = { connectTimeoutMs: 5000, readTimeoutMs: 5000, verifiesCertificates: true, concurrency: 1 };

interface Changes extends Omit<Partial<ConnectOptions>, 'http'> {
  readonly http?: Partial<HttpSettings>;
  readonly signal?: AbortSignal;
  /** What is tried again is tried at once. */
  readonly isHasty?: boolean;
}

/** Signs in as the program does, with one request at a time. */
export async function signIn(
  caBundle: string | null,
  changes: Changes = {},
): Promise<Connection & { readonly notices: readonly string[] }> {
  const notices: string[] = [];
  const { signal = new AbortController().signal, http, isHasty = false, ...options } = changes;
  const clock = isHasty ? { ...systemClock, sleep: () => Promise.resolve() } : systemClock;
  const counts = { calls: 0, throttled: 0, retried: 0 };
  const connection = await connect({
    organizationRole: null,
    profile: null,
    endpointUrl: null,
    http: { ...patient, caBundle, ...http },
    role: {
      name: 'MfaDriftAudit',
      remediationName: null,
      readinessName: null,
      deliveryName: 'MfaDriftDelivery',
      externalId: null,
      durationSeconds: 3600,
      sessionPolicy: true,
      overrides: {},
    },
    regionHint: null,
    calls: createCalls({ concurrency: 1, clock, signal, counts }),
    notice: (text) => notices.push(text),
    ...options,
  });
  onTestFinished(() => connection.close());
  return { ...connection, notices };
}
