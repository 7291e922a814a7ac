/** Every command's help at its widest. bundle.mjs asks for them once, and puts them in the place of this module. */
import type { Command } from 'commander';
import { widestHelp } from './help.ts';

// Where two import it, the bundler makes two files of it, and every command loads both.
const { parseLine, wholeProgram } = await import('./program.ts');

/** By the words of a command: `policy check`; those of the program itself are none. */
export const pages: Readonly<Record<string, string>> = Object.fromEntries(
  await Promise.all(
    wordsOfEach(await wholeProgram()).map(async (words): Promise<[string, string]> => {
      const { said } = await parseLine([...words, '--help'], widestHelp);
      return [words.join(' '), said.out];
    }),
  ),
);

/** Of a command and of all below it. */
export function wordsOfEach({ commands }: Command): readonly (readonly string[])[] {
  return [[], ...commands.flatMap((command) => wordsOfEach(command).map((words) => [command.name(), ...words]))];
}
