#!/usr/bin/env node
import { ComplaintsError, UserError } from './errors.ts';
import type { Output, Shell } from './commands/shell.ts';
import { columnsWithoutTerminal } from './commands/page-options.ts';
import { runProgram } from './commands/program.ts';

// The SDK warns on Node 20 that it will want 22 in 2027; the image and the README say so, a nightly log need not.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

async function main(): Promise<void> {
  const shell: Shell = {
    env: process.env,
    exportVariables(variables) {
      for (const [name, value] of Object.entries(variables)) {
        if (value === null) delete process.env[name];
        else process.env[name] = value;
      }
    },
    stdout: outputTo(() => process.stdout),
    stderr: outputTo(() => process.stderr),
    get ask() {
      return process.stdin.isTTY && process.stderr.isTTY ? askAtTerminal : null;
    },
    signal: interruption(),
  };
  try {
    process.exitCode = await runProgram(process.argv.slice(2), shell);
  } catch (error) {
    process.exitCode = await explain(error, shell);
  }
}

/** The first signal lets the command end cleanly; a second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const [signal, code] of Object.entries(signalExitCodes)) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(code);
      controller.abort(code);
    });
  }
  return controller.signal;
}

/** Opens the stream when it is first used: each takes Node a millisecond, and `--help` needs but one. */
function outputTo(open: () => NodeJS.WriteStream): Output {
  let isOpen = true;
  let opened: NodeJS.WriteStream | null = null;
  const stream = (): NodeJS.WriteStream =>
    (opened ??= open().on('error', (error: NodeJS.ErrnoException) => {
      isOpen = false;
      if (error.code !== 'EPIPE') throw error;
    }));
  return {
    get isTerminal() {
      return stream().isTTY;
    },
    get columns() {
      return stream().isTTY ? stream().columns : columnsWithoutTerminal(process.env);
    },
    write: (text) =>
      new Promise((resolve) => {
        if (isOpen) stream().write(text, () => resolve());
        else resolve();
      }),
  };
}

async function askAtTerminal(question: string): Promise<boolean> {
  const { ask } = await import('./commands/terminal-question.ts');
  return ask(question, process.stdin, process.stderr, () => process.kill(process.pid, 'SIGINT'));
}

async function explain(error: unknown, { stderr, signal }: Shell): Promise<number> {
  if (signal.aborted && error === signal.reason) {
    await stderr.write(`exit ${signal.reason}: interrupted before anything was read\n`);
    return signal.reason;
  }
  if (error instanceof ComplaintsError) {
    const { renderComplaints } = await import('./yaml/complaints.ts');
    await stderr.write(renderComplaints(error));
    return error.exitCode;
  }
  if (error instanceof UserError) {
    await stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await stderr.write(`This is a bug in mfa-drift; please report it with what stands below.\n${stack}\n`);
  return 1;
}

await main();
