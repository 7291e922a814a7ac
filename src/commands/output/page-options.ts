import type { PageOptions } from '../../report/format.ts';
import type { Masking } from '../../result/redact.ts';
import type { OutputFlags } from '../line/flags.ts';
import type { Output, Shell } from './shell.ts';

const widthWithoutTerminal = 120;

/** What a pipe or a file takes for the width of a page: COLUMNS, else 120. */
export function columnsWithoutTerminal(env: Shell['env']): number {
  const columns = env['COLUMNS'] ?? '';
  return /^[1-9]\d{0,4}$/.test(columns) ? Number(columns) : widthWithoutTerminal;
}

/** Colour where a person looks at it, or was asked for. */
export function wantsColor(
  { color }: Pick<OutputFlags, 'color'>,
  { env, stdout }: Pick<Shell, 'env' | 'stdout'>,
): boolean {
  if (color !== 'auto') return color === 'on';
  return stdout.isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** What is masked in files, in pipes and in formats made to be shared, unless `--no-redact` says that nothing is. */
export function sharedMasking(redact: boolean | undefined): Masking {
  return redact === false ? 'nothing' : 'shared';
}

/** What is masked on a page for reading: at a terminal sits whoever must see whose role to mend. */
export function pageMasking(redact: boolean | undefined, { isTerminal }: Pick<Output, 'isTerminal'>): Masking {
  return redact === undefined && isTerminal ? 'secrets' : sharedMasking(redact);
}

/** A page that is written to one of the process's streams, whatever else goes to the other. */
export function pageOn(
  output: Output,
  { color, redact }: Pick<OutputFlags, 'color'> & { readonly redact?: boolean | undefined },
  { env }: Pick<Shell, 'env'>,
): PageOptions {
  return {
    columns: output.columns,
    color: wantsColor({ color }, { stdout: output, env }),
    masking: pageMasking(redact, output),
    fallbackFile: 'mfa-drift.yaml',
  };
}
