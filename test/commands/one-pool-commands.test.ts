import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import type { StoredPool } from '../../src/sandbox/world/stored-pool.ts';
import { run, type Ended } from '../end-to-end/in-process.ts';
import { temporaryFolder } from '../temporary.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ fleet: loadFleet('demo/fleet.yaml'), quotas: 'off', recordCalls: true });
});
afterAll(() => sandbox.close());

const config = ['--config', 'demo/mfa-drift.yaml'];

function poolNamed(name: string): StoredPool {
  for (const pool of sandbox.pools()) if (pool.name === name) return pool;
  throw new Error(`The demo organization has no pool ${name}.`);
}

function place({ id, accountId, region }: StoredPool): readonly string[] {
  return [id, '--account', accountId, '--region', region];
}

async function policyFile(expectation: string): Promise<string> {
  const file = join(await temporaryFolder(), 'policy.yaml');
  await writeFile(file, `apiVersion: mfa-drift/v1\nkind: Policy\nname: only\nexpect: ${expectation}\n`);
  return file;
}

const perform = (...args: readonly string[]): Promise<Ended> =>
  run([...args, '--log-level', 'error'], sandbox.environment);

describe('show', () => {
  it('tells what a live pool has, which policy matches and each verdict with its line, and reads nothing else', async () => {
    const pool = poolNamed('customers-business');
    const before = sandbox.calls.entries.length;
    const policy = await policyFile('{ MfaConfiguration: "ON" }');
    const shown = await perform('show', ...place(pool), ...config, '--policies', policy);
    expect(shown.exitCode).toBe(0);
    expect(shown.stderr).toBe(
      `configuration demo/mfa-drift.yaml · policies in ${policy}\nwarning: requests go to a configured endpoint, not to AWS\n`,
    );
    expect(shown.stdout).toContain(
      `customers-business  ${pool.id}  shop-prod (${pool.accountId})\n    ${pool.region}  DRIFT medium\n`,
    );
    expect(shown.stdout).toMatch(/MfaConfiguration\s+OFF/);
    expect(shown.stdout).toMatch(/misses\s+MfaConfiguration\s+want ON\s+found OFF\s+\S+policy\.yaml:4/);
    const operations = sandbox.calls.entries.slice(before).map(({ operation }) => operation);
    expect(operations).not.toContain('ListUserPools');
    expect(operations.filter((name) => name === 'GetUserPoolMfaConfig')).toHaveLength(1);
  });

  it('says the same of a saved result, without AWS', async () => {
    const pool = poolNamed('customers-business');
    const workspace = await temporaryFolder();
    const policy = await policyFile('{ MfaConfiguration: "ON" }');
    const saved = join(workspace, 'result.json');
    await perform(
      'audit',
      ...config,
      '--policies',
      policy,
      '--account',
      pool.accountId,
      '--run-dir',
      join(workspace, 'run'),
      '--report',
      `json=${saved}`,
    );
    const before = sandbox.calls.entries.length;
    const shown = await perform('show', pool.id, '--from', saved, ...config, '--policies', policy);
    expect(shown.stdout).toMatch(/misses\s+MfaConfiguration\s+want ON\s+found OFF/);
    expect(sandbox.calls.entries).toHaveLength(before);
    await expect(
      perform('show', 'eu-west-1_Missing01', '--from', saved, ...config, '--policies', policy),
    ).rejects.toThrow(`${saved} holds no user pool eu-west-1_Missing01.`);
  });

  it.each([
    [['customers'], 'customers is neither a user pool'],
    [['eu-west-1_AbCdEf123'], 'name its place with one --account and one --region'],
    [
      ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123', '--region', 'eu-west-1'],
      'An ARN says account and region itself',
    ],
  ])('refuses %j, which names no one pool', async (args, message) => {
    await expect(perform('show', ...args, ...config, '--policies', 'policies')).rejects.toThrow(message);
  });

  it('says that there is no such pool, and that a role could not be assumed', async () => {
    const { accountId, region } = poolNamed('customers-business');
    const missing = ['eu-west-1_Missing01', '--account', accountId, '--region', region];
    await expect(perform('show', ...missing, ...config, '--policies', 'policies')).rejects.toThrow(
      `There is no user pool eu-west-1_Missing01 in account ${accountId}, region ${region}.`,
    );
    const denied = ['eu-west-1_Missing01', '--account', '300000000001', '--region', 'eu-west-1'];
    await expect(perform('show', ...denied, ...config, '--policies', 'policies')).rejects.toThrow(
      'Deploy the audit role MfaDriftAudit there',
    );
  });
});

