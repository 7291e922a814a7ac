/** Help without what makes it: the pages were written when the program was compiled. */
import type { Output } from '../output/shell.ts';
import { widestHelp } from './help.ts';

/**
 * The help that a command line asks for. Loading every flag of a command only to list them takes longer than Node's own start.
 * `null`: it asks for something else, or is shown on less than its width, for which it is laid out anew.
 */
export async function helpPage(args: readonly string[], output: Pick<Output, 'columns'>): Promise<string | null> {
  const asks = ['-h', '--help'].includes(args.at(-1) ?? '');
  if (!asks || output.columns < widestHelp) return null;
  const { pages } = await import('./help-pages.ts');
  const words = args.slice(0, -1).join(' ');
  return Object.hasOwn(pages, words) ? (pages[words] ?? null) : null;
}
