import { once } from 'node:events';
import type { SandboxFlags } from './line/flags.ts';
import { sandboxedEnvironment } from './sandboxed/sandboxed-environment.ts';
import { startFromFlags } from './sandboxed/start-sandbox.ts';
import type { Shell } from './output/shell.ts';

/** Starts the sandbox, prints what to export, and serves until it is interrupted, which is its rightful end: exit 0. */
export async function sandbox(flags: SandboxFlags, shell: Shell): Promise<0> {
  const running = await startFromFlags(flags);
  try {
    await shell.stdout.write(forAShell(sandboxedEnvironment(shell.env, running)));
    await shell.stderr.write(`The sandbox listens on ${running.url}; Ctrl-C ends it.\n`);
    if (!shell.signal.aborted) await once(shell.signal, 'abort');
  } finally {
    await running.close();
  }
  return 0;
}

/** Lines that a POSIX shell can source; a name that it could not have is none that it has. */
function forAShell(variables: Readonly<Record<string, string | null>>): string {
  const sound = Object.entries(variables).filter(([name]) => /^\w+$/.test(name));
  const lines = sound.map(([name, value]) => (value === null ? `unset ${name}` : `export ${name}=${quoted(value)}`));
  return `${lines.join('\n')}\n`;
}

function quoted(value: string): string {
  return /^[\w./:,+=-]*$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
