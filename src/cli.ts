#!/usr/bin/env node
import { explanationOf } from './commands/output/explanation.ts';
import { helpPage } from './commands/line/help-page.ts';
import { columnsWithoutTerminal } from './commands/output/page-options.ts';
import { processOutput } from './commands/output/process-output.ts';
import type { Shell } from './commands/output/shell.ts';
import { signalExitCodes } from './domain/result/exit-code.ts';

// The SDK warns on Node 20 that it will want 22 in 2027; the image and the README say so, a nightly log need not.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// Left to itself the heap grows to several times what is in use before it is collected: a hundred megabytes that nothing needs
// (docs/performance.md). Three quarters more is enough; less costs processor time. V8 asks at every collection. Not at once:
// what Node loads of its own after a flag has changed, it compiles without its cache (findings/node-flag-drops-code-cache.sh).
const untilAllIsLoaded = 1000;
setTimeout(() => void growSlowly(), untilAllIsLoaded).unref();

async function growSlowly(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--heap-growing-percent=75');
}

async function main(): Promise<void> {
  const shell: Shell = {
    env: process.env,
    exportVariables(variables) {
      for (const [name, value] of Object.entries(variables)) {
        if (value === null) delete process.env[name];
        else process.env[name] = value;
      }
    },
    stdout: processOutput(
      'Standard output',
      () => process.stdout,
      () => columnsWithoutTerminal(process.env),
    ),
    stderr: processOutput(
      'Standard error',
      () => process.stderr,
      () => columnsWithoutTerminal(process.env),
    ),
    get ask() {
      return process.stdin.isTTY && process.stderr.isTTY ? askAtTerminal : null;
    },
    get line() {
      return process.stdin.isTTY && process.stderr.isTTY ? lineAtTerminal : null;
    },
    ...interruptions(),
  };
  try {
    const args = process.argv.slice(2);
    const help = await helpPage(args, shell.stdout);
    if (help !== null) await shell.stdout.write(help);
    else process.exitCode = await (await import('./commands/line/program.ts')).runProgram(args, shell);
  } catch (error) {
    const { exitCode, text } = await explanationOf(error, shell.signal);
    process.exitCode = exitCode;
    // Whoever can't be told has the exit code.
    await shell.stderr.write(text).catch(() => undefined);
  }
}

/** The first signal lets the command end cleanly; a second one ends the process at once. */
function interruptions(): Pick<Shell, 'signal' | 'passSignals'> {
  const controller = new AbortController();
  let passTo: ((signal: NodeJS.Signals) => void) | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // This listener stays: with the last one of a signal goes what was on its way to it.
    process.on(signal, () => {
      if (passTo !== null) return passTo(signal);
      if (controller.signal.aborted) process.exit(signalExitCodes[signal]);
      controller.abort(signalExitCodes[signal]);
    });
  }
  return {
    signal: controller.signal,
    passSignals(to) {
      passTo = to;
      for (const signal of ['SIGHUP', 'SIGQUIT'] as const) process.on(signal, to);
    },
  };
}

async function askAtTerminal(question: string): Promise<boolean> {
  const { ask } = await import('./commands/change/terminal-question.ts');
  return ask(question, process.stdin, process.stderr, interrupt);
}

async function lineAtTerminal(question: string): Promise<string | null> {
  const { askLine } = await import('./commands/change/terminal-question.ts');
  return askLine(question, process.stdin, process.stderr, interrupt);
}

function interrupt(): void {
  process.kill(process.pid, 'SIGINT');
}

await main();
