import { visible } from '../../escape/visible.ts';

/** A command as it is typed: words that a shell would take apart stand in quotes. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${visible(word).replaceAll("'", "'\\''")}'`;
}
