import { once } from 'node:events';
import type { SandboxFlags } from './line/flags.ts';
import { startFromFlags } from './run/start-sandbox.ts';
import type { Shell } from './output/shell.ts';

/** Starts the sandbox, prints what to export, and serves until it is interrupted, which is its rightful end: exit 0. */
export async function sandbox(flags: SandboxFlags, shell: Shell): Promise<0> {
  const running = await startFromFlags(flags);
  try {
    const lines = Object.entries(running.environment).map(([name, value]) => `export ${name}=${value}\n`);
    await shell.stdout.write(lines.join(''));
    for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN']) {
      if (name in running.environment || (shell.env[name] ?? '') === '') continue;
      await shell.stderr.write(`${name} is set here and would win over these keys: unset ${name}\n`);
    }
    await shell.stderr.write(`The sandbox listens on ${running.url}; Ctrl-C ends it.\n`);
    if (!shell.signal.aborted) await once(shell.signal, 'abort');
  } finally {
    await running.close();
  }
  return 0;
}
