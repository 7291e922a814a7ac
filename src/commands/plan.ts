import { exitCodeWithoutChanges, signalExitCode, type SignalExitCode } from '../domain/result/exit-code.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { clockWarningsIn } from '../domain/result/clock-warnings.ts';
import { limitChanges } from '../domain/remediation/plan/limits.ts';
import { sealPlan, type Plan } from '../domain/remediation/model/plan.ts';
import type { Result } from '../domain/result/result.ts';
import { planFormats, planText } from '../report/plan/registry.ts';
import type { PlanView } from '../report/plan/plan-view.ts';
import { planOrganization, type OrganizationPlan } from '../remediate/plan/plan-organization.ts';
import { poolAccess } from '../remediate/apply/pool-access.ts';
import { counted } from '../number-format.ts';
import { withJudgedRun, type JudgedRun } from './run/audit-run.ts';
import type { AuditFlags } from './line/flags.ts';
import { loadInputs } from './run/inputs.ts';
import type { RemediationReportFlags } from './line/remediation-flags.ts';
import { parseRemediationReports, writeRemediationReports } from './output/write-plan-reports.ts';
import { flagsForApply, poolsRead, remediationJudging } from './change/remediation-rules.ts';
import { say, type Shell } from './output/shell.ts';

export type PlanFlags = Omit<AuditFlags, 'redact' | 'query' | 'baseline'> &
  RemediationReportFlags & { readonly out: string };

/** Audits, writes down everything that would be changed, and shows it. Changes nothing. */
export async function plan(flags: PlanFlags, shell: Shell): Promise<0 | 2 | 3 | SignalExitCode> {
  const reports = parseRemediationReports(flags);
  const loaded = await loadInputs(flags, shell, new Date());
  const { settings } = loaded;
  return withJudgedRun(loaded, flags, shell, true, async (run) => {
    const { result, reading } = run;
    if (reading.interrupted) return signalExitCode(shell.signal);
    const warnings = clockWarningsIn(result.head.warnings);
    if (!flags.quiet) for (const { message } of warnings) await say(shell, `warning: ${message}`);
    const organization = await planFor(run);
    const made = planOf(result, organization, run.session.clock.date());
    await run.afterReading(() => writeFileAtomically(flags.out, [planText(made)], { mode: 0o600 }));
    const view: PlanView = {
      plan: made,
      file: flags.out,
      applyFlags: flagsForApply(flags),
      overLimit: limitChanges(made.changes.length, made.poolsRead, settings.remediation)?.message ?? null,
      warnings,
      names: organization.names,
    };
    await run.afterReading(() => writeRemediationReports(view, planFormats, reports, flags, shell));
    const exitCode = exitCodeOf(result, made, flags);
    await say(shell, `exit ${exitCode}: ${sentence(result, made, flags.out)}`);
    return exitCode;
  });
}

function planFor({ loaded, session, result, directory }: JudgedRun): Promise<OrganizationPlan> {
  const { connection, calls } = session;
  const { limits, remediation } = loaded.settings;
  const pools = poolAccess({ cloud: connection, calls, limits });
  const judging = remediationJudging(loaded, 'person', session.clock.latestAt(new Date(directory.startedAt)));
  return planOrganization({ result, judging, pools, maxUsers: remediation.maxUsers, signal: calls.signal });
}

function planOf(result: Result, { changes, refused }: OrganizationPlan, createdAt: Date): Plan {
  const { run, tool, complete } = result.head;
  return sealPlan({
    schemaVersion: '1',
    kind: 'Plan',
    createdAt: createdAt.toISOString(),
    tool,
    organizationId: run.organizationId,
    runId: run.id,
    endpoints: run.endpoints,
    complete,
    poolsRead: poolsRead(result),
    policies: run.policies,
    changes,
    refused,
  });
}

function exitCodeOf({ head }: Result, { changes, refused }: Plan, { exitZero }: PlanFlags): 0 | 2 | 3 {
  const failingPools = changes.length + refused.length;
  return exitCodeWithoutChanges({ openGaps: head.summary.gaps.open, failingPools, exitZero });
}

function sentence({ head }: Result, { changes, refused }: Plan, file: string): string {
  const { open } = head.summary.gaps;
  const parts = [
    ...(open > 0 ? [`not everything could be read (${counted(open, 'place')})`] : []),
    ...(changes.length > 0 ? [`${counted(changes.length, 'pool')} would change`] : []),
    ...(refused.length > 0 ? [`${counted(refused.length, 'change is', 'changes are')} refused`] : []),
    ...(changes.length + refused.length === 0 ? ['there is nothing to change'] : []),
  ];
  return `${parts.join('; ')}; nothing was changed; the plan is in ${file}`;
}
