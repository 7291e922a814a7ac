import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    ['account-left', 'NOT_AVAILABLE'],
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
