/** The program as a user runs it: compiled, in a process and a folder of its own. */
import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Ended } from './in-process.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * Compiles the sources as they are now, beside nobody's feet, and resolves to the program's file and its removal. Below
 * node_modules, so that the compiled files find the dependencies.
 */
export function compileCli(): { readonly file: string; remove(): void } {
  const home = join(root, 'node_modules', '.cache', `mfa-drift-${process.pid}`);
  mkdirSync(home, { recursive: true });
  copyFileSync(join(root, 'package.json'), join(home, 'package.json'));
  execFileSync(process.execPath, ['bundle.mjs', join(home, 'dist')], { cwd: root, stdio: 'pipe' });
  return { file: join(home, 'dist', 'cli.js'), remove: () => rmSync(home, { recursive: true, force: true }) };
}

interface CliOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

export function runCli(file: string, args: readonly string[], options: CliOptions): Promise<Ended> {
  return startCli(file, args, options).ended;
}

/**
 * Nothing of this process's AWS settings reaches the program but that there are no files and no metadata service. A
 * program that a signal ended has exit code -1.
 */
export function startCli(
  file: string,
  args: readonly string[],
  options: CliOptions,
): { readonly process: ChildProcessWithoutNullStreams; readonly ended: Promise<Ended> } {
  const env = {
    PATH: process.env['PATH'],
    TZ: 'UTC',
    NO_COLOR: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...options.environment,
  };
  const child = spawn(process.execPath, [file, ...args], { cwd: options.cwd, env });
  return { process: child, ended: endOf(child) };
}

async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { exitCode: child.exitCode ?? -1, stdout, stderr };
}
