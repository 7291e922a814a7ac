import { writeFileAtomically } from '../../atomic-file.ts';
import { limitChanges } from '../../domain/remediation/plan/limits.ts';
import type { Plan } from '../../domain/remediation/model/plan.ts';
import { exitCodeWithoutChanges } from '../../domain/result/exit-code.ts';
import { counted } from '../../number-format.ts';
import type { ApplyLimits } from '../../remediate/apply/apply.ts';
import type { PlanView } from '../../report/plan/plan-view.ts';
import { planFormats, planText } from '../../report/plan/registry.ts';
import type { RemediationReportFlags } from '../line/remediation-flags.ts';
import type { Shell } from '../output/shell.ts';
import { writeFormatOutputs } from '../output/format-outputs.ts';
import { parseRemediationReports } from '../output/write-plan-reports.ts';

export interface PlanToWrite extends Omit<PlanView, 'overLimit'> {
  readonly limits: ApplyLimits;
}

/** Writes the plan file, for its owner's eyes, and shows the plan. */
export async function writePlan(
  { limits, ...shown }: PlanToWrite,
  flags: RemediationReportFlags,
  shell: Shell,
): Promise<void> {
  const { plan, file } = shown;
  await writeFileAtomically(file, [planText(plan)], { mode: 0o600 });
  const overLimit = limitChanges(plan.changes.length, plan.poolsRead, limits)?.message ?? null;
  await writeFormatOutputs({ ...shown, overLimit }, planFormats, parseRemediationReports(flags), flags, shell);
}

/** @param openGaps in how many places something could not be read */
export function planExitCode({ changes, refused }: Plan, openGaps: number, exitZero: boolean): 0 | 2 | 3 {
  return exitCodeWithoutChanges({ openGaps, failingPools: changes.length + refused.length, exitZero });
}

export function planInWords({ changes, refused }: Plan, openGaps: number, file: string): string {
  const rollingOut = refused.filter(({ code }) => code === 'rolling-out').length;
  const others = refused.length - rollingOut;
  const parts = [
    ...(openGaps > 0 ? [`not everything could be read (${counted(openGaps, 'place')})`] : []),
    ...(changes.length > 0 ? [`${counted(changes.length, 'pool')} would change`] : []),
    ...(others > 0 ? [`${counted(others, 'change is', 'changes are')} refused`] : []),
    ...(rollingOut > 0 ? [`${counted(rollingOut, 'pool is', 'pools are')} rolling out`] : []),
    ...(changes.length + refused.length === 0 ? ['there is nothing to change'] : []),
  ];
  return `${parts.join('; ')}; nothing was changed; the plan is in ${file}`;
}
