/** Where a tool is on this machine, and what it calls itself. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** The first line of the command's own answer; `null` where it can't be run. */
export function said(command: string, ...args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? (stdout.trim().split('\n')[0] ?? null) : null;
}

/** A checkout of a tool that has no package: the folder that the variable names, and its commit. */
export function checkout(variable: string, holds: string): { folder: string; commit: string } | null {
  const folder = process.env[variable];
  if (folder === undefined || !existsSync(`${folder}/${holds}`)) return null;
  return { folder, commit: said('git', '-C', folder, 'rev-parse', '--short=7', 'HEAD') ?? 'no commit' };
}

/** What a tool wrote; `null` where it wrote nothing. */
export async function written(file: string): Promise<string | null> {
  return existsSync(file) ? readFile(file, 'utf8') : null;
}
