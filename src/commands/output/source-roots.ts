import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SourceRoots } from '../../report/text/source-path.ts';
import type { Shell } from './shell.ts';

/**
 * Where code hosts count paths from: the checkout of a GitHub job (`GITHUB_WORKSPACE`), else the top of the git work tree
 * that holds the working folder, else that folder.
 */
export async function sourceRoots(workingFolder: string, env: Shell['env']): Promise<SourceRoots> {
  const folder = await realpath(workingFolder);
  const workspace = env['GITHUB_WORKSPACE'] ?? '';
  const checkout = workspace === '' ? null : await realpath(workspace).catch(() => null);
  return { folder, root: checkout ?? (await gitTopLevel(folder)) ?? folder };
}

/** A `.git` is a folder, or a file in a linked work tree and in a submodule. */
async function gitTopLevel(folder: string): Promise<string | null> {
  const isThere = await stat(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  const above = dirname(folder);
  return above === folder ? null : gitTopLevel(above);
}
