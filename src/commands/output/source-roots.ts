import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { RunInfo } from '../../domain/result/result.ts';
import type { SourceRoots } from '../../report/text/source-path.ts';
import type { Shell } from './shell.ts';

/** Where the files of a run are, in the repository of whoever draws its reports, and where code hosts count from. */
export async function sourceRoots({ sourceFolder = '' }: RunInfo, env: Shell['env']): Promise<SourceRoots> {
  const root = await repositoryRoot(await realpath('.'), env);
  return { folder: resolve(root, sourceFolder), root };
}

/** What the files that a run is given count from: the working folder as a path from the root of its repository. */
export async function sourceFolderHere(env: Shell['env']): Promise<string> {
  const folder = await realpath('.');
  return relative(await repositoryRoot(folder, env), folder)
    .split(sep)
    .join('/');
}

/**
 * Where code hosts count paths from: the checkout of a GitHub job (`GITHUB_WORKSPACE`), else the top of the git work tree
 * that holds the folder, else that folder.
 *
 * @param folder without links
 */
export async function repositoryRoot(folder: string, env: Shell['env']): Promise<string> {
  const workspace = env['GITHUB_WORKSPACE'] ?? '';
  const checkout = workspace === '' ? null : await realpath(workspace).catch(() => null);
  return checkout ?? (await gitTopLevel(folder)) ?? folder;
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
