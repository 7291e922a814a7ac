/** An organization in moto_server, which nobody here wrote, built with boto3: the audit tells its truth. */
import { createServer, request, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startMoto, type MotoServer } from '../conformance/moto-server.ts';
import type { Writing } from '../oracle/language.ts';
import { audit } from './in-process.ts';
import { build, environment, reset, type Truth } from './moto-organization.ts';
import { writeWorkspace } from './workspace.ts';
import { without } from '../programs.ts';

/** What is tried eight times waits a minute in between, and nothing happens meanwhile. */
vi.mock(import('../../src/pacing/clock.ts'), async (original) => {
  const { hastened } = await import('../hastened.ts');
  return { systemClock: hastened((await original()).systemClock) };
});

const missing = without('moto', 'boto3');

describe.skipIf(missing !== '')(`against moto${missing}`, () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  test('a hundred accounts a page, ids of 32 characters, a closed account: every pool has its true verdict', async () => {
    const truth = await build(moto, 104);
    const { exitCode, result } = await audit(
      await writeWorkspace(writing(['us-east-1', 'eu-west-1'])),
      environment(moto.url),
    );
    expect(result.gaps).toEqual([]);
    expect(result.summary.accounts).toEqual({ listed: 105, audited: 104, skipped: 1, failed: 0 });
    expect(result.skipped).toMatchObject([{ scope: 'account', accountId: truth.closed, reason: 'suspended' }]);
    expect(verdictsOf(result)).toEqual(truePools(truth));
    expect(result.accounts.find(({ id }) => id === truth.inWorkloads)?.path).toMatchObject([{ name: 'Workloads' }]);
    expect(exitCode).toBe(2);
  }, 300_000);

  test('a region that moto does not know answers HTTP 500 with HTML: a gap, and the other regions are complete', async () => {
    const truth = await build(moto, 4);
    const proxy = await listingRegions(moto.url, ['us-east-1', 'eu-west-1', 'ap-southeast-9']);
    const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-9'];
    const { exitCode, result } = await audit(await writeWorkspace(writing(regions)), environment(proxy));
    expect(result.gaps.map(({ scope, region, code }) => `${scope} ${region} ${code}`)).toEqual(
      Array.from({ length: 4 }, () => 'region ap-southeast-9 server-error'),
    );
    expect(verdictsOf(result)).toEqual(truePools(truth));
    expect(exitCode).toBe(3);
  }, 300_000);

  test('an organization without accounts is an error and no report', async () => {
    await reset(moto);
    const workspace = await writeWorkspace(writing(['us-east-1']));
    await expect(audit(workspace, environment(moto.url))).rejects.toMatchObject({ name: 'UserError', exitCode: 1 });
  });
});

/** `UserPool` and `poolTags`, so that pools are described too. */
function writing(regions: readonly string[]): Writing {
  const match = { poolTags: { audience: ['customer'] } };
  return {
    configuration: {
      accounts: { organization: true },
      role: { name: 'MfaDriftAudit' },
      regions,
      failOn: 'low',
      requireCoverage: true,
    },
    policies: [
      { name: 'required', match, expect: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } },
    ],
    exceptions: [],
  };
}

function truePools({ pools }: Truth): readonly string[] {
  return pools
    .map(
      ({ account, region, pool, mode }) =>
        `${account} ${region} ${pool} ${mode === 'ON' ? 'compliant' : 'drifted'} "${mode}"`,
    )
    .sort();
}

function verdictsOf(result: Awaited<ReturnType<typeof audit>>['result']): readonly string[] {
  return result.pools
    .map(({ accountId, region, poolId, status, config }) =>
      [accountId, region, poolId, status, JSON.stringify(config?.['MfaConfiguration'])].join(' '),
    )
    .sort();
}

/** Stands before moto, which has no ListRegions, and answers that; everything else goes on to moto. */
async function listingRegions(url: string, regions: readonly string[]): Promise<string> {
  const body = JSON.stringify({ Regions: regions.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED' })) });
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/listRegions') {
      incoming.resume();
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(body);
      return;
    }
    const onward = request(
      `${url}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => close(server));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return `http://127.0.0.1:${address.port}`;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => void server.close(() => closed()));
}
