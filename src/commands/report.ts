import type { ExitCode } from '../domain/result/exit-code.ts';
import { compareResult } from '../result/compare.ts';
import { UserError } from '../errors.ts';
import { exitSentence } from '../report/text/exit-sentence.ts';
import { mergeResults } from '../result/merge/merge-results.ts';
import { openBaseline } from './run/open-baseline.ts';
import type { ReportFlags, ReportRenderFlags } from './line/flags.ts';
import { afterSaved } from './output/next-steps.ts';
import { parseReportOutputs, requireWritable, writeReports } from './output/write-reports.ts';
import { inScratchFolder } from './run/scratch-folder.ts';
import { openSavedResults } from './run/standard-input.ts';
import { verify } from './evidence-verify.ts';
import type { Shell } from './output/shell.ts';

export interface SavedReportFlags extends ReportRenderFlags, ReportFlags {
  readonly report?: readonly string[];
  readonly verify?: string;
}

/** Renders saved results and exits with the saved code; or checks an evidence pack. */
export async function report(files: readonly string[], flags: SavedReportFlags, shell: Shell): Promise<ExitCode> {
  if (flags.verify !== undefined) return verified(files, flags.verify, shell);
  if (files.length === 0) throw new UserError('Name a saved result: mfa-drift report result.json');
  const outputs = parseReportOutputs(flags.report ?? ['table'], shell.env);
  await requireWritable(flags, outputs);
  // Of several results, or of one that came by a pipe, no file holds what show could look at.
  const only = files.length === 1 && files[0] !== '-' ? files[0] : undefined;
  return inScratchFolder(async (folder) => {
    const merged = mergeResults(await openSavedResults(files, folder), flags.maxAge);
    const baseline = await openBaseline(flags.baseline);
    const result = baseline === null ? merged : await compareResult(merged, baseline, folder, null);
    await writeReports(
      result,
      outputs,
      flags,
      shell,
      only === undefined ? undefined : afterSaved(only, { settings: {} }),
    );
    await shell.stderr.write(`${exitSentence(result.head)}\n`);
    return result.head.run.exitCode;
  });
}

function verified(files: readonly string[], folder: string, shell: Shell): Promise<ExitCode> {
  if (files.length === 0) return verify(folder, shell);
  throw new UserError(`--verify checks the pack in ${folder} and renders nothing: leave ${files.join(', ')} out.`);
}
