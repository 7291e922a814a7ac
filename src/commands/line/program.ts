/**
 * The command line: every command, its flags, its help. A command's flags and its own module are loaded only when it is
 * named, so that `--help` starts as fast as it can.
 */
import { Command, CommanderError } from 'commander';
import { visibleLines } from '../../escape/visible.ts';
import { version } from '../../version.ts';
import type { Choose, Run } from './dispatch.ts';
import { widestHelp } from './help.ts';
import type { Shell } from '../output/shell.ts';
import { shells } from '../completion/shells.ts';
import { exitMeanings } from '../../domain/result/exit-code.ts';

interface NamedCommand {
  readonly name: string;
  readonly description: string;
  /** Its name as help shows it, and what it is. */
  readonly argument?: readonly [name: string, description: string];
  /** Loads what gives the command its flags, its help and its action. */
  readonly load: () => Promise<(command: Command, choose: Choose) => void>;
}

const commands: readonly NamedCommand[] = [
  {
    name: 'init',
    description: 'Write a configuration, a first policy and what runs it every night; nothing is overwritten.',
    load: async () => (await import('./define/define-init.ts')).defineInit,
  },
  {
    name: 'audit',
    description: 'Read every user pool in scope, compare it with the policies, and report.',
    load: async () => (await import('./define/define-reading.ts')).defineAudit,
  },
  {
    name: 'show',
    description: 'Show one pool: its configuration, and what every policy says of it and why.',
    argument: ['<pool>', "a user pool's ARN, or its id with --account and --region"],
    load: async () => (await import('./define/define-reading.ts')).defineShow,
  },
  {
    name: 'readiness',
    description:
      'Measure how many users of a pool could still sign in if MFA were required, and why the others could not.',
    argument: ['[pool...]', "user pools' ARNs, or the id of one with --account and --region; none with --policies"],
    load: async () => (await import('./define/define-reading.ts')).defineReadiness,
  },
  {
    name: 'plan',
    description: 'Audit, then write down exactly what would be changed, and show it. Changes nothing.',
    load: async () => (await import('./define/define-remediation.ts')).definePlan,
  },
  {
    name: 'apply',
    description: 'Carry exactly that plan out, as far as everything still is as planned; every pool is read back.',
    argument: ['<plan>', 'the file that mfa-drift plan wrote'],
    load: async () => (await import('./define/define-remediation.ts')).defineApply,
  },
  {
    name: 'rollback',
    description: 'Undo what a journal says was changed, newest first, and leave alone what others changed since.',
    argument: ['<journal>', 'the journal of apply, or of audit --remediate'],
    load: async () => (await import('./define/define-remediation.ts')).defineRollback,
  },
  {
    name: 'journal',
    description: 'Show what a journal says was changed, and its digest, by which rollback knows it.',
    argument: ['<journal>', 'the journal of apply, of audit --remediate, or of rollback'],
    load: async () => (await import('./define/define-remediation.ts')).defineJournal,
  },
  {
    name: 'report',
    description: 'Render saved results into any format; several are merged.',
    argument: ['[result...]', 'saved results (json or ndjson; - is standard input); several are the shards of one run'],
    load: async () => (await import('./define/define-report.ts')).defineReport,
  },
  {
    name: 'history',
    description: 'Keep nights in Parquet, for DuckDB, Athena and Spark to ask; check and prune them.',
    load: async () => (await import('./define/define-history.ts')).defineHistory,
  },
  {
    name: 'deliver',
    description: 'Tell a saved result where people look: only what is new since the night before.',
    argument: ['<result...>', 'saved results (json or ndjson; - is standard input); several are the shards of one run'],
    load: async () => (await import('./define/define-deliver.ts')).defineDeliver,
  },
  {
    name: 'policy',
    description: 'Check, test and begin policies.',
    load: async () => (await import('./define/define-policy.ts')).definePolicy,
  },
  {
    name: 'doctor',
    description: 'Check credentials, Organizations access, every role and every region, and say how to mend each.',
    load: async () => (await import('./define/define-reading.ts')).defineDoctor,
  },
  {
    name: 'demo',
    description: 'Audit a sandboxed organization inside this process: no AWS account is needed.',
    load: async () => (await import('./define/define-reading.ts')).defineDemo,
  },
  {
    name: 'completion',
    description: 'Print what makes a shell complete commands, options and their values.',
    argument: ['<shell>', shells.join(', ')],
    load: async () => (await import('./define/define-completion.ts')).defineCompletion(wholeProgram),
  },
  {
    name: 'sandbox',
    description:
      'Run a command against an embedded AWS on loopback; without one, print how to point AWS clients at it.',
    argument: ['[command...]', 'what to run, after --; it gets nothing of your AWS settings'],
    load: async () => (await import('./define/define-reading.ts')).defineSandbox,
  },
];

/** Runs one command line and resolves with its exit code. Errors that the user can mend are thrown as UserError. */
export async function runProgram(args: readonly string[], shell: Shell): Promise<number> {
  const { said, run, exitCode } = await parseLine(args, shell.stdout.columns);
  if (said.out !== '') await shell.stdout.write(said.out);
  if (said.err !== '') await shell.stderr.write(said.err);
  return run === null ? exitCode : run(shell);
}

interface ParsedLine {
  readonly said: { readonly out: string; readonly err: string };
  /** `null`: it asks for help or the version, or is wrong. */
  readonly run: Run | null;
  readonly exitCode: number;
}

/** What a command line chooses, and what there is to say of it. */
export async function parseLine(args: readonly string[], columns: number): Promise<ParsedLine> {
  const said = { out: '', err: '' };
  const chosen: Run[] = [];
  const program = await defineProgram(
    (run) => chosen.push(run),
    (name) => args.includes(name),
  );
  forEachCommand(program, (command) =>
    command
      .configureOutput({
        writeOut: (text) => void (said.out += text),
        writeErr: (text) => void (said.err += visibleLines(text)),
      })
      .configureHelp({ helpWidth: Math.min(columns, widestHelp), subcommandTerm: nameAndArguments })
      .showHelpAfterError('See --help for what it takes.')
      .exitOverride(),
  );
  let exitCode = 0;
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    exitCode = error.exitCode === 0 ? 0 : 1;
  }
  const [run = null] = exitCode === 0 ? chosen : [];
  return { said, run, exitCode };
}

/** Every command with its flags, to be told of and not to be run. */
export function wholeProgram(): Promise<Command> {
  return defineProgram(
    () => undefined,
    () => true,
  );
}

async function defineProgram(choose: Choose, isNamed: (name: string) => boolean): Promise<Command> {
  const program = new Command('mfa-drift')
    .description(
      'Keeps multi-factor authentication honest across every Amazon Cognito user pool of an AWS organization.',
    )
    .version(version)
    .addHelpText('after', exitCodesHelp);
  for (const { name, description, argument, load } of commands) {
    const command = program.command(name).description(description);
    if (argument !== undefined) command.argument(...argument);
    if (isNamed(name)) (await load())(command, choose);
  }
  return program;
}

function nameAndArguments(command: Command): string {
  return `${command.name()} ${command.usage().replace('[options]', '').trim()}`;
}

function forEachCommand(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const child of command.commands) forEachCommand(child, change);
}

const exitCodesHelp = `
Exit codes:
${Object.entries(exitMeanings)
  .map(([code, { what }]) => `  ${code.padEnd(3)}  ${what}`)
  .join('\n')}`;
