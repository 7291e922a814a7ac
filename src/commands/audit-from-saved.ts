import type { ExitCode } from '../domain/result/exit-code.ts';
import { join } from 'node:path';
import { compareResult } from '../result/compare.ts';
import { narrowed } from '../result/narrow.ts';
import { asksForMasked } from '../domain/policy/advice/masked-fields.ts';
import { UserError } from '../errors.ts';
import { exitSentence } from '../report/text/exit-sentence.ts';
import { causedResult } from '../result/caused-result.ts';
import { openSavedResult, type SavedResult } from '../result/saved/open.ts';
import { openBaseline } from './run/open-baseline.ts';
import type { AuditFlags } from './line/flags.ts';
import { loadInputs } from './run/inputs.ts';
import { evaluateSaved } from '../result/evaluate-saved.ts';
import { afterSaved } from './output/next-steps.ts';
import { parseReportOutputs, requireWritable, writeReports } from './output/write-reports.ts';
import { inScratchFolder } from './run/scratch-folder.ts';
import type { Shell } from './output/shell.ts';
import { sayUsed, usedOffline } from './output/used-files.ts';
import type { RunInputs } from '../domain/policy/run-inputs.ts';

export type ReplayFlags = AuditFlags & { readonly from: string };

/**
 * `audit --from`: the policies of now on what a saved run read, without AWS and without credentials. Compared with the
 * saved result itself, unless a baseline is named, so that reports show which verdicts change. Resolves with the exit
 * code that the new verdicts make.
 */
export async function replay(flags: ReplayFlags, shell: Shell): Promise<ExitCode> {
  requireOffline(flags);
  const now = new Date();
  const loaded = await loadInputs(flags, shell, now);
  await sayUsed(loaded.settings, flags, shell)(usedOffline(loaded.settings, now));
  const outputs = parseReportOutputs(loaded.settings.reports, shell.env);
  await requireWritable(flags, outputs);
  const file = flags.from;
  const whole = await openSavedResult(file);
  if (whole.head.redacted) requireNothingMasked(loaded, whole);
  const saved = await narrowed(whole, { accounts: flags.account ?? null, regions: flags.region ?? null });
  const baseline = (await openBaseline(flags.baseline)) ?? { file, result: saved };
  return inScratchFolder(async (folder) => {
    const judged = await evaluateSaved({ loaded, saved, file, folder, flags, now });
    // A baseline that is the saved result itself tells who changed its pools; any other one can't.
    const caused =
      flags.baseline === undefined ? judged : await causedResult(judged, null, saved, join(folder, 'caused'));
    const result = await compareResult(caused, baseline, join(folder, 'compared'), flags);
    await writeReports(result, outputs, flags, shell, afterSaved(file, flags));
    await shell.stderr.write(`${exitSentence(result.head)}\n`);
    return result.head.run.exitCode;
  });
}

/** Flags that promise something of AWS. */
function requireOffline({ resume, runDir, shard }: ReplayFlags): void {
  const promised = [
    resume ? '--resume' : '',
    runDir === undefined ? '' : '--run-dir',
    shard === undefined ? '' : '--shard',
  ].filter((flag) => flag !== '');
  if (promised.length === 0) return;
  throw new UserError(`--from reads a saved result and not AWS: ${promised.join(' and ')} can't go with it.`);
}

function requireNothingMasked({ set }: RunInputs, { file }: SavedResult): void {
  const place = asksForMasked(set);
  if (place === null) return;
  throw new UserError(
    `--from: ${file} is a redacted copy, and ${place.file}:${place.line} asks for an external id, which is masked in it. ` +
      'Judge the result itself.',
  );
}
