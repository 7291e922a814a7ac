import { exitMeanings, type ExitCode, type SignalExitCode } from '../../domain/result/exit-code.ts';

/** In columns: wider lines are hard to read. */
export const widestHelp = 100;

/** A verb, by what it resolves with. */
type Verb = (...given: never[]) => Promise<ExitCode>;
type CodeOf<V extends Verb> = Awaited<ReturnType<V>>;

/**
 * What each exit code of a verb means: those that it resolves with, and 1, which every UserError makes. Signals mean the
 * same everywhere. A verb that resolves with the code of a result may say in words whose code that is.
 */
type ExitHelp<V extends Verb> =
  Readonly<Record<Exclude<CodeOf<V>, SignalExitCode> | 1, string>> | (ExitCode extends CodeOf<V> ? string : never);

/** The end of a command's help: examples that work, one a line, and what its exit codes mean. */
export function closingHelp<V extends Verb>(examples: readonly string[], exits: ExitHelp<V>): string {
  const said = typeof exits === 'string' ? exits : inALine(Object.entries<string>(exits));
  return `\nExamples:\n${examples.map((example) => `  $ ${example}\n`).join('')}\nExit codes: ${said}`;
}

/** Every code, in short: those of a command that ends with its result's. */
export function everyExit(): string {
  return inALine(Object.entries(exitMeanings).map(([code, { inShort }]) => [code, inShort]));
}

function inALine(exits: readonly (readonly [code: string, meaning: string])[]): string {
  return exits.map(([code, meaning]) => `${code} ${meaning}`).join(', ');
}
