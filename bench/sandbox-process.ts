import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FleetShape } from './fleet.ts';
import { onCore } from './cores.ts';

export interface ServerOptions {
  readonly shape: FleetShape;
  /** Every answer comes so much later. */
  readonly latencyMs: number;
}

export interface ServerCounts {
  readonly calls: number;
  readonly throttled: number;
  readonly badSignatures: number;
}

export interface SandboxProcess<Counts = ServerCounts> {
  readonly environment: Readonly<Record<string, string>>;
  /** Since the start. */
  counts(): Promise<Counts>;
}

/** An organization of 200,000 pools is larger than Node's default on a small machine. */
const nodeFlags = ['--max-old-space-size=3000'];

/** The work gets a fresh sandbox, in its own process and, where that can be, on its own core. */
export async function withSandbox<T>(
  options: ServerOptions,
  work: (sandbox: SandboxProcess) => Promise<T>,
): Promise<T> {
  return withServer('server.js', options, work);
}

/** @param script beside this one; it says `{ environment }` when it is ready, and its counts when it is asked */
export async function withServer<Counts, T>(
  script: string,
  options: object,
  work: (sandbox: SandboxProcess<Counts>) => Promise<T>,
): Promise<T> {
  const server = fileURLToPath(new URL(script, import.meta.url));
  const [command, args] = onCore('server', [process.execPath, ...nodeFlags, server, JSON.stringify(options)]);
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(died);
  ended.catch(() => undefined);
  const answer = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message;
  };
  try {
    const { environment } = (await answer()) as { environment: Readonly<Record<string, string>> };
    return await work({
      environment,
      async counts() {
        child.send('counts');
        return (await answer()) as Counts;
      },
    });
  } finally {
    child.kill();
  }
}

function died(): never {
  throw new Error('The sandbox ended by itself.');
}
