import { namedUnits } from '../domain/named-units.ts';
import { readingNeeds } from '../domain/reading-needs.ts';
import type { Deeds, PoolOutcome } from '../domain/remediation/outcome.ts';
import type { Plan } from '../domain/remediation/plan.ts';
import { accountsInScope, isRegionInScope } from '../remediate/accounts-in-scope.ts';
import { applyChanges, type ApplyNumbers } from '../remediate/apply.ts';
import { openJournal, placeKey, type Journal } from '../remediate/journal.ts';
import type { Approval } from '../remediate/make-changes.ts';
import { readPlan, requireOrganization } from '../remediate/read-plan.ts';
import { wholeNumber } from '../words.ts';
import { deedQuestions, reach, type DeedQuestions } from './deed-questions.ts';
import { orderRules, reportDeeds, toolsFor, withDeedRun, type DeedRun } from './deed-run.ts';
import type { DeedFlags, LimitFlags } from './remediation-flags.ts';
import { parseRemediationReports } from './remediation-reports.ts';
import { remediationJudging, requireCertificates } from './remediation-rules.ts';
import { waitingOn, type Shell } from './shell.ts';

export interface ApplyFlags extends DeedFlags, LimitFlags {
  readonly digest?: string;
  /** Milliseconds. */
  readonly maxAge: number;
}

/** Carries a plan out, as far as everything is still as it was planned. Resolves with the exit code. */
export async function apply(file: string, flags: ApplyFlags, shell: Shell): Promise<number> {
  requireCertificates(flags);
  parseRemediationReports(flags);
  const questions = deedQuestions('apply', flags.yes, shell);
  const plan = await readPlan(file, { digest: flags.digest ?? null, maxAgeMs: flags.maxAge, now: new Date() });
  return withDeedRun(flags, shell, async (run) => {
    const approvals = await approvalsOf(file, plan, run);
    const journal = await journalOf(plan, flags, shell);
    try {
      const deeds = await carryOut({ plan, approvals, run, journal, questions, signal: shell.signal });
      if (deeds === null) {
        await shell.stderr.write('exit 1: declined; nothing was changed\n');
        return 1;
      }
      const about = { command: 'apply', journal: journal.file, names: namesOf(approvals) } as const;
      return await reportDeeds(deeds, about, flags, shell);
    } finally {
      await journal.close();
    }
  });
}

/** The accounts are asked for again, so that what has left the scope since is seen. */
async function approvalsOf(
  file: string,
  plan: Plan,
  { loaded: { settings, set }, session: { connection, calls } }: DeedRun,
): Promise<readonly Approval[]> {
  const scope = { settings, needs: readingNeeds(set, settings), namedUnits: namedUnits(set) };
  const ids = new Set(plan.changes.map(({ accountId }) => accountId));
  const { organizationId, accounts } = await accountsInScope(connection, calls, scope, ids);
  requireOrganization(file, plan.organizationId, organizationId);
  return plan.changes.map((change) => {
    const account = isRegionInScope(settings.regions, change.region) ? accounts.get(change.accountId) : undefined;
    return { change, account: account ?? null };
  });
}

function journalOf({ runId, digest, organizationId }: Plan, flags: ApplyFlags, shell: Shell): Promise<Journal> {
  const file = flags.journal ?? `mfa-drift.journal-${digest.replace('sha256:', '').slice(0, 12)}.ndjson`;
  return openJournal(
    file,
    { runId, planDigest: digest, organizationId, rollback: false },
    () => new Date(),
    waitingOn(shell),
  );
}

interface CarryOut {
  readonly plan: Plan;
  readonly approvals: readonly Approval[];
  readonly run: DeedRun;
  readonly journal: Journal;
  readonly questions: DeedQuestions;
  readonly signal: AbortSignal;
}

function carryOut({ plan, approvals, run, journal, questions, signal }: CarryOut): Promise<Deeds | null> {
  const { loaded } = run;
  return applyChanges({
    approvals,
    judging: remediationJudging(loaded, 'person', new Date()),
    tools: toolsFor(run, journal),
    order: orderRules(loaded, signal, (kind, left) => questions.goOn(kind, left)),
    limits: loaded.settings.remediation,
    poolsRead: plan.poolsRead,
    async begin(numbers) {
      const goesOn = await questions.begin(numbersInWords(numbers, plan));
      run.hold();
      return goesOn;
    },
  });
}

function numbersInWords({ ready, others }: ApplyNumbers, { digest }: Plan): string {
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
  ].join('\n');
}

function countedOutcome(others: readonly PoolOutcome[], outcome: PoolOutcome['outcome']): readonly string[] {
  const count = others.filter((each) => each.outcome === outcome).length;
  const word = outcome === 'applied' ? 'done already' : outcome === 'unchanged' ? 'right already' : outcome;
  return count === 0 ? [] : [`${wholeNumber(count)} ${word}`];
}

function namesOf(approvals: readonly Approval[]) {
  return new Map(
    approvals.map(({ change, account }) => [
      placeKey(change),
      { accountName: account?.name ?? null, poolName: change.poolName },
    ]),
  );
}
