import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../../src/commands/output/source-roots.ts';
import { temporaryFolder } from '../../temporary.ts';

async function nested(): Promise<{ top: string; below: string }> {
  const top = await realpath(await temporaryFolder());
  const below = join(top, 'infra', 'mfa');
  await mkdir(below, { recursive: true });
  return { top, below };
}

test('paths count from the top of the git work tree', async () => {
  const { top, below } = await nested();
  await mkdir(join(top, '.git'));
  expect(await repositoryRoot(below, {})).toBe(top);
});

test('a linked work tree and a submodule have a file .git', async () => {
  const { top, below } = await nested();
  await mkdir(join(top, '.git'));
  await writeFile(join(top, 'infra', '.git'), 'gitdir: ../.git/modules/infra\n');
  expect(await repositoryRoot(below, {})).toBe(join(top, 'infra'));
});

test('in a GitHub job they count from its checkout, however it is named', async () => {
  const { top, below } = await nested();
  await mkdir(join(below, '.git'));
  await symlink(top, `${top}-link`);
  expect(await repositoryRoot(below, { GITHUB_WORKSPACE: `${top}-link` })).toBe(top);
});

test.each(['', '/no/such/folder'])('a checkout that is not there (%j) is none', async (GITHUB_WORKSPACE) => {
  const { top, below } = await nested();
  await mkdir(join(top, '.git'));
  expect(await repositoryRoot(below, { GITHUB_WORKSPACE })).toBe(top);
});
