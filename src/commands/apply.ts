import type { ChangeExitCode } from '../domain/result/exit-code.ts';
import { namedUnits } from '../domain/policy/named-units.ts';
import { readingNeeds } from '../domain/policy/advice/reading-needs.ts';
import type { ApplyResult, PoolOutcome } from '../domain/remediation/model/outcome.ts';
import type { Plan } from '../domain/remediation/model/plan.ts';
import { accountsInScope, isRegionInScope } from '../remediate/plan/accounts-in-scope.ts';
import { applyChanges, type ApplyNumbers } from '../remediate/apply/apply.ts';
import { openJournal, type Journal } from '../remediate/journal/journal.ts';
import type { ApprovedChange } from '../remediate/apply/carry-out.ts';
import { placeKey } from '../ports/account-writer.ts';
import { readPlan, requireAge, requireOrganization } from '../remediate/plan/read-plan.ts';
import type { RemediationSettings } from '../domain/settings.ts';
import { applyQuestion } from '../report/plan/question.ts';
import { counted, wholeNumber } from '../number-format.ts';
import { withLedger } from './change/apply-ledger.ts';
import { confirmationsFor, reach, type Confirmations } from './change/confirmations.ts';
import {
  declined,
  journalIdentity,
  orderRules,
  reportApplied,
  sayJournal,
  applyPortsFor,
  withApplySession,
  type ApplySession,
} from './change/apply-session.ts';
import type { ChangeFlags } from './line/remediation-flags.ts';
import { pageOn } from './output/page-options.ts';
import { requireWritableReports } from './output/write-plan-reports.ts';
import { remediationJudging, requireCertificates } from './change/remediation-rules.ts';
import { say, waitingOn, type Shell } from './output/shell.ts';

export interface ApplyFlags extends ChangeFlags {
  readonly digest?: string;
  /** Milliseconds. */
  readonly maxAge: number;
}

/** Carries a plan out, as far as everything is still as it was planned. Resolves with the exit code. */
export async function apply(file: string, flags: ApplyFlags, shell: Shell): Promise<ChangeExitCode> {
  requireCertificates(flags);
  await requireWritableReports(flags);
  const questions = confirmationsFor('apply', flags.yes, shell);
  const plan = await readPlan(file, { digest: flags.digest ?? null });
  return withLedger('apply', shell, (ledger) =>
    withApplySession(flags, shell, async (run) => {
      requireAge(file, plan, flags.maxAge, run.session.clock);
      const approvals = await approvalsOf(file, plan, run);
      const journal = await journalOf(plan, flags, run, shell);
      ledger.opened(journal);
      try {
        const applied = await carryOut({ plan, approvals, run, journal, questions, flags, shell });
        if (applied === null) return await declined(journal, shell);
        const { warnings } = run;
        const about = { command: 'apply', warnings, journal, ledger, names: namesOf(approvals) } as const;
        return await reportApplied(applied, about, flags, shell);
      } finally {
        await journal.close();
      }
    }),
  );
}

/** The accounts are asked for again, so that what has left the scope since is seen. */
async function approvalsOf(
  file: string,
  plan: Plan,
  { loaded: { settings, set }, session: { connection, calls } }: ApplySession,
): Promise<readonly ApprovedChange[]> {
  const scope = { settings, needs: readingNeeds(set, settings), namedUnits: namedUnits(set) };
  const ids = new Set(plan.changes.map(({ accountId }) => accountId));
  const { organizationId, accounts } = await accountsInScope(connection, calls, scope, ids);
  requireOrganization(file, plan.organizationId, organizationId);
  return plan.changes.map((change) => {
    const account = isRegionInScope(settings.regions, change.region) ? accounts.get(change.accountId) : undefined;
    return { change, account: account ?? null };
  });
}

function journalOf(
  { runId, digest, organizationId }: Plan,
  flags: ApplyFlags,
  run: ApplySession,
  shell: Shell,
): Promise<Journal> {
  const file = flags.journal ?? `mfa-drift.journal-${digest.replace('sha256:', '').slice(0, 12)}.ndjson`;
  const identity = journalIdentity({ runId, planDigest: digest, organizationId, rollback: false }, run);
  return openJournal(file, identity, () => run.session.clock.date(), waitingOn(shell, flags.quiet));
}

