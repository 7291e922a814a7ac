/**
 * The command line: every command, its flags, its help. A command's own module is loaded only when it runs, so that
 * `--help` starts as fast as Node does.
 */
import { Command, CommanderError } from 'commander';
import { version } from '../package.ts';
import { defineAudit, defineDemo, defineDoctor, defineSandbox, defineShow } from './define-reading.ts';
import { definePolicy } from './define-policy.ts';
import { defineApply, definePlan, defineRollback } from './define-remediation.ts';
import { defineReport } from './define-report.ts';
import type { Choose, Run } from './choose.ts';
import type { Shell } from './shell.ts';

/** Runs one command line and resolves with its exit code. Errors that the user can mend are thrown as UserError. */
export async function runProgram(args: readonly string[], shell: Shell): Promise<number> {
  const said = { out: '', err: '' };
  const chosen: Run[] = [];
  const program = defineProgram((run) => chosen.push(run));
  forEachCommand(program, (command) =>
    command
      .configureOutput({ writeOut: (text) => void (said.out += text), writeErr: (text) => void (said.err += text) })
      .configureHelp({ helpWidth: Math.min(shell.stdout.columns, 100) })
      .showHelpAfterError('See --help for what it takes.')
      .exitOverride(),
  );
  let exitCode = 0;
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    exitCode = error.exitCode;
  }
  if (said.out !== '') await shell.stdout.write(said.out);
  if (said.err !== '') await shell.stderr.write(said.err);
  const [run] = chosen;
  return run === undefined || exitCode !== 0 ? exitCode : run(shell);
}

function defineProgram(choose: Choose): Command {
  const program = new Command('mfa-drift')
    .description(
      'Keeps multi-factor authentication honest across every Amazon Cognito user pool of an AWS organization.',
    )
    .version(version)
    .addHelpText('after', exitCodesHelp);
  defineAudit(program, choose);
  defineShow(program, choose);
  definePlan(program, choose);
  defineApply(program, choose);
  defineRollback(program, choose);
  defineReport(program, choose);
  definePolicy(program, choose);
  defineDoctor(program, choose);
  defineDemo(program, choose);
  defineSandbox(program, choose);
  return program;
}

function forEachCommand(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const child of command.commands) forEachCommand(child, change);
}

const exitCodesHelp = `
Exit codes:
  0    everything in scope was read, and nothing drifts at or above --fail-on
  1    could not run; nothing was changed
  2    everything in scope was read; drift remains
  3    not everything in scope was read; there may be drift too
  4    a change failed, has an unknown outcome, or was stopped by a limit
  130  interrupted (143: terminated); what was done is saved, --resume goes on`;
