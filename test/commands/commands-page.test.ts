import type { Argument, Command, Option } from 'commander';
import { expect, it } from 'vitest';
import { wholeProgram } from '../../src/commands/line/program.ts';
import { markdownTable } from '../markdown-table.ts';

const program = await wholeProgram();

/** What the help says below the lists: examples, and what the exit codes mean. */
function closingOf(command: Command): { readonly examples: string; readonly exits: string } {
  let help = '';
  command.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp();
  const [, examples = '', exits = ''] = /\nExamples:\n(.*)\n\nExit codes: (.*)\n$/s.exec(help) ?? [];
  return { examples: examples.replaceAll(/^ {2}\$ /gm, ''), exits };
}

function optionRow({ flags, description, argChoices, defaultValue, defaultValueDescription }: Option): string[] {
  const choices = argChoices === undefined ? '–' : argChoices.map((choice) => `\`${choice}\``).join(', ');
  const isSaid = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  const preset = defaultValueDescription ?? (isSaid ? String(defaultValue) : null);
  return [`\`${flags}\``, inProse(description), choices, preset === null ? '–' : `\`${preset}\``];
}

function argumentLine(argument: Argument): string {
  return `\`${argument.name()}\`${argument.required ? '' : ' (may be left out)'}: ${inProse(argument.description)}`;
}

/** Angle brackets would be tags. */
function inProse(text: string): string {
  return text.replaceAll('<', '&lt;');
}

function section(command: Command, path: string): string {
  const help = command.createHelp();
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  const { examples, exits } = closingOf(command);
  return [
    `## \`${path}\``,
    inProse(command.description()),
    `\`\`\`text\n${help.commandUsage(command)}\n\`\`\``,
    ...command.registeredArguments.map(argumentLine),
    ...(options.length === 0
      ? []
      : [markdownTable(['option', 'what it does', 'one of', 'default'], options.map(optionRow))]),
    `\`\`\`sh\n${examples}\n\`\`\``,
    `Exit codes: ${inProse(exits)}`,
  ].join('\n\n');
}

function sections(command: Command, path: string): readonly string[] {
  return command.commands.length === 0
    ? [section(command, path)]
    : command.commands.flatMap((child) => sections(child, `${path} ${child.name()}`));
}

/** The page as the program has it; `npx vitest run commands-page --update` writes it anew. */
const page = `# Commands

Every command with its options, written from the program itself; a test holds it to that. The same stands in the \`--help\` of
each. \`mfa-drift\` is on the path as [Install](../README.md#install) says. What a flag says goes before [the variable and the file](configuration.md) that say the same. What a code means, a page of
[its own](codes.md) says.

${sections(program, program.name()).join('\n\n')}
`;

it('docs/commands.md has every command as the program has it', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/commands.md');
});

it('every command has examples, exit codes and an explanation for each option and argument', () => {
  const parts = sections(program, program.name());
  expect(parts.length).toBeGreaterThan(12);
  expect(parts.filter((part) => !/```sh\nmfa-drift /.test(part) || !/Exit codes: \S/.test(part))).toEqual([]);
  expect(parts.filter((part) => /\| \|/.test(part) || /: $/m.test(part))).toEqual([]);
});
