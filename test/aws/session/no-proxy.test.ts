/** NO_PROXY, held to what the library decides by which the AWS CLI and boto3 do. */
import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpRequest } from '@smithy/core/protocols';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openConnections } from '../../../src/aws/session/http.ts';
import { without } from '../../programs.ts';

const host = 'cognito-idp.eu-west-1.amazonaws.com';

/** Each with whether a request to the host above goes past the proxy. */
const forms: readonly (readonly [noProxy: string, isExempt: boolean])[] = [
  ['', false],
  ['*', true],
  [' * ', false],
  ['*,localhost', false],
  ['localhost,*', false],
  ['amazonaws.com', true],
  ['.amazonaws.com', true],
  ['..amazonaws.com', true],
  ['AmazonAWS.com', true],
  ['*.amazonaws.com', false],
  ['*amazonaws.com', false],
  ['cognito-idp.*.amazonaws.com', false],
  [host, true],
  [`.${host}`, true],
  ['aws.com', false],
  ['localhost, amazonaws.com', true],
  ['localhost amazonaws.com', false],
  ['amazonaws.com localhost', false],
  ['localhost,,amazonaws.com,', true],
  [`${host}:443`, false],
  [`${host}:8443`, false],
  ['10.0.0.0/8,amazonaws.com', true],
  ['0.0.0.0/0', false],
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
    const input = JSON.stringify(forms.map(([noProxy]) => noProxy));
    const { no_proxy: _, NO_PROXY: __, ...env } = process.env;
    const said = execFileSync('python3', ['-c', script], { input, encoding: 'utf8', env }).trim().split('\n');
    expect(forms.map(([noProxy], at) => [noProxy, said[at] === 'true'])).toEqual(forms);
  });
});

describe('a request', () => {
  it.each(forms)('with NO_PROXY=%j goes past the proxy: %s', async (noProxy, isExempt) => {
    const asked: string[] = [];
    const proxy = await listening(asked);
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    vi.stubEnv('https_proxy', undefined);
    vi.stubEnv('no_proxy', noProxy);
    onTestFinished(() => void vi.unstubAllEnvs());
    const settings = {
      connectTimeoutMs: 50,
      readTimeoutMs: 50,
      caBundle: null,
      verifiesCertificates: true,
      concurrency: 1,
    };
    const connections = await openConnections(settings, new AbortController().signal);
    onTestFinished(() => connections.close());
    // Whether it arrives is another question: nobody answers for AWS here.
    await connections.handler
      .handle(new HttpRequest({ protocol: 'https:', hostname: host, method: 'GET', path: '/' }))
      .catch(() => null);
    expect(asked).toEqual(isExempt ? [] : [`${host}:443`]);
  });
});

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
