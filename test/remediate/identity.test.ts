/** Who writes: said by everything that a run leaves, asked again when credentials are renewed, and the end of a run when it changes. */
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../end-to-end/in-process.ts';
import { managementId, memberId, organization, type Files, type Organization } from './organization.ts';

const otherId = '111122220002';
const pools = [{ id: 'One' }, { id: 'Two', accountId: otherId }];
const caller = `arn:aws:iam::${managementId}:user/Nightly`;
const another = `arn:aws:iam::${managementId}:user/sandbox-administrator`;
const writer = (accountId: string) => `arn:aws:sts::${accountId}:assumed-role/MfaDriftRemediate/mfa-drift`;

/** Signs in where a container does, for two seconds at a time; `who` says whose keys are given. */
async function signingIn(org: Organization, who: () => 'first' | 'other'): Promise<Record<string, string>> {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
    ...others
  } = org.sandbox.environment;
  const keys = { first: { accessKeyId, secretAccessKey }, other: org.sandbox.credentialsOf(managementId) };
  const server = createServer((_request, response) => {
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = keys[who()];
    const Expiration = new Date(Date.now() + 2000).toISOString();
    response.end(JSON.stringify({ AccessKeyId, SecretAccessKey, Token: '', Expiration }));
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const none = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  return { ...others, ...none, AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/` };
}

/** Applies the plan, as somebody else once the operation was called. */
async function appliedAs(org: Organization, operation: string | null) {
  await org.makePlan();
  const { calls } = org.sandbox;
  const before = operation === null ? 0 : calls.count(operation);
  const environment = await signingIn(org, () =>
    operation !== null && calls.count(operation) > before ? 'other' : 'first',
  );
  const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
  const args = ['apply', org.plan, '--journal', org.journal, '--yes', '--log-level', 'error', ...files];
  return run(args, environment).then(
    (done) => ({ ...done, error: '' }),
    (error: unknown) => ({ exitCode: 1, stdout: '', stderr: '', error: String(error) }),
  );
}

/** Longer than credentials last before they are renewed. */
const slow = (operation: string) => ({
  faults: { seed: 1, faults: [{ operations: [operation], latencyMs: [1200, 1200] as const }] },
});
const itself: Files = {
  configuration: { accounts: { ids: [managementId] }, role: { name: 'MfaDriftAudit' } },
};

describe('a run whose caller changes', () => {
  test('ends after a write with 4, says both, writes no more, and has all of it in the journal', async () => {
    const org = await organization(pools, { remediation: { maxFailures: 1 } }, slow('SetUserPoolMfaConfig'));
    const { exitCode, stderr } = await appliedAs(org, 'SetUserPoolMfaConfig');
    expect(stderr).toContain(
      `The run began as ${caller}, and since its credentials were renewed they are those of ${another}`,
    );
    expect(exitCode).toBe(4);
    expect(org.writes()).toBe(1);
    expect((await org.readJournal()).map(({ event }) => event)).toEqual(['intent', 'done']);
  });

  test('ends before a write with 1, and nothing was changed', async () => {
    const org = await organization(pools, {}, slow('DescribeUserPool'));
    const { exitCode, error } = await appliedAs(org, 'DescribeUserPool');
    expect(error).toContain(`those of ${another}: nothing more is asked or written`);
    expect(error).toContain('Nothing was changed.');
    expect(exitCode).toBe(1);
    expect(org.writes()).toBe(0);
  });

  test('ends also where the caller itself writes, in its own account', async () => {
    const own = [
      { id: 'One', accountId: managementId },
      { id: 'Two', accountId: managementId },
    ];
    const org = await organization(own, itself, slow('SetUserPoolMfaConfig'));
    const { exitCode, stderr } = await appliedAs(org, 'SetUserPoolMfaConfig');
    expect(stderr).toContain(another);
    expect(exitCode).toBe(4);
    expect(org.writes()).toBe(1);
  });

  test('ends while it reads, too, and no account is read as somebody else', async () => {
    const org = await organization(pools, {}, slow('ListAccounts'));
    const { calls } = org.sandbox;
    const environment = await signingIn(org, () => (calls.count('ListAccounts') > 0 ? 'other' : 'first'));
    const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
    const args = ['audit', '--run-dir', join(org.folder, 'run'), '--log-level', 'error', ...files];
    await expect(run(args, environment)).rejects.toThrow(`those of ${another}: nothing more is asked`);
    expect(calls.count('AssumeRole')).toBe(0);
  });

  test('and one whose credentials are renewed and stay the same goes on', async () => {
    const org = await organization(pools, {}, slow('SetUserPoolMfaConfig'));
    expect((await appliedAs(org, null)).exitCode).toBe(0);
    expect(org.writes()).toBe(2);
  });
});

describe('who made it stands in', () => {
  test('the plan and what is shown of it', async () => {
    const org = await organization(pools);
    const { stdout } = await org.makePlan();
    expect(stdout).toContain(`planned by ${caller}`);
    expect((await org.readPlan()).callerArn).toBe(caller);
    expect((await org.makePlan('--report', 'markdown')).stdout).toMatch(/Planned by .*Nightly/);
  });

  test('the journal, line by line, with whose credentials wrote', async () => {
    const org = await organization(pools);
    await org.makePlan();
    const { stdout } = await org.apply();
    expect(stdout).toContain(`  by ${caller}\n`);
    const [start = ''] = (await readFile(org.journal, 'utf8')).split('\n');
    expect(JSON.parse(start)).toMatchObject({ event: 'start', callerArn: caller });
    const lines = await org.readJournal();
    expect(lines.map(({ callerArn, writerArn }) => [callerArn, writerArn])).toEqual(
      lines.map(({ accountId }) => [caller, writer(accountId)]),
    );
    expect(new Set(lines.map(({ accountId }) => accountId))).toEqual(new Set([memberId, otherId]));
    expect((await org.sandboxless('journal', org.journal)).stdout).toContain(`\nby ${caller}\n`);
  });

  test('the journal that somebody else goes on with: both', async () => {
    const org = await organization([{ id: 'One' }, { id: 'Two' }]);
    await org.makePlan();
    await org.apply();
    const { accessKeyId, secretAccessKey } = org.sandbox.credentialsOf(managementId);
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const files = ['--config', join(org.folder, 'mfa-drift.yaml'), '--policies', join(org.folder, 'policies')];
    await writeFile(org.journal, (await readFile(org.journal, 'utf8')).split('\n').slice(0, -2).join('\n') + '\n');
    const args = ['apply', org.plan, '--journal', org.journal, '--yes', '--log-level', 'error', ...files];
    expect((await run(args, { ...org.sandbox.environment, ...keys })).exitCode).toBe(0);
    expect((await org.readJournal()).map(({ callerArn }) => callerArn)).toEqual([caller, caller, caller, another]);
    expect((await org.sandboxless('journal', org.journal)).stdout).toContain(`\nby ${caller}, then ${another}\n`);
  });

  test('the result', async () => {
    const org = await organization(pools);
    const file = join(org.folder, 'result.json');
    await org.cli('audit', '--run-dir', join(org.folder, 'run'), '--report', `json=${file}`);
    expect(JSON.parse(await readFile(file, 'utf8')).run.callerArn).toBe(caller);
  });
});
