/** The program as a user runs it: compiled, in a process and a folder of its own. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { Ended } from './in-process.ts';

/** Compiled once for the run, by test/compiled-cli.ts. */
export const cliFile = inject('cliFile');

interface CliOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What a shell does first, such as `ulimit -f 8`. */
  readonly first?: string;
}

export function runCli(args: readonly string[], options: CliOptions): Promise<Ended> {
  return startCli(args, options).ended;
}

/**
 * Nothing of this process's AWS settings reaches the program but that there are no files and no metadata service. A
 * program that a signal ended has exit code -1.
 */
export function startCli(
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
  const { cwd, first } = options;
  const program = [process.execPath, cliFile, ...args];
  const [command = '', ...rest] = first === undefined ? program : ['sh', '-c', `${first}; exec "$@"`, 'sh', ...program];
  const child = spawn(command, rest, { cwd, env });
  return { process: child, ended: endOf(child) };
}

async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { exitCode: child.exitCode ?? -1, stdout, stderr };
}
