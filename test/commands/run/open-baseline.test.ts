import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { redactedCopy } from '../../../src/result/redact.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { plainFleet, plainWriting } from '../../end-to-end/plain-fleet.ts';
import { run } from '../../end-to-end/in-process.ts';
import { writeWorkspace } from '../../end-to-end/workspace.ts';
import { aFinding, anAccount, aPool, aResult, aUnit, type Records } from '../../report/a-result.ts';
import { folderWith } from '../saved-files.ts';

const drifting = aPool({ status: 'drifted', findings: [aFinding()] });

function night(records: Records = {}) {
  return aResult({ accounts: [anAccount()], units: [aUnit()], ...records });
}

/** `report NOW --baseline BEFORE`, as JSON. */
async function compared(before: Records, now: Records) {
  const folder = await folderWith({});
  const baseline = await folder.saveResult('before.json', night(before));
  const result = await folder.saveResult('now.json', night(now));
  const ended = await folder.run('report', result, '--baseline', baseline, '--report', 'json');
  return { ...ended, result: JSON.parse(ended.stdout) };
}

describe('report --baseline', () => {
  test('compares, says with which run, and keeps the saved code', async () => {
    const { result, exitCode, stderr } = await compared({ run: { id: 'run-0' } }, { pools: [drifting] });
    expect(result.run.baseline).toMatchObject({ runId: 'run-0' });
    expect(result.summary.changes).toEqual({ new: 1, persisting: 0, resolved: 0, unseen: 0 });
    expect(stderr).toContain('exit 2: 1 of 1 pool drifts; 1 finding is new\n');
    expect(exitCode).toBe(2);
  });

  test('gives a result that is a baseline again', async () => {
    const folder = await folderWith({});
    const first = await folder.saveResult('first.json', night({ pools: [drifting] }));
    await folder.run('report', first, '--baseline', first, '--report', `ndjson=${folder.file('second.ndjson')}`);
    const { stdout } = await folder.run(
      'report',
      first,
      '--baseline',
      folder.file('second.ndjson'),
      '--report',
      'json',
    );
    expect(JSON.parse(stdout).pools[0].findings).toMatchObject([{ change: 'persisting' }]);
  });

  test('that is not there yet is a warning, and every finding is new', async () => {
    const folder = await folderWith({});
    const result = await folder.saveResult('now.json', night({ pools: [drifting] }));
    const { stdout } = await folder.run('report', result, '--baseline', folder.file('none.json'), '--report', 'json');
    const { warnings, pools, run: about } = JSON.parse(stdout);
    expect(warnings).toMatchObject([{ code: 'baseline-missing', file: folder.file('none.json') }]);
    expect(pools[0].findings).toMatchObject([{ change: 'new' }]);
    expect(about.baseline).toBeNull();
  });

  test.each<[string, Records, string]>([
    ['was interrupted', { run: { interrupted: true } }, 'was interrupted: what it did not read counts as new'],
    ['is a shard', { run: { shard: { index: 1, count: 4 } } }, 'is shard 1 of 4'],
    [
      'was narrowed',
      { run: { scope: { accounts: 'organization', filters: { region: ['x'] }, regions: 'enabled' } } },
      'was narrowed by flags',
    ],
  ])('that %s is taken with a warning', async (_how, before, words) => {
    const { result } = await compared(before, {});
    expect(result.warnings).toMatchObject([{ code: 'baseline-partial', message: expect.stringContaining(words) }]);
  });

  test('that was narrowed as this run was says nothing of it', async () => {
    const narrowed = { scope: { accounts: 'organization', filters: { region: ['x'] }, regions: 'enabled' } } as const;
    expect((await compared({ run: narrowed }, { run: narrowed })).result.warnings).toEqual([]);
  });

  test("of another organization is refused: it would make everything new and hand on strangers' findings", async () => {
    await expect(compared({ run: { organizationId: 'o-other00000' } }, {})).rejects.toThrow(
      'is a result of organization o-other00000; this one is of o-a1b2c3d4e5',
    );
  });

  test.each([
    [
      'of another schema version',
      (text: string) => text.replace('"schemaVersion": "1"', '"schemaVersion": "2"'),
      'has schemaVersion "2"',
    ],
    ['that is cut off', (text: string) => text.slice(0, -20), 'cut off'],
    ['that is no result', () => '{}', 'no schemaVersion'],
  ])('%s is refused with the reason', async (_what, spoil, reason) => {
    const folder = await folderWith({});
    const file = await folder.saveResult('now.json', night());
    await writeFile(folder.file('bad.json'), spoil(await readFile(file, 'utf8')));
    await expect(folder.run('report', file, '--baseline', folder.file('bad.json'))).rejects.toThrow(
      new RegExp(`^--baseline: .*bad\\.json.*${reason}`),
    );
  });

  test('that is a redacted copy is taken, unless a finding in it is masked', async () => {
    const folder = await folderWith({});
    const now = await folder.saveResult('now.json', night());
    const plain = await folder.saveResult('copy.json', redactedCopy(night({ pools: [drifting] })));
    await expect(folder.run('report', now, '--baseline', plain)).resolves.toMatchObject({ exitCode: 0 });
    const path = 'SmsMfaConfiguration.SmsConfiguration.ExternalId';
    const secretive = night({
      pools: [aPool({ status: 'drifted', findings: [aFinding({ path, actual: 'secret' })] })],
    });
    const masked = await folder.saveResult('masked.json', redactedCopy(secretive));
    await expect(folder.run('report', now, '--baseline', masked)).rejects.toThrow(
      'is a redacted copy, and the finding at SmsMfaConfiguration.SmsConfiguration.ExternalId of pool eu-west-1_Ab12Cd34E is masked',
    );
  });
});

