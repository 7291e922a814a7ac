/** Reports name files as code hosts do, from the root of the repository, wherever in it they are drawn. */
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryFolder } from '../temporary.ts';
import { plainFleet, plainWriting } from './plain-fleet.ts';
import { runCli } from './run-cli.ts';
import { everythingCounts, writeWorkspace } from './workspace.ts';

const policy = { name: 'strict', expect: { MfaConfiguration: 'OFF' } };

/** A repository with its configuration in `ops/mfa`, and a result of it. */
async function repository() {
  const top = await temporaryFolder();
  await mkdir(join(top, '.git'));
  await mkdir(join(top, 'ops'));
  await mkdir(join(top, 'docs'));
  const folder = join(top, 'ops', 'mfa');
  const writing = { ...plainWriting(), configuration: everythingCounts, policies: [policy] };
  await rename(await writeWorkspace(writing), folder);
  const sandbox = await startSandbox({ fleet: plainFleet(1, 1) });
  onTestFinished(() => sandbox.close());
  const run = (cwd: string, ...args: readonly string[]) => runCli(args, { cwd, environment: sandbox.environment });
  const { exitCode, stderr } = await run(folder, 'audit', '--report', 'json=night.json', '--quiet');
  expect(exitCode, stderr).toBe(2);
  return { top, folder, run, night: join(folder, 'night.json') };
}

function urisIn(sarif: string): readonly string[] {
  const uris = [...sarif.matchAll(/"uri":\s*"(?<uri>[^"]*)"/g)].map(({ groups }) => groups?.['uri'] ?? '');
  return [...new Set(uris)].sort();
}

test('a report that is drawn elsewhere in the repository names the files of the audit', async () => {
  const { top, folder, run, night } = await repository();
  for (const cwd of [folder, top, join(top, 'docs')]) {
    const sarif = await run(cwd, 'report', night, '--report', 'sarif');
    expect(urisIn(sarif.stdout), cwd).toEqual(['ops/mfa/policies/strict.yaml']);
    const github = await run(cwd, 'report', night, '--report', 'github');
    expect(github.stdout).toContain('file=ops/mfa/policies/strict.yaml,');
  }
});

test('what is judged anew counts from where that is done', async () => {
  const { top, run, night } = await repository();
  const again = join(top, 'again.json');
  const flags = ['--policies', 'ops/mfa/policies', '--report', `json=${again}`, '--quiet'];
  await run(top, 'audit', '--from', night, ...flags);
  expect(JSON.parse(await readFile(again, 'utf8')).run).not.toHaveProperty('sourceFolder');
  const sarif = await run(join(top, 'docs'), 'report', again, '--report', 'sarif');
  expect(urisIn(sarif.stdout)).toEqual(['ops/mfa/policies/strict.yaml']);
});
