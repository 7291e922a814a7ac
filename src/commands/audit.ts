import { dirname, join } from 'node:path';
import type { ExitCode } from '../domain/result/exit-code.ts';
import { completeResult } from '../result/complete.ts';
import { compareResult, type Baseline } from '../result/compare.ts';
import type { RunDirectory } from '../run-directory/run-directory.ts';
import type { Result } from '../domain/result/result.ts';
import type { FormatOptions } from '../report/format.ts';
import { json } from '../report/formats/json.ts';
import { resultFile } from '../evidence/pack-files.ts';
import { requireHistory } from '../history/layout.ts';
import { redactedCopy } from '../result/redact.ts';
import type { RemediateFlags } from './audit-remediate.ts';
import type { AuditFlags } from './line/flags.ts';
import type { ApplyLedger } from './change/apply-ledger.ts';
import { deliverAfterAudit, targetsOfAudit } from './deliver/after-audit.ts';
import { openBaseline } from './run/open-baseline.ts';
import { withAuditRun, type AuditRun } from './run/audit-run.ts';
import { withCauses } from './run/with-causes.ts';
import { loadInputs } from './run/inputs.ts';
import { afterAudit } from './output/next-steps.ts';
import { parseReportOutputs, requireWritable, writeReports, type ReportOutput } from './output/write-reports.ts';
import { say, type Shell } from './output/shell.ts';

export interface AuditHow {
  /** Whether a named run directory stays, and an interrupted run can be resumed. */
  readonly leavesRun: boolean;
  /** What the reader may type next. */
  readonly next: NonNullable<FormatOptions['next']>;
}

/** The main job: read what is in scope, judge it, report. Resolves with the exit code. */
export async function audit(
  flags: AuditFlags & RemediateFlags,
  shell: Shell,
  { leavesRun, next }: AuditHow = { leavesRun: true, next: afterAudit(flags) },
): Promise<ExitCode> {
  const remediation = flags.remediate === true ? await import('./audit-remediate.ts') : null;
  await remediation?.requireRemediable(flags);
  const loaded = await loadInputs(flags, shell, new Date());
  const outputs = parseReportOutputs(loaded.settings.reports, shell.env);
  await requireWritable(flags, outputs);
  if (flags.history !== undefined) await requireHistory(flags.history);
  const baseline = await openBaseline(flags.baseline);
  // What a sandbox plays is nobody's night.
  const targets = leavesRun ? await targetsOfAudit(loaded.settings.deliver, flags, shell) : [];
  const work = (fix: Fix | null): Promise<ExitCode> =>
    withAuditRun(loaded, flags, shell, leavesRun, async (run) => {
      const { directory } = run;
      const known = await withCauses(run, baseline, { ...flags, changesPools: remediation !== null }, shell);
      const judged = fix === null ? known.result : await fix.remediate(known);
      const result = await comparedWith(baseline, judged, flags, directory);
      fix?.ledger.saves(() => json(afterFailure(result)));
      await run.afterReading(async () => {
        await writeReports(result, outputs, flags, shell, next);
        if (flags.history !== undefined) await keepNight(flags.history, result, shell);
      });
      const ended = await deliverAfterAudit(
        targets,
        result,
        { last: baseline?.result ?? null, settings: loaded.settings, saved: savedIn(outputs, flags) },
        flags,
        shell,
      );
      await say(shell, `${ended.sentence}${leavesRun ? resumeHint(result, directory) : ''}`);
      return ended.exitCode;
    });
  if (remediation === null) return work(null);
  const how = { flags, folder: folderOf(outputs), shell };
  return remediation.withLedger('audit', shell, (ledger) =>
    work({ ledger, remediate: (run) => remediation.remediate(run, { ...how, ledger }) }),
  );
}

/** What a fixing audit has beside the others. */
interface Fix {
  readonly ledger: ApplyLedger;
  remediate(run: AuditRun): Promise<Result>;
}

/** The library that writes Parquet is loaded only where a history is kept. */
async function keepNight(folder: string, result: Result, shell: Shell): Promise<void> {
  const { addNight } = await import('../history/add-night.ts');
  const { night, isNew } = await addNight(folder, redactedCopy(result));
  await say(shell, `${isNew ? 'added to' : 'already in'} the history in ${folder}: ${night.date}, run ${night.runId}`);
}

/** As it is saved where a report of it could not be written. */
function afterFailure(result: Result): Result {
  const ending = { signal: null, changesFailed: true, exitZero: false };
  return { ...result, head: completeResult(result.head, ending, result.head.warnings) };
}

/** Where the night's reports land, so does its journal. */
function folderOf(outputs: readonly ReportOutput[]): string {
  const file = outputs.find((output) => output.file !== null && !output.appends)?.file ?? null;
  return file === null ? '.' : dirname(file);
}

/** `null`: it was printed, or not saved at all. */
function savedIn(outputs: readonly ReportOutput[], { evidence }: AuditFlags): string | null {
  const whole = outputs.find(({ format, file }) => (format === 'json' || format === 'ndjson') && file !== null);
  return whole?.file ?? (evidence === undefined ? null : join(evidence, resultFile));
}

function comparedWith(
  baseline: Baseline | null,
  result: Result,
  flags: AuditFlags,
  { resultFolder }: RunDirectory,
): Promise<Result> {
  if (baseline === null) return Promise.resolve(result);
  return compareResult(result, baseline, join(resultFolder, 'compared'), flags);
}

function resumeHint({ head }: Result, { folder }: RunDirectory): string {
  return head.run.interrupted ? `; go on with it: --resume (the run is in ${folder})` : '';
}
