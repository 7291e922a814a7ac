/** The sample of docs/patch.md is what `plan --patch auto` prints of the demo's organization. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { run } from '../end-to-end/in-process.ts';
import { hastyClock } from '../reading/virtual-clock.ts';
import { temporaryFolder } from '../temporary.ts';

/** However it is broken into lines, and whatever the plan's digest is. */
function constant(text: string): string {
  return text
    .replaceAll(/sha256:[0-9a-f]+…/g, 'DIGEST')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

test('docs/patch.md', async () => {
  const [, command = '', shown = ''] =
    /```text\n\$ mfa-drift ([^\n]+)\n([\s\S]*?)```/.exec(await readFile('docs/patch.md', 'utf8')) ?? [];
  const [, policy = ''] =
    /```yaml\n# policies\/floor\.yaml\n([^`]+)```/.exec(await readFile('docs/remediation.md', 'utf8')) ?? [];
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'policies'));
  await writeFile(join(folder, 'policies', 'floor.yaml'), policy);
  await copyFile('demo/mfa-drift.yaml', join(folder, 'mfa-drift.yaml'));
  const sandbox = await startSandbox({ fleet: loadFleet('demo/fleet.yaml'), quotas: 'off' });
  onTestFinished(() => sandbox.close());
  const files = ['--config', join(folder, 'mfa-drift.yaml'), '--policies', join(folder, 'policies')];
  const places = ['--out', join(folder, 'plan.json'), '--run-dir', join(folder, 'run'), '--log-level', 'error'];
  const { stdout } = await run([...command.split(' '), ...files, ...places], sandbox.environment, {
    clock: hastyClock,
  });
  expect(constant(stdout)).toContain(constant(shown));
  expect(shown).toContain('AWS::Cognito::UserPool');
});
