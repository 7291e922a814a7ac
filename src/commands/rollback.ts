import { placeKey, type PoolPlace } from '../domain/model/observation.ts';
import { signalExitCode, type ChangeExitCode, type ExitCode, type SignalExitCode } from '../domain/result/exit-code.ts';
import { requireWritableFile } from '../atomic-file.ts';
import { sealPlan } from '../domain/remediation/model/plan.ts';
import type { Look } from '../ports/account-writer.ts';
import { looksAt } from '../remediate/apply/looks.ts';
import type { Journal } from '../remediate/journal/journal.ts';
import {
  journaledChanges,
  planRollback,
  rollbackLimits,
  type PlannedRollback,
} from '../remediate/plan/plan-rollback.ts';
import type { ShownNames } from '../report/plan/plan-view.ts';
import { version } from '../version.ts';
import { accountsNow, type AccountOf } from './change/accounts-now.ts';
import { withLedger } from './change/apply-ledger.ts';
import { applyPortsFor, withApplySession, type ApplySession } from './change/apply-session.ts';
import { carryOut } from './change/carry-out-plan.ts';
import { confirmationsFor } from './change/confirmations.ts';
import { requireNewHold } from './change/hold.ts';
import { basisOf } from './change/plan-basis.ts';
import { flagsForApply, given, limitFlags, requireCertificates } from './change/remediation-rules.ts';
import { openRollbackJournal, withUndoneJournal } from './change/undone-journal.ts';
import { planExitCode, planInWords, writePlan } from './change/write-plan.ts';
import type { ChangeFlags } from './line/remediation-flags.ts';
import { noPatches } from '../report/plan/plan-view.ts';
import { say, type Shell } from './output/shell.ts';
import { requireWritableReports } from './output/write-plan-reports.ts';

export interface RollbackFlags extends ChangeFlags {
  readonly journalDigest?: string;
  /** Only plan it, into this file. */
  readonly out?: string;
}

/** Undoes what the journal in `file` says was changed, or plans that alone. Resolves with the exit code. */
export function rollback(file: string, flags: RollbackFlags, shell: Shell): Promise<ChangeExitCode | 2 | 3> {
  return flags.out === undefined ? undo(file, flags, shell) : planOnly(file, flags.out, flags, shell);
}

async function undo(file: string, flags: RollbackFlags, shell: Shell): Promise<ChangeExitCode> {
  requireCertificates(flags);
  await requireNewHold(flags.hold);
  await requireWritableReports(flags);
  const questions = confirmationsFor('rollback', flags.yes, shell);
  const boundBy = flags.journalDigest === undefined ? null : '--journal-digest';
  return withUndoneJournal(file, keptDigest(flags), flags, shell, (undone) =>
    withLedger('rollback', shell, (ledger) =>
      withApplySession(flags, true, shell, (run) =>
        withPlan(undone, flags, run, shell, (planned) => {
          const { plan, accountOf } = planned;
          const basis = basisOf(plan, undone, accountOf, run, flags);
          const about = { command: 'rollback', digest: null, undone, boundBy, names: namesOf(planned) } as const;
          const what = { ...about, ...planned, ...basis };
          return carryOut(what, { run, ledger, questions, flags, shell });
        }),
      ),
    ),
  );
}

/** Writes down what would be undone. Changes nothing. */
async function planOnly(
  file: string,
  out: string,
  flags: RollbackFlags,
  shell: Shell,
): Promise<0 | 2 | 3 | SignalExitCode> {
  await requireWritableFile(out);
  await requireWritableReports(flags);
  return withUndoneJournal(file, keptDigest(flags), flags, shell, (undone) =>
    withApplySession(flags, false, shell, (run) =>
      withPlan(undone, flags, run, shell, async (planned) => {
        await run.progress.hide();
        if (shell.signal.aborted) return signalExitCode(shell.signal);
        const { looks } = planned;
        const plan = sealPlan(planned.plan);
        const limits = rollbackLimits(undone, limitFlags(flags));
        const applyFlags = [
          ...flagsForApply(flags),
          ...given('--journal', flags.journal),
          ...given('--hold', flags.hold),
        ];
        const names = namesOf(planned);
        const view = { plan, file: out, applyFlags, limits, warnings: run.warnings, names, patches: noPatches };
        await writePlan(view, flags, shell);
        const unread = [...looks.values()].filter((look) => look.kind === 'seen' && !look.mfaConfig.read).length;
        const exitCode = planExitCode(plan, unread, false);
        await say(shell, `exit ${exitCode}: ${planInWords(plan, unread, out)}`);
        return exitCode;
      }),
    ),
  );
}

function keptDigest({ journalDigest }: RollbackFlags) {
  return journalDigest === undefined ? null : { digest: journalDigest, by: '--journal-digest' };
}

interface Planned extends PlannedRollback {
  readonly accountOf: AccountOf;
  readonly looks: ReadonlyMap<string, Look>;
  /** Of the rollback itself. */
  readonly journal: Journal;
}

/** Looks at every pool of the journal, and plans the way back from what it reads now. */
async function withPlan<Code extends ExitCode>(
  undone: Journal,
  flags: RollbackFlags,
  run: ApplySession,
  shell: Shell,
  work: (planned: Planned) => Promise<Code>,
): Promise<Code> {
  const { loaded, session, progress } = run;
  const { organizationId, runId } = undone.identity;
  const changes = journaledChanges(undone);
  const accountOf = await accountsNow({ file: undone.file, organizationId }, changes, run);
  const own = await openRollbackJournal(undone, flags, run, shell);
  try {
    const { pools } = applyPortsFor(run, own);
    const isInScope = (place: PoolPlace) => accountOf(place) !== null;
    const inScope = changes.filter(isInScope);
    await progress.begin('reading pools', inScope.length);
    const looks = await looksAt(inScope, pools, shell.signal, () => progress.ended());
    const rules = { isOff: loaded.settings.remediation.off, isInScope };
    const planned = planRollback({ made: undone, own }, looks, rules, {
      createdAt: session.clock.date().toISOString(),
      tool: { name: 'mfa-drift', version },
      organizationId,
      runId,
      journal: { file: undone.file, digest: undone.digest() ?? '' },
      callerArn: session.connection.callerArn,
      endpoints: session.connection.endpoints,
    });
    return await work({ ...planned, accountOf, looks, journal: own });
  } finally {
    await own.close();
  }
}

/** As the pools call themselves: a journal knows no names of accounts. */
function namesOf({ plan, leftAlone }: PlannedRollback): ReadonlyMap<string, ShownNames> {
  const pools = [...plan.changes, ...leftAlone.map(({ pool }) => pool)];
  return new Map(pools.map((pool) => [placeKey(pool), { accountName: null, poolName: pool.poolName }]));
}
