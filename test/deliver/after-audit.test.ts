/** `deliver:` in the configuration: done when all is saved, and no verdict waits for it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { organization } from '../remediate/organization.ts';
import { run } from '../end-to-end/in-process.ts';
import { webServer } from './web-server.ts';

async function night() {
  const org = await organization([{ id: 'One' }, { id: 'Two' }]);
  const file = (name: string) => join(org.folder, name);
  const state = ['--run-dir', file('run'), '--deliveries', file('deliveries'), '--log-level', 'error'];
  const files = ['--config', file('mfa-drift.yaml'), '--policies', file('policies')];
  const saved = ['--report', `json=${file('result.json')}`];
  const audit = (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    run(['audit', ...files, ...state, ...(args.includes('--report') ? [] : saved), ...args], {
      ...org.sandbox.environment,
      ...env,
    });
  return { file, audit };
}

test('what was delivered changes no code, and the last line stays the last', async () => {
  const [{ audit }, server] = [await night(), await webServer({})];
  const { exitCode, stderr } = await audit({ MFA_DRIFT_WEBHOOK: server.url }, '--deliver', 'webhook');
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/\nwebhook: sent "mfa-drift: 4 findings are new"\nexit 2: 2 of 2 pools drift\n$/);
  expect(server.received).toHaveLength(1);
  expect(JSON.parse(server.received[0]?.body ?? '').facts.join()).toContain('may not be from AWS');
});

test('one that failed is exit 4 in its own words, and the result is saved with the code of its verdict', async () => {
  const [{ audit, file }, server] = [await night(), await webServer({ status: 400, body: 'invalid_payload' })];
  const { exitCode, stderr } = await audit({ MFA_DRIFT_WEBHOOK: server.url }, '--deliver', 'webhook');
  expect(exitCode).toBe(4);
  expect(stderr).toContain('not delivered to webhook: the message was refused: HTTP 400, invalid_payload.');
  expect(stderr).toMatch(/\nexit 4: 1 of 1 delivery failed \(webhook\); 2 of 2 pools drift\n$/);
  const words = ['--config', file('mfa-drift.yaml'), '--deliveries', file('deliveries')].join(' ');
  expect(stderr).toContain(
    `\nto deliver it again: mfa-drift deliver ${file('result.json')} --to webhook ${words}\nexit 4`,
  );
  expect(JSON.parse(await readFile(file('result.json'), 'utf8')).run.exitCode).toBe(2);
});

test('what a command is given is not said, and what was not saved can not be delivered again', async () => {
  const { audit, file } = await night();
  const { stderr } = await audit({}, '--deliver', 'exec:exit 3; a secret');
  expect(stderr).toContain(`deliver ${file('result.json')} --to 'exec:…'`);
  expect(stderr).not.toContain('secret');
  const unsaved = await audit({}, '--deliver', 'exec:exit 3', '--report', 'table');
  expect(unsaved.stderr).toContain('\nThe result was not saved, so that it can not be delivered again');
});

test('where nothing can be remembered, that too is a delivery that failed, and nothing else', async () => {
  const { audit } = await night();
  const { exitCode, stderr } = await audit(
    { MFA_DRIFT_WEBHOOK: 'https://hooks.example/', MFA_DRIFT_SLACK_WEBHOOK: 'https://hooks.example/' },
    '--deliver',
    'webhook',
    '--deliver',
    'slack',
    '--deliver',
    'exec:true',
    '--deliveries',
    '/dev/null/deliveries',
  );
  expect(exitCode).toBe(4);
  expect(stderr).toContain('exit 4: 3 of 3 deliveries failed (webhook, slack, exec:true); 2 of 2 pools drift');
});

test('what can not be delivered is an error before anything is read', async () => {
  const { audit } = await night();
  await expect(audit({}, '--deliver', 'slack')).rejects.toThrow('set MFA_DRIFT_SLACK_WEBHOOK');
});

test('a shard is not delivered, and says how it is', async () => {
  const { audit } = await night();
  const { stderr } = await audit({}, '--deliver', 'exec:false', '--shard', '1/2');
  expect(stderr).toContain('a shard is not delivered: mfa-drift deliver SHARD…');
  expect(stderr).not.toContain('exit 4');
});
