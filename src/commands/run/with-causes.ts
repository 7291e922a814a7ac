import { join } from 'node:path';
import { signalExitCode } from '../../domain/result/exit-code.ts';
import type { ResultHead } from '../../domain/result/result.ts';
import { findCauses, type Causes } from '../../reading/blame/find-causes.ts';
import { causeWarnings, causedResult, driftingUnits } from '../../result/caused-result.ts';
import { requireSameOrganization, type Baseline } from '../../result/compare.ts';
import { completeResult } from '../../result/complete.ts';
import type { AuditFlags } from '../line/flags.ts';
import type { Shell } from '../output/shell.ts';
import type { AuditRun } from './audit-run.ts';

/** How a run is ended, and whether pools may be changed after it. */
export type CauseFlags = Pick<AuditFlags, 'exitZero'> & { readonly changesPools: boolean };

/**
 * The run with who changed its pools: as CloudTrail tells, where the settings ask, and as the baseline knew, where pools
 * may be changed. One that is interrupted meanwhile says so, and can be gone on with.
 */
export async function withCauses(
  run: AuditRun,
  baseline: Baseline | null,
  flags: CauseFlags,
  shell: Shell,
): Promise<AuditRun> {
  const { reading, result, loaded, directory } = run;
  const { blame } = loaded.settings;
  const earlier = baseline?.result ?? null;
  if (reading.interrupted || !(blame || (flags.changesPools && earlier !== null))) return run;
  if (baseline !== null && earlier !== null) requireSameOrganization(result.head, earlier.head, baseline.file);
  const causes = blame ? await causesOf(run, shell) : null;
  if (causes === 'interrupted') return interrupted(run, flags, shell);
  const caused = await causedResult(result, causes, earlier, join(directory.resultFolder, 'caused'));
  return { ...run, result: { ...caused, head: headAfter(run, causes, flags) } };
}

async function causesOf({ result, session, loaded }: AuditRun, shell: Shell): Promise<Causes | 'interrupted'> {
  const { connection: cloud, calls } = session;
  try {
    return await findCauses(driftingUnits(result), { cloud, calls, limits: loaded.settings.limits });
  } catch (error) {
    if (!shell.signal.aborted) throw error;
    return 'interrupted';
  }
}

function headAfter(run: AuditRun, causes: Causes | null, { exitZero }: CauseFlags): ResultHead {
  const { head } = run.result;
  if (causes === null) return head;
  const ending = { signal: null, changesFailed: false, exitZero };
  return completeResult(headNow(run), ending, head.warnings, causeWarnings(causes, run.loaded.settings.limits));
}

function interrupted(run: AuditRun, { exitZero }: CauseFlags, shell: Shell): AuditRun {
  run.keep();
  const head = headNow(run);
  const ending = { signal: signalExitCode(shell.signal), changesFailed: false, exitZero };
  const cut = { ...head, run: { ...head.run, interrupted: true } };
  return {
    ...run,
    reading: { ...run.reading, interrupted: true },
    result: { ...run.result, head: completeResult(cut, ending, head.warnings) },
  };
}

/** What was asked of CloudTrail took its time and its calls. */
function headNow({ result: { head }, session }: AuditRun): ResultHead {
  const finishedAt = session.clock.date().toISOString();
  return {
    ...head,
    run: { ...head.run, finishedAt },
    summary: { ...head.summary, api: { ...session.counts } },
  };
}
