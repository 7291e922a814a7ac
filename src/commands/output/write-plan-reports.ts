import { closest } from 'fastest-levenshtein';
import { requireWritableFile, writeFileAtomically } from '../../atomic-file.ts';
import { UserError } from '../../errors.ts';
import type { PageOptions } from '../../report/format.ts';
import { remediationFormats, type RemediationFormat } from '../../report/plan/format-names.ts';
import type { RemediationReportFlags } from '../line/remediation-flags.ts';
import { columnsWithoutTerminal, pageMasking, sharedMasking, wantsColor } from './page-options.ts';
import type { Shell } from './shell.ts';

export interface RemediationReport {
  readonly format: RemediationFormat;
  /** `null`: standard output. */
  readonly file: string | null;
}

/** Throws UserError for a format that does not exist, or a second report on standard output. */
export function parseRemediationReports({ report = ['table'] }: RemediationReportFlags): readonly RemediationReport[] {
  const reports = report.map(parseReport);
  if (reports.filter(({ file }) => file === null).length > 1)
    throw new UserError('Only one report can go to standard output: give the others a file, FORMAT=FILE.');
  return reports;
}

function parseReport(spec: string): RemediationReport {
  const [name = '', ...rest] = spec.split('=');
  const format = remediationFormats.find((known) => known === name);
  if (format === undefined)
    throw new UserError(
      `--report ${spec}: formats here are ${remediationFormats.join(', ')}. Did you mean ${closest(name, remediationFormats)}?`,
    );
  const file = rest.join('=');
  if (spec.includes('=') && file === '') throw new UserError(`--report ${spec}: there is no file after the "=".`);
  return { format, file: spec.includes('=') && file !== '-' ? file : null };
}

/** Before anything is changed: what can't be written at the end is an error now. */
export async function requireWritableReports(flags: RemediationReportFlags): Promise<void> {
  for (const { file } of parseRemediationReports(flags)) if (file !== null) await requireWritableFile(file);
}

type Draw<View> = (view: View, options: PageOptions) => Iterable<string>;

/** Writes every report. json keeps external ids, so that its file is for the owner's eyes. */
export async function writeRemediationReports<View>(
  view: View,
  formats: Readonly<Record<RemediationFormat, Draw<View>>>,
  reports: readonly RemediationReport[],
  flags: RemediationReportFlags,
  shell: Shell,
): Promise<void> {
  const asked = flags.redact ? undefined : false;
  const options: PageOptions = {
    columns: columnsWithoutTerminal(shell.env),
    color: false,
    masking: sharedMasking(asked),
    fallbackFile: 'mfa-drift.yaml',
  };
  for (const { format, file } of reports) {
    if (file === null) {
      const text = formats[format](view, {
        ...options,
        columns: shell.stdout.columns,
        color: wantsColor(flags, shell),
        masking: format === 'table' ? pageMasking(asked, shell.stdout) : options.masking,
      });
      for (const piece of text) await shell.stdout.write(piece);
    } else {
      await writeFileAtomically(file, formats[format](view, options), { mode: format === 'json' ? 0o600 : 0o644 });
    }
  }
}
