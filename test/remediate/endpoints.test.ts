/** Whoever answers at another endpoint can take any change: nothing is written there without consent. */
import dns from 'node:dns';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { requireEndpointConsent } from '../../src/commands/change/endpoint-consent.ts';
import { memberId, organization, poolId, region, type Files } from './organization.ts';
import { run } from '../end-to-end/in-process.ts';

const refusedWith = (endpoints: readonly string[], configured: readonly string[], flags: readonly string[] = []) => {
  const remediation = { allowEndpoint: configured } as const;
  return () => requireEndpointConsent(endpoints, { remediation }, { settings: { 'remediation.allowEndpoint': flags } });
};

describe('consent', () => {
  test.each([
    ['AWS itself', [], [], []],
    ['loopback, by address', ['127.0.0.1:4566', '127.8.9.10', '[::1]:4566'], [], []],
    ['loopback, by name', ['localhost:4566', 'aws.localhost'], [], []],
    ['what the configuration names', ['vpce-1.example:8443'], ['vpce-1.example'], []],
    ['what a flag names, in other letters', ['vpce-1.example'], [], ['VPCE-1.example']],
    ['what is named with its port', ['vpce-1.example:8443'], [], ['vpce-1.example:8443']],
  ])('is not asked, or is there, for %s', (_what, endpoints, configured, flags) => {
    expect(refusedWith(endpoints, configured, flags)).not.toThrow();
  });

  test.each([
    ['another host', ['aws.example'], [], ['vpce-1.example']],
    ['another port than was named', ['vpce-1.example:8443'], [], ['vpce-1.example:443']],
    ['one of two', ['vpce-1.example', 'sts.example'], ['vpce-1.example'], []],
    ['a host whose name begins like loopback', ['127.0.0.1.example', 'localhost.example'], [], []],
    ['an address that is not this machine', ['10.0.0.1:4566', '[fe80::1]:80', '169.254.169.254'], [], []],
  ])('is missing for %s', (_what, endpoints, configured, flags) => {
    expect(refusedWith(endpoints, configured, flags)).toThrow(
      /--allow-endpoint .*nothing was changed|nothing was changed/,
    );
  });
});

/** The sandbox under a name that is not this machine's, as an override may give it. */
async function elsewhere(files: Files = {}) {
  const org = await organization([{ id: 'One' }], files);
  const lookup = dns.lookup;
  vi.spyOn(dns, 'lookup').mockImplementation(((_name: string, options: object, done: () => void) =>
    lookup('127.0.0.1', options, done)) as typeof dns.lookup);
  const { port } = new URL(org.sandbox.url);
  const host = `aws.example:${port}`;
  const flags = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
  const cli = (...args: readonly string[]) =>
    run([...args, ...flags], { ...org.sandbox.environment, AWS_ENDPOINT_URL: `http://${host}` });
  return { org, cli, host };
}

afterEach(() => vi.restoreAllMocks());

test('apply, rollback and --remediate write nothing there, and say which host it is and what allows it', async () => {
  const { org, cli, host } = await elsewhere();
  await cli('plan', '--out', org.plan, '--run-dir', join(org.folder, 'run'));
  const wants = /aws\.example:\d+, which an override of the endpoint names.*--allow-endpoint aws\.example/;
  await expect(cli('apply', org.plan, '--journal', org.journal, '--yes')).rejects.toThrow(wants);
  await expect(cli('audit', '--remediate', '--run-dir', join(org.folder, 'run'))).rejects.toThrow(wants);
  expect(org.writes()).toBe(0);

  const allow = ['--allow-endpoint', 'aws.example'];
  expect((await cli('apply', org.plan, '--journal', org.journal, '--yes', ...allow)).exitCode).toBe(0);
  expect(org.writes()).toBe(1);
  await expect(cli('rollback', org.journal, '--yes')).rejects.toThrow(wants);
  expect(org.writes()).toBe(1);

  expect(await org.readPlan()).toMatchObject({ endpoints: [host] });
  expect(JSON.parse((await readFile(org.journal, 'utf8')).split('\n')[0] ?? '')).toMatchObject({ endpoints: [host] });
});

test('the configuration may allow a host, and the result of the night names it', async () => {
  const { org, cli, host } = await elsewhere({ remediation: { allowEndpoint: ['aws.example'] } });
  const file = join(org.folder, 'result.json');
  const ended = await cli('audit', '--remediate', '--run-dir', join(org.folder, 'run'), '--report', `json=${file}`);
  expect(ended.exitCode, ended.stderr).toBe(0);
  expect(org.sandbox.pool(memberId, region, poolId('One'))?.mfaConfig).toMatchObject({ MfaConfiguration: 'OPTIONAL' });
  expect(JSON.parse(await readFile(file, 'utf8')).run).toMatchObject({ endpointOverridden: true, endpoints: [host] });
});
