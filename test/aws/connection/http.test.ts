import type { Duplex } from 'node:stream';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpRequest } from '@smithy/core/protocols';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { bodyText } from '../../../src/aws/answers/body.ts';
import { openConnections, type HttpSettings } from '../../../src/aws/connection/http.ts';

const settings: HttpSettings = {
  connectTimeoutMs: 2000,
  readTimeoutMs: 2000,
  caBundle: null,
  verifiesCertificates: true,
  concurrency: 4,
};

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function ask(
  port: number,
  changes: Partial<HttpSettings> = {},
  { protocol = 'http:', signal = new AbortController().signal, hostname = '127.0.0.1' } = {},
): Promise<string> {
  const connections = await openConnections({ ...settings, ...changes }, signal);
  onTestFinished(() => connections.close());
  const headers = { host: `${hostname}:${port}` };
  const request = new HttpRequest({ protocol, hostname, port, method: 'POST', path: '/', headers, body: '{}' });
  const { response } = await connections.handler.handle(request);
  return bodyText(response.body);
}

describe('a request', () => {
  it('gives the whole body', async () => {
    const text = 'ä'.repeat(300_000);
    expect(await ask(await listening(createServer((_, response) => void response.end(text))))).toBe(text);
  });

  it.each<[string, RequestListener]>([
    ['never answers', () => {}],
    ['stalls within the body', (_, response) => void response.writeHead(200).write('{"UserPools":')],
    [
      'trickles',
      (_, response) => {
        const trickle = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(trickle));
      },
    ],
  ])('is ended by the time-out when the service %s', async (_what, listener) => {
    const port = await listening(createServer(listener));
    await expect(ask(port, { readTimeoutMs: 150 })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it.each<[string, RequestListener]>([
    [
      'shorter than was promised',
      (_, response) => void response.writeHead(200, { 'content-length': 100 }).write('{"User'),
    ],
    ['without its last chunk', (_, response) => void response.writeHead(200).write('{"User')],
  ])('whose body ends %s has a malformed answer, never a short one', async (_what, listener) => {
    const server = createServer((request, response) => {
      listener(request, response);
      setTimeout(() => response.destroy(), 50);
    });
    await expect(ask(await listening(server))).rejects.toMatchObject({ name: 'MalformedAnswer', isDamaged: true });
  });

  it('whose answer has no end is given up after 8 MB', async () => {
    let sent = 0;
    const server = createServer((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024, ' '))) sent += 1;
      };
      response.on('drain', pour);
      pour();
    });
    await expect(ask(await listening(server))).rejects.toMatchObject({
      name: 'MalformedAnswer',
      isDamaged: false,
      message: 'the answer is longer than 8 MB',
    });
    expect(sent).toBeLessThan(64);
  });

  it('of just under 8 MB is read', async () => {
    const text = 'x'.repeat(8 * 1024 * 1024);
    expect(await ask(await listening(createServer((_, response) => void response.end(text))))).toHaveLength(
      text.length,
    );
  });

  it('ends when the run is interrupted', async () => {
    const interruption = new AbortController();
    const port = await listening(createServer(() => interruption.abort()));
    await expect(ask(port, {}, { signal: interruption.signal })).rejects.toMatchObject({ code: 'UND_ERR_DESTROYED' });
  });

  it('uses connections again, and no more of them than requests may be in flight', async () => {
    let sockets = 0;
    const server = createServer((_, response) => void response.end('{}'));
    server.on('connection', () => (sockets += 1));
    const port = await listening(server);
    const connections = await openConnections(settings, new AbortController().signal);
    onTestFinished(() => connections.close());
    const request = () =>
      new HttpRequest({ protocol: 'http:', hostname: '127.0.0.1', port, method: 'POST', path: '/', body: '{}' });
    for (let round = 0; round < 10; round += 1)
      await Promise.all(Array.from({ length: 4 }, () => connections.handler.handle(request())));
    expect(sockets).toBeLessThanOrEqual(4);
  });
});

