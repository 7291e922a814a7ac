import { placeKey } from '../domain/model/observation.ts';
import type { ChangeExitCode } from '../domain/result/exit-code.ts';
import type { Plan } from '../domain/remediation/model/plan.ts';
import { UserError } from '../errors.ts';
import type { ApprovedChange } from '../remediate/apply/preflight.ts';
import { openJournal, type Journal } from '../remediate/journal/journal.ts';
import { readPlan, requireAge, requireOrganization } from '../remediate/plan/read-plan.ts';
import { accountsNow } from './change/accounts-now.ts';
import { withLedger } from './change/apply-ledger.ts';
import { journalIdentity, withApplySession, type ApplySession } from './change/apply-session.ts';
import { carryOut, type CarryingOut } from './change/carry-out-plan.ts';
import { confirmationsFor } from './change/confirmations.ts';
import { requireNewHold } from './change/hold.ts';
import { basisOf } from './change/plan-basis.ts';
import { requireCertificates } from './change/remediation-rules.ts';
import { openRollbackJournal, withUndoneJournal } from './change/undone-journal.ts';
import type { ChangeFlags } from './line/remediation-flags.ts';
import { waitingOn, type Shell } from './output/shell.ts';
import { requireWritableReports } from './output/write-plan-reports.ts';

export interface ApplyFlags extends ChangeFlags {
  readonly digest?: string;
  /** Milliseconds. */
  readonly maxAge: number;
}

/** Carries a plan out, as far as everything is still as it was planned. Resolves with the exit code. */
export async function apply(file: string, flags: ApplyFlags, shell: Shell): Promise<ChangeExitCode> {
  requireCertificates(flags);
  await requireNewHold(flags.hold);
  await requireWritableReports(flags);
  const questions = confirmationsFor('apply', flags.yes, shell);
  const plan = await readPlan(file, { digest: flags.digest ?? null });
  if (flags.hold !== undefined && plan.journal === null)
    throw new UserError(`--hold ${flags.hold}: ${file} undoes nothing, so nothing is to be held. Nothing was changed.`);
  return withUndone(file, plan, flags, shell, (undone) =>
    withLedger('apply', shell, (ledger) =>
      withApplySession(flags, true, shell, async (run) => {
        requireAge(file, plan, flags.maxAge, run.session.clock);
        return applyPlan(file, plan, undone, { run, ledger, questions, flags, shell });
      }),
    ),
  );
}

/** The journal that a rollback's plan undoes must be as it was planned from; `null` for a plan of policies. */
function withUndone(
  file: string,
  { journal }: Plan,
  flags: ApplyFlags,
  shell: Shell,
  work: (undone: Journal | null) => Promise<ChangeExitCode>,
): Promise<ChangeExitCode> {
  if (journal === null) return work(null);
  return withUndoneJournal(journal.file, { digest: journal.digest, by: `the plan ${file}` }, flags, shell, work);
}

async function applyPlan(
  file: string,
  plan: Plan,
  undone: Journal | null,
  how: CarryingOut & { readonly flags: ApplyFlags },
): Promise<ChangeExitCode> {
  const { run, flags, shell } = how;
  const { organizationId, changes } = plan;
  const accountOf = await accountsNow({ file, organizationId }, changes, run);
  if (undone !== null) requireOrganization(undone.file, undone.identity.organizationId, organizationId);
  const basis = basisOf(plan, undone, accountOf, run, flags);
  const journal =
    undone === null
      ? await openPlanJournal(plan, flags, run, shell)
      : await openRollbackJournal(undone, flags, run, shell);
  const names = namesOf(basis.approved);
  const boundBy = flags.digest === undefined ? null : '--digest';
  try {
    const about = { command: 'apply', plan, digest: plan.digest, undone, journal, names, boundBy } as const;
    return await carryOut({ ...about, ...basis, looks: null, leftAlone: [] }, how);
  } finally {
    await journal.close();
  }
}

function openPlanJournal(
  { runId, digest, organizationId }: Plan,
  flags: ApplyFlags,
  run: ApplySession,
  shell: Shell,
): Promise<Journal> {
  const file = flags.journal ?? `mfa-drift.journal-${digest.replace('sha256:', '').slice(0, 12)}.ndjson`;
  const identity = journalIdentity({ runId, planDigest: digest, organizationId, rollback: false }, run);
  return openJournal(file, identity, () => run.session.clock.date(), waitingOn(shell, flags.quiet));
}

function namesOf(approved: readonly ApprovedChange[]) {
  return new Map(
    approved.map(({ change, account }) => [
      placeKey(change),
      { accountName: account?.name ?? null, poolName: change.poolName },
    ]),
  );
}
