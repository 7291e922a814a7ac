/** NO_PROXY, held to what the library decides by which the AWS CLI and boto3 do. */
import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpRequest } from '@smithy/core/protocols';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openConnections } from '../../../src/aws/connection/http.ts';
import type { Log } from '../../../src/log.ts';
import { without } from '../../programs.ts';

const host = 'cognito-idp.eu-west-1.amazonaws.com';

/** Each with whether a request to the host above goes past the proxy. The AWS CLI matches none of `refused`, and says nothing. */
const forms: readonly (readonly [noProxy: string, isExempt: boolean])[] = [
  ['', false],
  ['*', true],
  ['amazonaws.com', true],
  ['.amazonaws.com', true],
  ['..amazonaws.com', true],
  ['AmazonAWS.com', true],
  ['*.corp.example', false],
  [host, true],
  [`.${host}`, true],
  ['aws.com', false],
  ['localhost, amazonaws.com', true],
  ['localhost corp.example', false],
  ['localhost,,amazonaws.com,', true],
  ['corp.example:443', false],
  [`${host}:8443`, false],
  ['10.0.0.0/8,amazonaws.com', true],
  ['0.0.0.0/0', false],
];

/** Each with what would be meant. */
const refused: readonly (readonly [noProxy: string, wayOut: string])[] = [
  [' * ', 'Write it without spaces.'],
  ['*,localhost', 'Write * alone'],
  ['localhost,*', 'Write * alone'],
  ['*.amazonaws.com', 'Write amazonaws.com.'],
  ['localhost,*.amazonaws.eu', 'Write amazonaws.eu.'],
  ['*amazonaws.com', 'Write amazonaws.com.'],
  ['cognito-idp.*.amazonaws.com', 'the end of one: amazonaws.com'],
  ['localhost amazonaws.com', 'Write localhost,amazonaws.com.'],
  ['amazonaws.com localhost', 'Write amazonaws.com,localhost.'],
  [`${host}:443`, `Write ${host}.`],
  ['*.api.aws', 'Write api.aws.'],
];

const noBoto = without('boto3');

describe.skipIf(noBoto !== '')(`botocore${noBoto}`, () => {
  const script = `
import sys, os, json
from botocore.utils import should_bypass_proxies
for value in json.load(sys.stdin):
    os.environ['no_proxy'] = value
    print('true' if should_bypass_proxies('https://${host}/') else 'false')`;

  it('decides as the table says', () => {
    const all = [...forms, ...refused.map(([noProxy]) => [noProxy, false] as const)];
    const input = JSON.stringify(all.map(([noProxy]) => noProxy));
    const { no_proxy: _, NO_PROXY: __, ...env } = process.env;
    const said = execFileSync('python3', ['-c', script], { input, encoding: 'utf8', env }).trim().split('\n');
    expect(all.map(([noProxy], at) => [noProxy, said[at] === 'true'])).toEqual(all);
  });
});

const settings = {
  connectTimeoutMs: 50,
  readTimeoutMs: 50,
  caBundle: null,
  verifiesCertificates: true,
  concurrency: 1,
};

describe('a request', () => {
  it.each(forms)('with NO_PROXY=%j goes past the proxy: %s, and the log says why', async (noProxy, isExempt) => {
    const asked: string[] = [];
    const proxy = await listening(asked);
    proxied(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, noProxy);
    const debug = vi.fn<Log['debug']>();
    const log = { ...silent, debug };
    const connections = await openConnections(settings, new AbortController().signal, log);
    onTestFinished(() => connections.close());
    // Whether it arrives is another question: nobody answers for AWS here.
    for (let time = 0; time < 2; time += 1) {
      await connections.handler
        .handle(new HttpRequest({ protocol: 'https:', hostname: host, method: 'GET', path: '/' }))
        .catch(() => null);
    }
    expect(new Set(asked)).toEqual(new Set(isExempt ? [] : [`${host}:443`]));
    const because: unknown = expect.stringMatching(isExempt ? /^NO_PROXY \S+$/ : /^NO_PROXY does not match$/);
    expect(debug.mock.calls).toEqual([['way', { host, through: isExempt ? 'direct' : 'proxy', because }]]);
  });

  it('names the entry that matched', async () => {
    proxied('http://127.0.0.1:9', 'localhost, .AmazonAWS.com');
    const debug = vi.fn<Log['debug']>();
    const connections = await openConnections(settings, new AbortController().signal, { ...silent, debug });
    onTestFinished(() => connections.close());
    await connections.handler
      .handle(new HttpRequest({ protocol: 'https:', hostname: host, method: 'GET', path: '/' }))
      .catch(() => null);
    expect(debug).toHaveBeenCalledWith('way', expect.objectContaining({ because: 'NO_PROXY AmazonAWS.com' }));
  });
});

describe('a run', () => {
  it.each(refused)('is refused with NO_PROXY=%j: %s', async (noProxy, says) => {
    proxied('http://127.0.0.1:9', noProxy);
    const opening = openConnections(settings, new AbortController().signal);
    await expect(opening).rejects.toThrow(/^NO_PROXY: ".*" matches nothing/);
    await expect(opening).rejects.toThrow(says);
  });

  it('is not refused where there is no proxy', async () => {
    proxied('', 'localhost,*');
    const connections = await openConnections(settings, new AbortController().signal);
    expect(connections.handler).toBeDefined();
    connections.close();
  });
});

const silent = { debug: () => undefined, trace: () => undefined };

function proxied(proxy: string, noProxy: string): void {
  vi.stubEnv('HTTPS_PROXY', proxy);
  vi.stubEnv('https_proxy', undefined);
  vi.stubEnv('no_proxy', noProxy);
  onTestFinished(() => void vi.unstubAllEnvs());
}

async function listening(asked: string[]): Promise<Server> {
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((done) => void proxy.listen(0, '127.0.0.1', done));
  onTestFinished(() => void proxy.close());
  return proxy;
}
