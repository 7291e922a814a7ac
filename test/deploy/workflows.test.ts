import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../temporary.ts';

interface Step {
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly on: { readonly schedule?: readonly { readonly cron: string }[] };
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);

function workflow(name: string): Workflow {
  return parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8'));
}

function commands({ jobs }: Workflow): readonly string[] {
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
}

it('CI runs the checks and the command that the README names', () => {
  const script = readFileSync('.ci/run', 'utf8').split('\n');
  expect(readFileSync('README.md', 'utf8')).toMatch(/^npm test\b/m);
  expect(script).toEqual(expect.arrayContaining(['npm run check', 'npm test']));
  expect(commands(workflow('ci'))).toContain('.ci/run');
});

it('what leaves npm test runs once a week: more of everything, and the mutants', () => {
  const extended = workflow('extended');
  expect(extended.on.schedule?.map(({ cron }) => cron.split(' ').slice(2))).toEqual([['*', '*', '6']]);
  expect(commands(extended)).toContain('npm run test:extended');
  expect(manifest.scripts['test:extended']).toBe('vitest run --mode extended && npm run mutants');
});

it('no workflow calls a script that is not there', () => {
  const called = ['ci', 'extended', 'nightly-audit', 'release'].flatMap((name) => commands(workflow(name)));
  const scripts = called.flatMap((run) => [...run.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script ?? ''));
  expect(scripts.filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
  expect(existsSync('.ci/requirements.txt')).toBe(true);
});

it('the nightly audit uploads a masked copy of its journal, and not the journal', async () => {
  const steps = workflow('nightly-audit').jobs['audit']?.steps ?? [];
  const masking = steps.find(({ run }) => run?.includes('--redact'))?.run ?? '';
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'bin'));
  await mkdir(join(cwd, 'out'));
  await writeFile(join(cwd, 'out', 'mfa-drift.journal-night.ndjson'), 'secret\n');
  await writeFile(join(cwd, 'bin', 'npx'), '#!/bin/sh\necho "$*"\n', { mode: 0o755 });
  const sh = (script: string) =>
    promisify(execFile)('bash', ['-e', '-c', script], {
      cwd,
      env: { PATH: `${join(cwd, 'bin')}:${process.env['PATH']}` },
    });
  await sh(masking);
  const copy = await readFile(join(cwd, 'out', 'masked-mfa-drift.journal-night.ndjson'), 'utf8');
  expect(copy).toBe('mfa-drift journal out/mfa-drift.journal-night.ndjson --redact\n');
  const uploaded = steps.flatMap((step) => step.with?.['path']?.trim().split('\n') ?? []);
  expect(uploaded).toEqual(['out', '!out/mfa-drift.journal-*']);

  await rm(join(cwd, 'out'), { recursive: true });
  await expect(sh(masking), 'a night without a change, or without a report').resolves.toBeDefined();
});
