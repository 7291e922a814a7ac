/** Security Hub, S3 and EventBridge as moto plays them, which nobody here wrote. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/model/json.ts';
import type { Result } from '../../src/domain/result/result.ts';
import { addNight } from '../../src/history/add-night.ts';
import { systemClock } from '../../src/pacing/clock.ts';
import { json } from '../../src/report/formats/json.ts';
import { startMoto, type MotoServer } from '../conformance/moto-server.ts';
import { run } from '../end-to-end/in-process.ts';
import { hastened } from '../hastened.ts';
import { dayOf, resultOf } from '../history/nights.ts';
import { without } from '../programs.ts';
import { aFinding, aGap, anAccount, aPool, aResult, aUnit, textOf, type Records } from '../report/a-result.ts';
import { temporaryFolder } from '../temporary.ts';

const region = 'eu-central-1';

function nightWith(records: Records): Result {
  const units = [aUnit(), aUnit({ accountId: '444455556666', region: 'ap-east-1' })];
  return aResult({ accounts: [anAccount(), anAccount({ id: '444455556666' })], units, ...records });
}

const drift = (id: string, poolId = 'eu-west-1_Ab12Cd34E') =>
  aPool({ poolId, status: 'drifted', findings: [aFinding({ id })] });

const nightOf = (pools: number) =>
  nightWith({ pools: Array.from({ length: pools }, (_, index) => drift(`f-${index}`, `eu-west-1_${index}`)) });

function word(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function stateOf({ RecordState: state, Compliance: compliance }: JsonObject): string {
  return `${word(state)} ${isJsonObject(compliance) ? word(compliance['Status']) : ''}`;
}

const missing = without('moto');

describe.skipIf(missing !== '')(`against moto${missing}`, () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  async function told(records: Records, target: string) {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'result.json'), await textOf(json(nightWith(records))));
    await writeFile(join(folder, 'mfa-drift.yaml'), 'apiVersion: mfa-drift/v1\nkind: Config\n');
    const environment = {
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: region,
    };
    const args = ['deliver', join(folder, 'result.json'), '--config', join(folder, 'mfa-drift.yaml'), '--to', target];
    return run(args, environment, { clock: hastened(systemClock) });
  }

  async function stored(): Promise<Record<string, string>> {
    const response = await fetch(`${moto.url}/findings`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/securityhub/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: '{}',
    });
    const { Findings: findings }: { readonly Findings: readonly JsonObject[] } = JSON.parse(await response.text());
    return Object.fromEntries(findings.map((finding) => [word(finding['Id']), stateOf(finding)]));
  }

  test('findings are imported, updated and archived, and none is doubled', async () => {
    const place = `securityhub:123456789012/${region}`;
    const first = await told({ pools: [drift('f-1'), drift('f-2', 'eu-west-1_Zz')], gaps: [aGap()] }, place);
    expect(first).toMatchObject({
      exitCode: 0,
      stdout: `${place}: imported 3 findings into account 123456789012, ${region}\n`,
    });
    expect(Object.values(await stored()).sort()).toEqual(['ACTIVE FAILED', 'ACTIVE FAILED', 'ACTIVE NOT_AVAILABLE']);
    expect((await told({ pools: [aPool(), drift('f-2', 'eu-west-1_Zz')] }, 'securityhub')).exitCode).toBe(0);
    const after = await stored();
    expect(after).toMatchObject({ 'mfa-drift/f-1': 'ARCHIVED NOT_AVAILABLE', 'mfa-drift/f-2': 'ACTIVE FAILED' });
    expect(Object.values(after).filter((state) => state.startsWith('ACTIVE'))).toHaveLength(1);
    expect(Object.keys(after)).toHaveLength(3);
  }, 60_000);

  async function deliverTo(target: string) {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'result.json'), await textOf(json(nightOf(9))));
    await writeFile(join(folder, 'mfa-drift.yaml'), 'apiVersion: mfa-drift/v1\nkind: Config\n');
    const environment = {
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: region,
    };
    const files = ['--config', join(folder, 'mfa-drift.yaml'), '--deliveries', join(folder, 'deliveries')];
    const deliver = (...flags: readonly string[]) =>
      run(['deliver', join(folder, 'result.json'), ...files, '--to', target, ...flags], environment, {
        clock: hastened(systemClock),
      });
    return { deliver, folder };
  }

  test('a night lies in the bucket as it was saved, and a repetition leaves every object as it is', async () => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new S3Client({ region, endpoint: moto.url, forcePathStyle: true, credentials });
    const Bucket = 'acme-evidence';
    await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    await client.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      }),
    );
    const { deliver, folder } = await deliverTo(`s3://${Bucket}/mfa`);
    const first = await deliver();
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const { Contents: objects = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    const keys = objects.map(({ Key: key = '' }) => key);
    const below = 'mfa/date=2026-11-18/run=run-1';
    expect(keys.filter((key) => key.startsWith('mfa/history/'))).toHaveLength(8);
    for (const name of ['result.json', 'report.html', 'manifest.json', 'findings.csv'])
      expect(keys).toContain(`${below}/${name}`);
    const result = await client.send(new GetObjectCommand({ Bucket, Key: `${below}/result.json` }));
    expect(result.ServerSideEncryption).toBe('AES256');
    expect(await result.Body?.transformToString()).toBe(await readFile(join(folder, 'result.json'), 'utf8'));
    const warned = vi.spyOn(console, 'warn').mockReturnValue();
    const again = await deliver();
    expect(warned).not.toHaveBeenCalled();
    expect(again.stdout).toContain(`wrote 0 objects and read them back, ${keys.length} were there already`);
    await client.send(new PutObjectCommand({ Bucket, Key: `${below}/other`, Body: 'x' }));
    const { Contents: after = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    expect(after.filter(({ Key: key }) => key !== `${below}/other`)).toEqual(objects);
  }, 60_000);

  test('a history lies in the bucket as on the disk, and a night that was spoiled there is named', async () => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new S3Client({ region, endpoint: moto.url, forcePathStyle: true, credentials });
    const Bucket = 'acme-history';
    await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    const { deliver, folder } = await deliverTo(`s3://${Bucket}/mfa`);
    const history = join(folder, 'history');
    for (const night of [0, 1, 2]) await addNight(history, resultOf(night));
    const listed = async () =>
      (await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'mfa/history/' }))).Contents;
    const first = await deliver('--history', history);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const objects = (await listed()) ?? [];
    const entries = await readdir(history, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(objects.map(({ Key: key }) => key)).toEqual(
      paths.map((path) => `mfa/history/${relative(history, path)}`).sort(),
    );
    for (const path of paths) {
      const Key = `mfa/history/${relative(history, path)}`;
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      expect(Buffer.from((await body?.transformToByteArray()) ?? [])).toEqual(await readFile(path));
    }
    expect((await deliver('--history', history)).stdout).toContain('2 nights of the history were there before');
    expect(await listed()).toEqual(objects);
    const Key = `mfa/history/runs/date=${dayOf(1)}/run-1.parquet`;
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'other', ChecksumAlgorithm: 'SHA256' }));
    const spoiled = await deliver('--history', history);
    expect(spoiled.exitCode).toBe(4);
    expect(spoiled.stderr).toContain(`s3://${Bucket}/${Key} holds something else (5 bytes`);
  }, 60_000);

  test('a bucket that is not there is exit 4 in words', async () => {
    const { deliver } = await deliverTo('s3://acme-nowhere/mfa');
    const { exitCode, stderr } = await deliver();
    expect(exitCode).toBe(4);
    expect(stderr).toContain('There is no bucket acme-nowhere: make it, or correct its name.');
  }, 60_000);

  test('events are taken, once', async () => {
    const { deliver } = await deliverTo('eventbridge');
    expect(await deliver()).toMatchObject({ exitCode: 0, stdout: 'eventbridge: sent 9 events to the bus default\n' });
    expect((await deliver()).stdout).toContain('sent 0 events to the bus default; 9 were there already');
  }, 60_000);
});
