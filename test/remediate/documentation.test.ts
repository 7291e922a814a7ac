/** The stories of docs/remediation.md and README.md, played: each command gives the output that stands there. */
import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadFleet } from '../../src/sandbox/fleet/load-fleet.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { cliFile, runCli } from '../end-to-end/run-cli.ts';
import { temporaryFolder } from '../temporary.ts';
import { keptDigest } from './organization.ts';

const root = resolve(import.meta.dirname, '../..');
const file = join(root, 'docs', 'remediation.md');
const block = /(?<=```console\n)\$ (?<command>[^\n]+)\n(?<output>[^`]*)(?=```)/g;

/** Without what is another in every run. */
function withoutChance(text: string): string {
  return text
    .replaceAll(/sha256:[0-9a-f]{12}…/g, 'sha256:9be1c0ffee42…')
    .replaceAll(/sha256:[0-9a-f]{64}/g, 'sha256:9be1c0ffee42…')
    .replaceAll(/journal-[0-9a-f][0-9a-f-]{11,}/g, 'journal-9be1c0ffee42')
    .replaceAll(/policy set [0-9a-f]{4}…/g, 'policy set 5381…')
    .replaceAll(/\d\d:\d\d UTC/g, '02:14 UTC')
    .replaceAll(/\d{4}-\d\d-\d\d/g, '2026-11-29')
    .replaceAll(/[\d.]+s · \d+ calls, \d+ throttled/g, '0.4s · 84 calls, 0 throttled')
    .replace('the endpoint was overridden: these answers may not be from AWS\n', '')
    .replace(/read through 127\.0\.0\.1:\d+, not from AWS\n/, '')
    .replace('warning: requests go to a configured endpoint, not to AWS\n', '');
}

test('the story in five commands', async () => {
  const sandbox = await startSandbox({ fleet: loadFleet(join(root, 'demo', 'fleet.yaml')) });
  onTestFinished(() => sandbox.close());
  const cwd = await temporaryFolder();
  const text = await readFile(file, 'utf8');
  await mkdir(join(cwd, 'policies'));
  await copyFile(join(root, 'demo', 'mfa-drift.yaml'), join(cwd, 'mfa-drift.yaml'));
  await writeFile(
    join(cwd, 'policies', 'floor.yaml'),
    /```yaml\n# policies\/floor\.yaml\n(?<policy>[^`]+)```/.exec(text)?.groups?.['policy'] ?? '',
  );

  const blocks = [...text.matchAll(block)];
  expect(blocks).toHaveLength(5);
  let played = text;
  for (const [whole, command = ''] of blocks) {
    const [, ...words] = (await filled(command, cwd)).split(' ');
    const { stdout, stderr } = await runCli([...words, '--log-level', 'error'], {
      cwd,
      environment: { ...sandbox.environment, COLUMNS: '80' },
    });
    played = played.replace(whole, () => `$ ${command}\n${withoutChance(`${stdout}${stderr}`)}`);
  }
  await expect(played).toMatchFileSnapshot(file);
}, 120_000);

test('the story of README.md, with the policies that are shipped', async () => {
  const sandbox = await startSandbox({ fleet: loadFleet(join(root, 'demo', 'fleet.yaml')) });
  onTestFinished(() => sandbox.close());
  const cwd = await temporaryFolder();
  await copyFile(join(root, 'demo', 'mfa-drift.yaml'), join(cwd, 'mfa-drift.yaml'));
  await cp(join(root, 'policies'), join(cwd, 'policies'), { recursive: true });
  const text = await readFile(join(root, 'README.md'), 'utf8');
  const [, story = ''] = /```console\n\$ (mfa-drift plan [^`]+)\n```/.exec(text) ?? [];
  const steps = story.split('\n\n$ ');
  expect(steps).toHaveLength(5);
  for (const step of steps) {
    const [command = ''] = step.split('\n');
    const [, ...words] = (await filled(command, cwd)).split(' ');
    const output = await shown(words, cwd, sandbox.environment);
    expect(withoutChance(`${command}\n${output}`)).toBe(withoutChance(`${step}\n`));
  }
}, 120_000);

/** What a terminal shows: both streams as they come. */
function shown(words: readonly string[], cwd: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const env = { ...process.env, ...environment, COLUMNS: '100' };
  const args = ['-c', 'exec "$0" "$@" 2>&1', process.execPath, cliFile, ...words];
  return new Promise((done) => void execFile('sh', args, { cwd, env }, (_error, text) => done(text)));
}

/** The digest and the journal that the commands before have made. */
async function filled(command: string, cwd: string): Promise<string> {
  const files = await readdir(cwd);
  const journal = files.find((name) => /^mfa-drift\.journal-[0-9a-f]{12}\.ndjson$/.test(name)) ?? '';
  const plan = files.includes('mfa-drift.plan.json') ? await readFile(join(cwd, 'mfa-drift.plan.json'), 'utf8') : '{}';
  const { digest } = JSON.parse(plan);
  const [, kept = ''] = await keptDigest(join(cwd, journal));
  return command
    .replace(/ --digest \S+/, ` --digest ${digest}`)
    .replace(/rollback \S+/, `rollback ${journal}`)
    .replace(/--journal-digest \S+/, `--journal-digest ${kept}`);
}
