/** A command, run inside the test's process: as the program does it, without a new Node each time. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../src/commands/line/program.ts';
import type { Output, Shell } from '../../src/commands/output/shell.ts';
import type { SavedResult } from '../oracle/result-verdicts.ts';

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** Plays a person at a terminal. */
  readonly ask?: Shell['ask'];
  readonly line?: Shell['line'];
  /** Whether standard output and standard error are one. */
  readonly isTerminal?: boolean;
  readonly columns?: number;
  /** May make a stream fail. */
  readonly spoil?: (name: 'stdout' | 'stderr', output: Output) => Output;
  /** May hasten the waiting. */
  readonly clock?: Shell['clock'];
  /** Interrupts it. */
  readonly signal?: AbortSignal;
}

/** The environment also stands in `process.env` meanwhile, where the AWS SDK looks. */
export async function run(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  {
    ask = null,
    line,
    isTerminal = false,
    columns = 80,
    spoil = (_name, output) => output,
    clock,
    signal = new AbortController().signal,
  }: Surroundings = {},
): Promise<Ended> {
  const stdout = collector(isTerminal, columns);
  const stderr = collector(isTerminal, columns);
  const before = { ...process.env };
  exportVariables(environment);
  const shell: Shell = {
    env: process.env,
    exportVariables,
    stdout: spoil('stdout', stdout),
    stderr: spoil('stderr', stderr),
    ask,
    line,
    clock,
    signal,
    passSignals: () => undefined,
  };
  try {
    const exitCode = await runProgram(args, shell);
    return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function exportVariables(variables: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) delete process.env[name];
    else process.env[name] = value;
  }
}

/** An audit of the workspace, and the result it saved. */
export async function audit(
  workspace: string,
  environment: Readonly<Record<string, string>>,
  name = 'result',
): Promise<Ended & { readonly result: SavedResult; readonly text: string }> {
  const file = join(workspace, `${name}.json`);
  const args = ['audit', '--config', join(workspace, 'mfa-drift.yaml'), '--policies', join(workspace, 'policies')];
  const ended = await run(
    [...args, '--run-dir', join(workspace, 'run'), '--report', `json=${file}`, '--quiet', '--log-level', 'error'],
    environment,
  );
  const text = await readFile(file, 'utf8');
  return { ...ended, text, result: JSON.parse(text) };
}

function collector(isTerminal: boolean, columns: number): Output & { text(): string } {
  let collected = '';
  return {
    isTerminal,
    columns,
    write: (text) => {
      collected += text;
      return Promise.resolve();
    },
    text: () => collected,
  };
}
