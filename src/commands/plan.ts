import { signalExitCode, type SignalExitCode } from '../domain/result/exit-code.ts';
import { clockWarningsIn } from '../domain/result/clock-warnings.ts';
import { sealPlan, type Plan } from '../domain/remediation/model/plan.ts';
import type { Result } from '../domain/result/result.ts';
import { planOrganization, type OrganizationPlan } from '../remediate/plan/plan-organization.ts';
import { poolAccess } from '../remediate/apply/pool-access.ts';
import { withAuditRun, type AuditRun } from './run/audit-run.ts';
import { withCallsShown } from './run/aws-session.ts';
import { withCauses } from './run/with-causes.ts';
import type { AuditFlags } from './line/flags.ts';
import { loadInputs } from './run/inputs.ts';
import type { Baseline } from '../result/compare.ts';
import { openBaseline } from './run/open-baseline.ts';
import type { RemediationReportFlags } from './line/remediation-flags.ts';
import type { PatchChoice } from '../report/plan/patch/choices.ts';
import { parseRemediationReports } from './output/write-plan-reports.ts';
import { flagsForApply, measureFor, poolsRead, planContext } from './change/remediation-rules.ts';
import { unreadPlaces } from './change/unread-places.ts';
import { planExitCode, planInWords, writePlan } from './change/write-plan.ts';
import { say, type Shell } from './output/shell.ts';

export type PlanFlags = Omit<AuditFlags, 'redact' | 'query'> &
  RemediationReportFlags & { readonly out: string; readonly patch?: PatchChoice };

/** Without it nothing is known of pools whose events have ended. */
function missing(baseline: Baseline | null): readonly string[] {
  if (baseline === null || baseline.result !== null) return [];
  return [`${baseline.file} is not there yet: no pool is known from it to be managed as code.`];
}

/** Audits, writes down everything that would be changed, and shows it. Changes nothing. */
export async function plan(flags: PlanFlags, shell: Shell): Promise<0 | 2 | 3 | SignalExitCode> {
  parseRemediationReports(flags);
  const loaded = await loadInputs(flags, shell, new Date());
  const { settings } = loaded;
  const baseline = await openBaseline(flags.baseline);
  return withAuditRun(loaded, flags, shell, true, async (audited) => {
    const run = await withCauses(audited, baseline, { ...flags, changesPools: true }, shell);
    const { result, reading } = run;
    if (reading.interrupted) return signalExitCode(shell.signal);
    const warnings = clockWarningsIn(result.head.warnings);
    if (!flags.quiet)
      for (const message of [
        ...warnings.map((each) => each.message),
        ...missing(baseline),
        ...(await unreadPlaces(result)),
      ])
        await say(shell, `warning: ${message}`);
    const organization = await withCallsShown('working out changes', run.session, flags, shell, () =>
      planFor(run, flags),
    );
    const made = planOf(result, organization, run.session.clock.date());
    const view = {
      plan: made,
      file: flags.out,
      applyFlags: flagsForApply(flags),
      limits: settings.remediation,
      warnings,
      names: organization.names,
      patches: {
        states: organization.wanted,
        choice: flags.patch ?? null,
        managedTags: settings.remediation.managedTags,
      },
    };
    await run.afterReading(() => writePlan(view, flags, shell));
    const { open } = result.head.summary.gaps;
    const exitCode = planExitCode(made, open, flags.exitZero);
    await say(shell, `exit ${exitCode}: ${planInWords(made, open, flags.out)}`);
    return exitCode;
  });
}

function planFor(
  { loaded, session, result, directory }: AuditRun,
  { maxAge }: Pick<PlanFlags, 'maxAge'>,
): Promise<OrganizationPlan> {
  const { connection, calls } = session;
  const { limits, remediation } = loaded.settings;
  const pools = poolAccess({ cloud: connection, calls, limits });
  const context = planContext(loaded, 'person', session.clock.latestAt(new Date(directory.startedAt)));
  const measure = measureFor(session, loaded.settings, maxAge);
  return planOrganization({ result, context, pools, measure, limits: remediation, signal: calls.signal });
}

function planOf(result: Result, { changes, refused }: OrganizationPlan, createdAt: Date): Plan {
  const { run, tool, complete } = result.head;
  return sealPlan({
    schemaVersion: '1',
    kind: 'Plan',
    origin: 'policies',
    journal: null,
    createdAt: createdAt.toISOString(),
    tool,
    organizationId: run.organizationId,
    runId: run.id,
    callerArn: run.callerArn,
    endpoints: run.endpoints,
    complete,
    poolsRead: poolsRead(result),
    policies: run.policies,
    changes,
    refused,
  });
}