describe('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-drift-tls-'));
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const answer: RequestListener = (_, response) => void response.end('{"ok":true}');

  beforeAll(() => {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const files = ['-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject], {
      stdio: 'ignore',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const secure = () => listening(createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, answer));

  it('a certificate that nobody vouches for is refused, unless --no-verify-ssl', async () => {
    const port = await secure();
    await expect(ask(port, {}, { protocol: 'https:' })).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(await ask(port, { verifiesCertificates: false }, { protocol: 'https:' })).toBe('{"ok":true}');
  });

  it('a CA bundle vouches for it', async () => {
    const port = await secure();
    expect(await ask(port, { caBundle: cert }, { protocol: 'https:' })).toBe('{"ok":true}');
  });

  it('a CA bundle that is not there is an error with its name', async () => {
    await expect(ask(1, { caBundle: join(folder, 'none.pem') })).rejects.toThrow(
      /none\.pem does not exist: the CA bundle cannot be read/,
    );
  });

  it.each(['http://127.0.0.1:nine', 'ftp://127.0.0.1', 'user:secret@:8080'])(
    'HTTPS_PROXY=%s is an error that keeps its password',
    async (address) => {
      vi.stubEnv('HTTPS_PROXY', address);
      onTestFinished(() => void vi.unstubAllEnvs());
      const refusal = await ask(1, {}, { protocol: 'https:' }).catch(String);
      expect(refusal).toMatch(/^UserError: HTTPS_PROXY: .* is not the address of a proxy\. Write http:\/\/HOST:PORT/);
      expect(refusal).not.toContain('secret');
    },
  );

  it.each(['http://', ''])('requests go through HTTPS_PROXY=%sHOST:PORT, save to hosts in NO_PROXY', async (scheme) => {
    const port = await secure();
    const proxied: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, client) => {
      proxied.push(request.url ?? '');
      const upstream = connectTcp(port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    vi.stubEnv('HTTPS_PROXY', `${scheme}127.0.0.1:${await listening(proxy)}`);
    vi.stubEnv('NO_PROXY', 'localhost');
    onTestFinished(() => void vi.unstubAllEnvs());
    const options = { protocol: 'https:' };
    expect(await ask(port, { caBundle: cert }, options)).toBe('{"ok":true}');
    expect(await ask(port, { caBundle: cert }, { ...options, hostname: 'localhost' })).toBe('{"ok":true}');
    expect(proxied).toEqual([`127.0.0.1:${port}`]);
  });

  it.each([407, 403, 502])('a proxy that answers %i is named, with its answer', async (status) => {
    const proxy = createServer();
    proxy.on('connect', (_, client) => client.end(`HTTP/1.1 ${status} No\r\n\r\n`));
    vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${await listening(proxy)}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(ask(1, {}, { protocol: 'https:' })).rejects.toMatchObject({ name: 'ProxyRefusal', status });
  });

  it.each([
    ['ends', (client: Duplex) => void client.end()],
    ['resets', (client: Duplex) => void client.destroy()],
  ])('a proxy that %s the connection is asked once and named', async (_how, end) => {
    let asked = 0;
    const proxy = createServer();
    proxy.on('connect', (_, client) => {
      asked += 1;
      client.on('error', () => {});
      end(client);
    });
    vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${await listening(proxy)}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(ask(1, {}, { protocol: 'https:' })).rejects.toMatchObject({
      name: 'ProxyRefusal',
      status: null,
      message: 'the proxy of HTTPS_PROXY ends the connection and lets the request not pass',
    });
    expect(asked).toBe(1);
  });

  it('a proxy that takes the connection and says nothing ends with the connection time-out', async () => {
    const proxy = createServer();
    proxy.on('connect', (_, client) => client.on('error', () => {}));
    vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${await listening(proxy)}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(ask(1, { connectTimeoutMs: 200 }, { protocol: 'https:' })).rejects.toMatchObject({
      code: 'UND_ERR_HEADERS_TIMEOUT',
    });
  });
});
