import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ResolvedReason, Result } from '../../../src/domain/result/result.ts';
import { writeBatches } from '../../../src/commands/output/batch-files.ts';
import type { FormatOptions } from '../../../src/report/format.ts';
import { asff, asffBatches } from '../../../src/report/formats/asff/asff.ts';
import { aFinding, aGap, anException, aPool, aResolved, aResult, textOf } from '../a-result.ts';
import { everything } from '../everything.ts';
import { hugeResult } from '../huge-result.ts';
import { plainOptions } from '../plain-options.ts';
import { temporaryFolder } from '../../temporary.ts';
import { without } from '../../programs.ts';

const options: FormatOptions = {
  ...plainOptions,
  securityHub: { accountId: '123456789012', region: 'eu-central-1' },
};

async function batchesOf(result: Result, given: FormatOptions = options) {
  const batches = [];
  for await (const batch of asffBatches(result, given)) batches.push(JSON.parse(batch));
  return batches;
}

test("every finding belongs to the account and region of its product ARN, and names the pool's own", async () => {
  const findings = (await batchesOf(everything())).flat();
  expect(findings).toHaveLength(8 + 7 + 3);
  for (const finding of findings) {
    expect(finding).toMatchObject({
      AwsAccountId: '123456789012',
      ProductArn: 'arn:aws:securityhub:eu-central-1:123456789012:product/123456789012/default',
    });
  }
  expect(findings[14]).toMatchObject({
    Resources: [{ Id: expect.stringContaining(':222233334444:userpool/'), Region: 'eu-west-1' }],
    ProductFields: { 'mfa-drift/AccountId': '222233334444', 'mfa-drift/Region': 'eu-west-1' },
  });
});

test("without an importing account it is the caller's", async () => {
  const { securityHub: _, ...plain } = options;
  const [[finding]] = await batchesOf(aResult({ gaps: [aGap()] }), plain);
  expect(finding.AwsAccountId).toBe('999988887777');
});

test('a batch has at most 100 findings and 6 MB', async () => {
  const batches = await batchesOf(hugeResult(1000));
  expect(batches.map((batch) => batch.length)).toEqual(Array.from({ length: 10 }, () => 100));
  for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(6 * 1024 * 1024);
});

describe('states', () => {
  test.each([
    ['drift', aFinding(), 'ACTIVE', 'FAILED'],
    ['an exception', aFinding({ status: 'excepted', exception: anException }), 'ARCHIVED', 'FAILED'],
    ['a fix', aFinding({ status: 'fixed' }), 'ARCHIVED', 'PASSED'],
  ])('%s', async (_name, finding, RecordState, Status) => {
    const [[found]] = await batchesOf(aResult({ pools: [aPool({ findings: [finding] })] }));
    expect(found).toMatchObject({ RecordState, Compliance: { Status } });
  });

  test.each<[ResolvedReason, string]>([
    ['fixed', 'PASSED'],
    ['pool-gone', 'NOT_AVAILABLE'],
    ['policy-changed', 'NOT_AVAILABLE'],
  ])('what is resolved (%s) is archived under its id', async (reason, Status) => {
    const [[found]] = await batchesOf(aResult({ resolved: [aResolved({ id: 'f-1', reason })] }));
    expect(found).toMatchObject({ Id: 'mfa-drift/f-1', RecordState: 'ARCHIVED', Compliance: { Status } });
  });

  test('a gap is not available, never failed', async () => {
    const [[found]] = await batchesOf(aResult({ gaps: [aGap()] }));
    expect(found).toMatchObject({ RecordState: 'ACTIVE', Compliance: { Status: 'NOT_AVAILABLE' } });
  });
});

test('texts keep the lengths that the service takes', async () => {
  const long = 'x'.repeat(30_000);
  const [findings] = await batchesOf(
    aResult({
      gaps: [aGap({ message: long, remedy: long })],
      pools: [
        aPool({ poolName: long, findings: [aFinding({ policy: long, path: long, actual: long, expected: long })] }),
      ],
    }),
  );
  for (const finding of findings) {
    expect(finding.Title.length).toBeLessThanOrEqual(256);
    expect(finding.Description.length).toBeLessThanOrEqual(1024);
    expect(finding.GeneratorId.length).toBeLessThanOrEqual(512);
    expect(finding.Remediation.Recommendation.Text.length).toBeLessThanOrEqual(512);
    expect(Object.keys(finding.ProductFields).length).toBeLessThanOrEqual(50);
    for (const value of Object.values<string>(finding.ProductFields)) expect(value.length).toBeLessThanOrEqual(2048);
  }
});

const motoServer = 'moto_server';
const missing = without('moto', 'AWS CLI');

/** Neither was written here: moto checks the members that the API's model requires. */
test.skipIf(missing !== '')(
  `the documented loop imports every batch into moto, by the AWS CLI${missing}`,
  { timeout: 120_000 },
  async () => {
    const port = await freePort();
    const moto = spawn(motoServer, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    try {
      await answering(port);
      const folder = await temporaryFolder();
      await writeBatches(`${folder}/asff/`, asffBatches(hugeResult(150), options));
      expect(await readdir(join(folder, 'asff'))).toEqual(['findings-0001.json', 'findings-0002.json']);
      const { status, stderr } = spawnSync('bash', ['--norc', '-euc', await documentedLoop()], {
        ...awsAt(port),
        cwd: folder,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    } finally {
      moto.kill();
      await once(moto, 'exit');
    }
  },
);

/** What docs/reports.md tells people to run after the files are there. */
async function documentedLoop(): Promise<string> {
  const page = await readFile(new URL('../../../docs/reports.md', import.meta.url), 'utf8');
  const loop = /^for batch in asff[\s\S]*?^done$/m.exec(page)?.[0];
  if (loop === undefined) throw new Error('docs/reports.md shows no loop.');
  return loop;
}

function awsAt(port: number) {
  return {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_PAGER: '',
    },
  };
}

test('without a folder there is one JSON document, whatever the number of findings', async () => {
  expect(JSON.parse(await textOf(asff(hugeResult(150), options)))).toHaveLength(150);
  expect(JSON.parse(await textOf(asff(aResult(), options)))).toEqual([]);
});

test('a later run leaves no batch of an earlier one, and nothing else is touched', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'findings.json'), 'mine');
  await writeBatches(folder, asffBatches(hugeResult(250), options));
  expect(await readdir(folder)).toHaveLength(4);
  await writeBatches(folder, asffBatches(hugeResult(50), options));
  expect((await readdir(folder)).sort()).toEqual(['findings-0001.json', 'findings.json']);
  await writeBatches(folder, asffBatches(aResult(), options));
  expect(await readdir(folder)).toEqual(['findings.json']);
});

test("a finding without a region is of the first one of the caller's partition", async () => {
  const { securityHub: _, ...plain } = options;
  const run = { callerArn: 'arn:aws-us-gov:iam::999988887777:user/a' };
  const [[finding]] = await batchesOf(aResult({ gaps: [aGap()], run }), plain);
  expect(finding.ProductArn).toBe('arn:aws-us-gov:securityhub:us-gov-west-1:999988887777:product/999988887777/default');
});

test('no account is made up where nobody says whose the findings are', async () => {
  const { securityHub: _, ...plain } = options;
  await expect(batchesOf(aResult({ gaps: [aGap()], run: { callerArn: null } }), plain)).rejects.toThrow(
    '--asff-account ID',
  );
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/moto-api/`).catch(() => null);
    if (response !== null) return;
    await setTimeout(200);
  }
  throw new Error('moto_server did not answer.');
}
