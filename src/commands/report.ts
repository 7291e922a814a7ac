import { exitSentence } from '../report/exit-sentence.ts';
import { mergeResults } from '../report/saved/merge-results.ts';
import { openSavedResult } from '../report/saved/open-result.ts';
import { compareResult } from '../audit/compare-result.ts';
import { openBaseline } from './baseline.ts';
import type { ReportFlags, ReportRenderFlags } from './flags.ts';
import { parseReportTargets, requireReadableQuery, writeReports } from './reports.ts';
import { inScratchFolder } from './scratch-folder.ts';
import type { Shell } from './shell.ts';

/** Renders saved results; exits with the saved code. */
export async function report(
  files: readonly string[],
  flags: ReportRenderFlags & ReportFlags,
  shell: Shell,
): Promise<number> {
  const targets = parseReportTargets(flags.report ?? ['table'], shell.env);
  await requireReadableQuery(flags.query, targets);
  const results = [];
  for (const file of files) results.push(await openSavedResult(file));
  const merged = mergeResults(results, flags.maxAge);
  const baseline = await openBaseline(flags.baseline);
  return inScratchFolder(async (folder) => {
    const result = baseline === null ? merged : await compareResult(merged, baseline, folder, null);
    await writeReports(result, targets, flags, shell);
    await shell.stderr.write(`${exitSentence(result.head)}\n`);
    return result.head.run.exitCode;
  });
}
