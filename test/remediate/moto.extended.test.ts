/** moto_server, which nobody here wrote, for what it knows of MFA: TOTP and SMS. No field is lost on the way and back. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { isJsonObject } from '../../src/domain/model/json.ts';
import { doneByCognito, startMoto, type MotoServer } from '../conformance/moto-server.ts';
import { run } from '../end-to-end/in-process.ts';
import { temporaryFolder } from '../temporary.ts';
import { without } from '../programs.ts';
import { keptDigest } from './organization.ts';

const region = 'us-east-1';
const smsRole = 'arn:aws:iam::123456789012:role/service-role/sms';
const sms = {
  SmsAuthenticationMessage: 'Your code is {####}',
  SmsConfiguration: { SnsCallerArn: smsRole, ExternalId: 'a1b2c3' },
};
const byEmail = { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] };
const version = { apiVersion: 'mfa-drift/v1' };

const missing = without('moto');

describe.skipIf(missing !== '')(`against moto${missing}`, () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  const call = (operation: string, input: object) => doneByCognito(moto, region, operation, input);

  async function newPool(name: string, mfa: object): Promise<string> {
    const { UserPool: pool } = await call('CreateUserPool', { PoolName: name, AccountRecoverySetting: byEmail });
    const id = isJsonObject(pool) ? pool['Id'] : null;
    if (typeof id !== 'string') throw new Error('moto made a pool without an id');
    await call('SetUserPoolMfaConfig', { UserPoolId: id, ...mfa });
    return id;
  }

  const mfaOf = (id: string) => call('GetUserPoolMfaConfig', { UserPoolId: id });

  test('plan, apply and rollback work, for a pool without MFA and for one with SMS', async () => {
    const plain = await newPool('plain', { MfaConfiguration: 'OFF' });
    const withSms = await newPool('sms', { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: sms });
    const before = { plain: await mfaOf(plain), withSms: await mfaOf(withSms) };
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'policies'));
    await writeFile(
      join(folder, 'mfa-drift.yaml'),
      stringify({ ...version, kind: 'Config', regions: [region], remediation: { maxChangesPercent: 100 } }),
    );
    const expectation = {
      MfaConfiguration: { oneOf: ['ON', 'OPTIONAL'], set: 'OPTIONAL' },
      SoftwareTokenMfaConfiguration: { Enabled: true },
    };
    await writeFile(
      join(folder, 'policies', 'floor.yaml'),
      stringify({ ...version, kind: 'Policy', name: 'floor', expect: expectation }),
    );
    const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: region };
    const cli = (...args: readonly string[]) =>
      run(
        [
          ...args,
          '--config',
          join(folder, 'mfa-drift.yaml'),
          '--policies',
          join(folder, 'policies'),
          '--log-level',
          'error',
        ],
        { ...keys, AWS_ENDPOINT_URL: moto.url },
      );
    const [plan, journal] = [join(folder, 'plan.json'), join(folder, 'journal.ndjson')];

    const planned = await cli('plan', '--out', plan, '--run-dir', join(folder, 'run'));
    expect(planned.exitCode, planned.stdout).toBe(2);
    const { refused } = JSON.parse(await readFile(plan, 'utf8'));
    expect(refused).toEqual([]);

    const applied = await cli('apply', plan, '--journal', journal, '--yes');
    expect(applied.exitCode, applied.stdout).toBe(0);
    const totp = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
    expect(await mfaOf(plain)).toEqual(totp);
    expect(await mfaOf(withSms)).toEqual({ ...totp, SmsMfaConfiguration: sms });

    const undone = await cli('rollback', journal, '--yes', ...(await keptDigest(journal)));
    expect(undone.exitCode, undone.stdout).toBe(0);
    expect(await mfaOf(plain)).toMatchObject({ MfaConfiguration: 'OFF' });
    expect(await mfaOf(withSms)).toMatchObject(before.withSms);
  }, 60_000);
});