interface CarryOut {
  readonly plan: Plan;
  readonly approvals: readonly ApprovedChange[];
  readonly run: ApplySession;
  readonly journal: Journal;
  readonly questions: Confirmations;
  readonly flags: ApplyFlags;
  readonly shell: Shell;
}

async function carryOut(options: CarryOut): Promise<ApplyResult | null> {
  const { plan, approvals, run, journal, questions, shell } = options;
  const { loaded, progress } = run;
  await progress.begin('reading pools again', approvals.length);
  const ports = applyPortsFor(run, journal);
  const applied = await applyChanges({
    approvals,
    judging: remediationJudging(loaded, 'person', run.session.clock.latest()),
    ports,
    order: orderRules(run, shell.signal, questions),
    limits: loaded.settings.remediation,
    poolsRead: plan.poolsRead,
    looked: () => progress.ended(),
    begin: (numbers) => begin(numbers, options),
  });
  await progress.hide();
  return applied;
}

/** What is said before the first write, and the answer to it. */
async function begin(
  numbers: ApplyNumbers,
  { plan, approvals, run, journal, questions, flags, shell }: CarryOut,
): Promise<boolean> {
  const { progress, loaded } = run;
  await progress.hide();
  const sentences = [...numbersInWords(numbers, plan), ...ownClaims(plan, flags, loaded.settings.remediation)];
  const changes = numbers.ready.map(({ change }) => change);
  const goesOn = await questions.begin(
    applyQuestion(
      changes,
      namesOf(approvals),
      sentences,
      pageOn(shell.stderr, { ...flags, redact: flags.redact ? undefined : false }, shell),
    ),
  );
  run.hold();
  if (!goesOn) return false;
  if (!questions.isAsked)
    for (const sentence of ownClaims(plan, flags, loaded.settings.remediation)) await say(shell, sentence);
  await sayJournal(journal, shell);
  await progress.begin('changing pools', changes.length);
  return true;
}

function numbersInWords({ ready, others }: ApplyNumbers, { digest }: Plan): readonly string[] {
  const changes = ready.map(({ change }) => change);
  const risks = [...new Set(changes.map(({ risk }) => risk))].map(
    (risk) => `${wholeNumber(changes.filter((each) => each.risk === risk).length)} ${risk}`,
  );
  const left = (['refused', 'stale', 'failed', 'unknown', 'unchanged', 'applied'] as const).flatMap((outcome) =>
    countedOutcome(others, outcome),
  );
  return [
    `apply would change ${reach(changes)}: ${risks.join(', ')}.`,
    ...(left.length > 0 ? [`Not changed now: ${left.join(', ')}.`] : []),
    `Plan ${digest}.`,
  ];
}

/** What only the plan itself says, where no digest from elsewhere stands for it. */
function ownClaims(
  { poolsRead }: Plan,
  { digest }: ApplyFlags,
  { maxChangesPercent }: RemediationSettings,
): readonly string[] {
  if (digest !== undefined || maxChangesPercent >= 100) return [];
  return [
    `That this is at most ${maxChangesPercent} % of the pools (maxChangesPercent) is the plan's own claim, since it says itself that ${counted(poolsRead, 'pool was', 'pools were')} read: --digest binds it to the plan that was approved.`,
  ];
}

function countedOutcome(others: readonly PoolOutcome[], outcome: PoolOutcome['outcome']): readonly string[] {
  const count = others.filter((each) => each.outcome === outcome).length;
  const word = outcome === 'applied' ? 'done already' : outcome === 'unchanged' ? 'right already' : outcome;
  return count === 0 ? [] : [`${wholeNumber(count)} ${word}`];
}

function namesOf(approvals: readonly ApprovedChange[]) {
  return new Map(
    approvals.map(({ change, account }) => [
      placeKey(change),
      { accountName: account?.name ?? null, poolName: change.poolName },
    ]),
  );
}
