import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onCore } from './cores.ts';

export interface Measured {
  readonly wallMs: number;
  /** User and system time of the whole process, garbage collection and all. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly exitCode: number | null;
  readonly stdout: string;
}

export interface MeasureOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly nodeFlags?: readonly string[];
}

/** The program as users run it. */
export const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export function ownScript(name: string): string {
  return fileURLToPath(new URL(`${name}.js`, import.meta.url));
}

/** Runs a script in a Node of its own, and resolves with what it took. Rejects when it could not run at all (exit code 1). */
export async function measure(args: readonly string[], options: MeasureOptions = {}): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'mfa-drift-bench-'));
  const usageFile = join(folder, 'usage.json');
  try {
    const line = [process.execPath, ...(options.nodeFlags ?? []), '--import', ownScript('usage'), ...args];
    const [command, commandArgs] = onCore('client', line);
    const began = performance.now();
    const child = spawn(command, commandArgs, {
      cwd: options.cwd ?? folder,
      env: { ...cleanEnvironment(), ...options.environment, BENCH_USAGE_FILE: usageFile },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const wallMs = performance.now() - began;
    if (child.exitCode === 1 || child.exitCode === null) throw new Error(`${args.join(' ')} failed: ${stderr}`);
    const usage: NodeJS.ResourceUsage = JSON.parse(await readFile(usageFile, 'utf8'));
    return {
      wallMs,
      cpuMs: (usage.userCPUTime + usage.systemCPUTime) / 1000,
      peakMb: usage.maxRSS / 1024,
      exitCode: child.exitCode,
      stdout,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Nothing of the user's own AWS settings. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: tmpdir(),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
