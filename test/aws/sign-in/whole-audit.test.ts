/**
 * A whole audit in a company's network: AWS under its own host names behind a proxy, with a certificate by an authority of
 * the company's own, and no endpoint that is overridden. What stands behind the proxy is the sandbox.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from '../../end-to-end/in-process.ts';
import { started } from '../../sandbox/clients.ts';
import { smallFleet } from '../../sandbox/small-fleet.ts';
import { temporaryFolder } from '../../temporary.ts';
import { createAuthority, type Authority } from './authority.ts';
import { openStage } from './stage.ts';

const hosts = [
  'sts.eu-west-1.amazonaws.com',
  'organizations.us-east-1.amazonaws.com',
  'account.us-east-1.amazonaws.com',
  'cognito-idp.eu-west-1.amazonaws.com',
  'cognito-idp.us-east-1.amazonaws.com',
];

let authority: Authority;
beforeAll(() => void (authority = createAuthority(hosts)));
afterAll(() => authority.remove());

const configuration = `
apiVersion: mfa-drift/v1
kind: Config
accounts: { organization: true }
role: { externalId: mfa-drift }
regions: [eu-west-1, us-east-1]
`;
const policy = `
apiVersion: mfa-drift/v1
kind: Policy
name: required
severity: high
expect: { MfaConfiguration: "ON" }
`;

it('reads the whole organization through the proxy, and nothing past it', { timeout: 60_000 }, async () => {
  const sandbox = await started(smallFleet());
  const stage = await openStage(authority, (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request;
    const forwarded = ask(sandbox.url, { method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(forwarded);
  });
  const workspace = await temporaryFolder();
  await mkdir(join(workspace, 'policies'));
  await writeFile(join(workspace, 'mfa-drift.yaml'), configuration);
  await writeFile(join(workspace, 'policies', 'required.yaml'), policy);
  const { AWS_ENDPOINT_URL: _, ...environment } = sandbox.environment;
  const { result, exitCode } = await audit(workspace, { ...environment, AWS_CA_BUNDLE: stage.bundle });
  expect(exitCode).toBe(2);
  expect(result.pools.map(({ poolName }) => poolName).toSorted()).toEqual(['customers', 'staff']);
  expect(result.gaps).toEqual([]);
  expect([...new Set(stage.proxied)].toSorted()).toEqual(
    expect.arrayContaining(hosts.filter((host) => !host.startsWith('account')).toSorted()),
  );
  const [, port = ''] = sandbox.url.split('//')[1]?.split(':') ?? [];
  expect(stage.strays().filter((to) => !to.endsWith(`:${port}`))).toEqual([]);
});
