import { UserError } from '../errors.ts';
import type { SandboxFlags } from './line/flags.ts';
import { say, type Shell } from './output/shell.ts';
import { runToEnd, type Command } from './sandboxed/child-process.ts';
import { sandboxedEnvironment } from './sandboxed/sandboxed-environment.ts';
import { startFromFlags } from './sandboxed/start-sandbox.ts';

/** Starts the sandbox, runs the command against it, and ends it with the command. Resolves with the command's exit code. */
export async function runInSandbox(flags: SandboxFlags, command: Command, shell: Shell): Promise<number> {
  const running = await startFromFlags(flags);
  try {
    if (shell.signal.aborted) throw shell.signal.reason;
    if (shell.stderr.isTerminal) await say(shell, whereOneIs(running.url, command.program));
    const env = { ...shell.env, ...sandboxedEnvironment(shell.env, running) };
    return await runToEnd(command, withoutNull(env), shell);
  } catch (error) {
    throw isSpawnError(error) ? new UserError(`Can't run ${command.program}: ${why(error)}.`, { cause: error }) : error;
  } finally {
    await running.close();
  }
}

/** A shell in the sandbox looks like any other, and what it changed is gone with it. */
function whereOneIs(url: string, program: string): string {
  return `AWS is the sandbox in here, at ${url}, until ${program} ends; what is changed in it ends too.`;
}

function withoutNull(env: Readonly<Record<string, string | null | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function isSpawnError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && String(error.syscall).startsWith('spawn');
}

function why({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such program';
  return code === 'EACCES' ? 'it may not be executed' : message;
}
