/** The image's program, built from nothing but what the Dockerfile copies, as its build has it; no engine is needed for that. */
import { spawnSync } from 'node:child_process';
import { cp, readdir, readFile, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { buildCommands, copiedSources } from './dockerfile.ts';

/** They start many processes, one after another; a machine with other work is slow at that. */
vi.setConfig({ testTimeout: 300_000 });

const root = resolve(import.meta.dirname, '../..');

it('is built from what the Dockerfile copies: the build reads no file that stays out of the image', async () => {
  const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
  const cwd = await temporaryFolder();
  for (const source of copiedSources(dockerfile)) await cp(join(root, source), join(cwd, source), { recursive: true });
  await symlink(join(root, 'node_modules'), join(cwd, 'node_modules'));
  const [install, ...commands] = buildCommands(dockerfile);
  expect([install, commands.length]).toEqual(['npm ci --ignore-scripts', 1]);
  const { status, stdout } = spawnSync(
    'bash',
    ['--norc', '-ec', `exec 2>&1\n${commands.join('\n')}\ndist/cli.js --version`],
    {
      cwd,
      encoding: 'utf8',
    },
  );
  expect([status, stdout]).toEqual([0, expect.stringMatching(/\n0\.1\.0\n$/)]);
  expect(await readdir(join(cwd, 'dist'))).toEqual(expect.arrayContaining(['library.js', 'sbom.cdx.json']));
});
