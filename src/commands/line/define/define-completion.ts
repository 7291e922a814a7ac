import type { Command } from 'commander';
import type { completion } from '../../completion.ts';
import { shells, type ShellName } from '../../completion/shells.ts';
import type { Choose } from '../dispatch.ts';
import { closingHelp } from '../help.ts';

/** `wholeProgram` gives every command that there is to complete. */
export function defineCompletion(wholeProgram: () => Promise<Command>) {
  return (command: Command, choose: Choose): void => {
    for (const argument of command.registeredArguments) argument.choices(shells);
    command
      .addHelpText(
        'after',
        closingHelp<typeof completion>(
          [
            'mfa-drift completion bash > ~/.local/share/bash-completion/completions/mfa-drift',
            'mfa-drift completion zsh > ~/.zfunc/_mfa-drift',
            'mfa-drift completion fish > ~/.config/fish/completions/mfa-drift.fish',
          ],
          { 0: 'printed', 1: 'not' },
        ),
      )
      .action((shell: ShellName) =>
        choose(async (output) => (await import('../../completion.ts')).completion(shell, await wholeProgram(), output)),
      );
  };
}
