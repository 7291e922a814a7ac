/** `--report FORMAT[=FILE]` of the commands that have a few formats of their own. */
import { closest } from 'fastest-levenshtein';
import { requireWritableFile, writeFileAtomically } from '../../atomic-file.ts';
import { UserError } from '../../errors.ts';
import type { PageOptions } from '../../report/format.ts';
import { documentFormats, type DocumentFormat } from '../../report/format.ts';
import type { DocumentFlags, OutputFlags } from '../line/flags.ts';
import { columnsWithoutTerminal, pageMasking, sharedMasking, wantsColor } from './page-options.ts';
import type { Shell } from './shell.ts';

export interface FormatOutput<Name extends string> {
  readonly format: Name;
  /** `null`: standard output. */
  readonly file: string | null;
}

/** Throws UserError for a format that is not `known`, or a second report on standard output. */
export function parseFormatOutputs<Name extends string>(
  specs: readonly string[],
  known: readonly Name[],
): readonly FormatOutput<Name>[] {
  const outputs = specs.map((spec) => parseOutput(spec, known));
  if (outputs.filter(({ file }) => file === null).length > 1)
    throw new UserError('Only one report can go to standard output: give the others a file, FORMAT=FILE.');
  return outputs;
}

function parseOutput<Name extends string>(spec: string, known: readonly Name[]): FormatOutput<Name> {
  const [name = '', ...rest] = spec.split('=');
  const format = known.find((one) => one === name);
  if (format === undefined)
    throw new UserError(
      `--report ${spec}: formats here are ${known.join(', ')}. Did you mean ${closest(name, known)}?`,
    );
  const file = rest.join('=');
  if (spec.includes('=') && file === '') throw new UserError(`--report ${spec}: there is no file after the "=".`);
  return { format, file: spec.includes('=') && file !== '-' ? file : null };
}

/** Before anything is asked or changed: what can't be written at the end is an error now. */
export async function requireWritableOutputs(outputs: readonly FormatOutput<string>[]): Promise<void> {
  for (const { file } of outputs) if (file !== null) await requireWritableFile(file);
}

/** One format: a view, drawn in pieces. */
export type DrawFormat<View> = (view: View, options: PageOptions) => Iterable<string> | AsyncIterable<string>;

/** Writes every report. json may hold what is for its owner's eyes, and so does its file. */
export async function writeFormatOutputs<Name extends string, View>(
  view: View,
  formats: Readonly<Record<Name, DrawFormat<View>>>,
  outputs: readonly FormatOutput<Name>[],
  flags: Pick<OutputFlags, 'color'> & { readonly redact: boolean },
  shell: Shell,
): Promise<void> {
  const asked = flags.redact ? undefined : false;
  const options: PageOptions = {
    columns: columnsWithoutTerminal(shell.env),
    color: false,
    masking: sharedMasking(asked),
    fallbackFile: 'mfa-drift.yaml',
  };
  for (const { format, file } of outputs) {
    if (file === null) {
      const text = formats[format](view, {
        ...options,
        columns: shell.stdout.columns,
        color: wantsColor(flags, shell),
        masking: format === 'table' ? pageMasking(asked, shell.stdout) : options.masking,
      });
      for await (const piece of text) await shell.stdout.write(piece);
    } else {
      await writeFileAtomically(file, formats[format](view, options), { mode: format === 'json' ? 0o600 : 0o644 });
    }
  }
}

/** Of the commands that show something and change nothing. Throws UserError before anything is asked. */
export async function documentOutputs({
  report = ['table'],
}: DocumentFlags): Promise<readonly FormatOutput<DocumentFormat>[]> {
  const outputs = parseFormatOutputs(report, documentFormats);
  await requireWritableOutputs(outputs);
  return outputs;
}
