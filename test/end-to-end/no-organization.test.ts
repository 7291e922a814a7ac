/** An account that was never in an organization, as most begin: the shipped policies judge it. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryFolder } from '../temporary.ts';
import { audit, run } from './in-process.ts';
import { plainFleet, plainWriting } from './plain-fleet.ts';
import { writeWorkspace } from './workspace.ts';

async function alone(): Promise<Readonly<Record<string, string>>> {
  const sandbox = await startSandbox({ fleet: { ...plainFleet(1, 3), organization: null } });
  onTestFinished(() => sandbox.close());
  return sandbox.environment;
}

test('the shipped policies judge it, without a gap', async () => {
  const environment = await alone();
  const folder = await temporaryFolder();
  const file = join(folder, 'result.json');
  const shipped = resolve(import.meta.dirname, '../../policies');
  const args = [
    'audit',
    '--policies',
    shipped,
    '--run-dir',
    join(folder, 'run'),
    '--report',
    `json=${file}`,
    '--quiet',
  ];
  const { exitCode } = await run(args, { ...environment, MFA_DRIFT_REGIONS: 'eu-west-1,us-east-1' });
  const result = JSON.parse(await readFile(file, 'utf8'));
  expect(result.gaps).toEqual([]);
  expect(result.complete).toBe(true);
  expect(result.pools).toHaveLength(6);
  expect(result.pools.every(({ status }: { status: string }) => ['drifted', 'compliant'].includes(status))).toBe(true);
  expect(result.accounts).toMatchObject([{ inOrganization: false, path: [], tags: {} }]);
  expect([0, 2]).toContain(exitCode);
});

test('no unit is its own, not even the root, and no tag', async () => {
  const environment = await alone();
  const { accounts: _listed, ...settings } = plainWriting().configuration;
  const workspace = await writeWorkspace({
    ...plainWriting(),
    configuration: { ...settings, requireCoverage: false },
    policies: [
      { name: 'of-the-organization', match: { organizationalUnits: ['/'] }, expect: { MfaConfiguration: 'ON' } },
      { name: 'of-a-tag', match: { accountTags: { env: ['*'] } }, expect: { MfaConfiguration: 'ON' } },
    ],
  });
  const { result, exitCode } = await audit(workspace, environment);
  expect(result.gaps).toEqual([]);
  expect(result.pools.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'uncovered'));
  expect(exitCode).toBe(0);
});