describe('audit --baseline', () => {
  test('with --fail-on-new only new findings make 2; the baseline may be the file that is written', async () => {
    const workspace = await writeWorkspace(plainWriting());
    const last = `${workspace}/last.json`;
    const inputs = ['--config', `${workspace}/mfa-drift.yaml`, '--policies', `${workspace}/policies`];
    const flags = ['--run-dir', `${workspace}/run`, '--quiet', '--log-level', 'error', '--report', `json=${last}`];
    const sandbox = await startSandbox({ fleet: plainFleet(3, 4) });
    const nightly = () => run(['audit', ...inputs, ...flags, '--baseline', last, '--fail-on-new'], sandbox.environment);
    const first = await nightly();
    const second = await nightly();
    const all = await run(['audit', ...inputs, ...flags, '--baseline', last], sandbox.environment);
    await sandbox.close();
    const { summary, run: about } = JSON.parse(await readFile(last, 'utf8'));
    expect([first.exitCode, second.exitCode, all.exitCode]).toEqual([2, 0, 2]);
    expect(second.stderr).toMatch(/^exit 0: .* as before or below low; no finding is new$/m);
    expect(summary.changes).toMatchObject({ new: 0, resolved: 0, unseen: 0 });
    expect(summary.changes.persisting).toBeGreaterThan(0);
    expect(about.baseline).not.toBeNull();
  });

  test('without a baseline every finding is new to --fail-on-new', async () => {
    const workspace = await writeWorkspace(plainWriting());
    const inputs = ['--config', `${workspace}/mfa-drift.yaml`, '--policies', `${workspace}/policies`];
    const sandbox = await startSandbox({ fleet: plainFleet(2, 4) });
    const flags = ['--run-dir', `${workspace}/run`, '--quiet', '--log-level', 'error', '--fail-on-new'];
    const { exitCode } = await run(['audit', ...inputs, ...flags], sandbox.environment);
    await sandbox.close();
    expect(exitCode).toBe(2);
  });
});