describe('policy init', () => {
  it('pins what a live pool has, and the pool holds that policy', async () => {
    const pool = poolNamed('admin-console');
    const file = join(await temporaryFolder(), 'policies', 'pinned.yaml');
    const ended = await perform('policy', 'init', ...place(pool), ...config, '--out', file);
    expect(ended.exitCode).toBe(0);
    const shown = await perform('show', ...place(pool), ...config, '--policies', file);
    expect(shown.stdout).toContain('COMPLIANT');
    expect(await readFile(file, 'utf8')).toContain(`name: pin-${pool.id}`);
  });

  it('writes a skeleton that policy check takes, and overwrites nothing', async () => {
    const file = join(await temporaryFolder(), 'first.yaml');
    expect(await run(['policy', 'init', '--out', file], {})).toMatchObject({ exitCode: 0 });
    expect(await run(['policy', 'check', '--policies', file], {})).toMatchObject({ exitCode: 0 });
    await expect(run(['policy', 'init', '--out', file], {})).rejects.toThrow(`${file} is there already`);
  });
});

describe('policy test', () => {
  it('passes on the shipped policies, and fails with what was wanted, what came and the line', async () => {
    expect(await run(['policy', 'test', '--policies', 'policies'], {})).toMatchObject({ exitCode: 0 });
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'p.yaml'),
      'apiVersion: mfa-drift/v1\nkind: Policy\nname: only\nexpect: { MfaConfiguration: "ON" }\n',
    );
    await writeFile(
      join(folder, 'p.test.yaml'),
      'apiVersion: mfa-drift/v1\nkind: PolicyTest\ncases:\n  - { name: optional is enough, config: { MfaConfiguration: "OPTIONAL" }, expect: compliant }\n',
    );
    const failed = await run(['policy', 'test', '--policies', folder], {});
    expect(failed.exitCode).toBe(1);
    expect(failed.stdout).toContain('optional is enough');
    expect(failed.stdout).toMatch(/p\.yaml:4/);
  });
});

describe('doctor', () => {
  it('names each place that can not be read with its remedy, reads one pool a region at most, and exits 3', async () => {
    const before = sandbox.calls.entries.length;
    const ended = await perform('doctor', ...config);
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout).toMatch(/^ok {4}credentials {4}arn:aws:iam::200000000001:user\/nightly-audit$/m);
    expect(ended.stdout).toContain('Deploy the audit role MfaDriftAudit there');
    expect(ended.stdout).toContain('Allow cognito-idp:GetUserPoolMfaConfig to the audit role MfaDriftAudit');
    const reads = sandbox.calls.entries.slice(before).filter(({ operation }) => operation === 'GetUserPoolMfaConfig');
    const units = reads.map(({ accountId, region }) => `${accountId} ${region}`);
    expect(new Set(units).size).toBe(units.length);
  });

  it('exits 0 where everything can be read', async () => {
    const { accountId } = poolNamed('customers-business');
    const ended = await perform('doctor', ...config, '--account', accountId);
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toContain('every region was listed, and its first pool read and described');
  });
});

describe('in a terminal of 80 columns', () => {
  it('show breaks no id and no word, and no line is longer', async () => {
    for (const name of ['customers-business', 'customers-stamps', 'staff-portal', 'checkout-legacy']) {
      const { stdout } = await perform('show', ...place(poolNamed(name)), ...config, '--policies', 'policies');
      const long = stdout.split('\n').filter((line) => line.length > 80);
      expect(long, stdout).toEqual([]);
      expect(stdout).toContain(`policies/floor.yaml:`);
    }
  });
});
