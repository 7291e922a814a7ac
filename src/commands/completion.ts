import type { Command } from 'commander';
import { bashScript } from './completion/bash.ts';
import { completable, type Completable } from './completion/completable.ts';
import { fishScript } from './completion/fish.ts';
import type { ShellName } from './completion/shells.ts';
import { zshScript } from './completion/zsh.ts';
import type { Shell } from './output/shell.ts';

const scripts: Readonly<Record<ShellName, (program: Completable) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Prints the script that makes a shell complete this program; the shell then runs nothing of ours to complete. */
export async function completion(shell: ShellName, program: Command, { stdout }: Shell): Promise<0> {
  await stdout.write(scripts[shell](completable(program)));
  return 0;
}
