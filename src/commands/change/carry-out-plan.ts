/** A plan, carried out for whoever ran `apply` or `rollback`: looked at, asked about, done, and reported. */
import type { ApplyResult } from '../../domain/remediation/model/outcome.ts';
import type { Change, Plan } from '../../domain/remediation/model/plan.ts';
import type { ChangeExitCode } from '../../domain/result/exit-code.ts';
import { UserError } from '../../errors.ts';
import { counted, wholeNumber } from '../../number-format.ts';
import { applyChanges, type ApplyNumbers, type ApplyOptions } from '../../remediate/apply/apply.ts';
import { looksAt } from '../../remediate/apply/looks.ts';
import type { PoolReads } from '../../ports/account-writer.ts';
import type { ApplyPorts } from '../../remediate/apply/make-change.ts';
import type { Journal } from '../../remediate/journal/journal.ts';
import type { ApplyReport } from '../../report/plan/apply-report.ts';
import { applyQuestion } from '../../report/plan/question.ts';
import type { ShownNames } from '../../report/plan/plan-view.ts';
import type { ChangeFlags } from '../line/remediation-flags.ts';
import { pageOn } from '../output/page-options.ts';
import type { Shell } from '../output/shell.ts';
import type { ApplyLedger } from './apply-ledger.ts';
import { applyPortsFor, declined, orderRules, reportApplied, sayJournal, type ApplySession } from './apply-session.ts';
import { reach, type Confirmations } from './confirmations.ts';
import { sayHold } from './hold.ts';

export interface PlanToCarryOut extends Pick<ApplyOptions, 'approved' | 'basis' | 'limits' | 'leftAlone'> {
  readonly command: 'apply' | 'rollback';
  readonly plan: Pick<Plan, 'origin' | 'poolsRead'>;
  /** Of a plan that was read; `null` for one that was just made. */
  readonly digest: string | null;
  /** Just taken, for a plan that was just made; `null`: every pool is looked at first. */
  readonly looks: ApplyOptions['looks'] | null;
  /** The reads by which pools are looked at again: a plan of policies may wait for their users. */
  readonly looking: <Pools extends PoolReads>(pools: Pools) => Pools;
  /** Whose changes a rollback undoes. */
  readonly undone: Journal | null;
  /** The flag by which a digest from elsewhere stands for all of this; `null`: it was not given. */
  readonly boundBy: string | null;
  /** Of what is done now. */
  readonly journal: Journal;
  readonly names: ReadonlyMap<string, ShownNames>;
}

export interface CarryingOut {
  readonly run: ApplySession;
  readonly ledger: ApplyLedger;
  readonly questions: Confirmations;
  readonly flags: ChangeFlags;
  readonly shell: Shell;
}

/** Resolves with the exit code. */
export async function carryOut(what: PlanToCarryOut, how: CarryingOut): Promise<ChangeExitCode> {
  const { command, journal, undone, names } = what;
  const { run, ledger, flags, shell } = how;
  ledger.opened(journal);
  const applied = await applyNow(what, how);
  if (applied === null) return declined(journal, shell);
  const about = { command, warnings: run.warnings, journal, ledger, names } as const;
  const afterwards = () => (undone === null ? Promise.resolve() : sayHold(applied, undone, run, flags.hold, shell));
  return reportApplied(applied, { ...about, afterwards }, flags, shell);
}

async function applyNow(what: PlanToCarryOut, how: CarryingOut): Promise<ApplyResult | null> {
  const { plan, approved, leftAlone, basis, limits } = what;
  const { run, questions, shell } = how;
  const ports = portsFor(what, run);
  const applied = await applyChanges({
    approved,
    leftAlone,
    basis,
    limits,
    ports,
    poolsRead: plan.poolsRead,
    looks: what.looks ?? (await looksBefore(what, how)),
    order: orderRules(run, shell.signal, questions),
    begin: (numbers) => begin(numbers, what, how),
  });
  await run.progress.hide();
  return applied;
}

function portsFor({ journal, looking }: PlanToCarryOut, run: ApplySession): ApplyPorts {
  const ports = applyPortsFor(run, journal);
  return { ...ports, pools: looking(ports.pools) };
}

async function looksBefore(what: PlanToCarryOut, { run, shell }: CarryingOut) {
  const { approved } = what;
  const { progress } = run;
  const places = approved.flatMap(({ change, account }) => (account === null ? [] : [change]));
  await progress.begin('reading pools again', places.length);
  return looksAt(places, portsFor(what, run).pools, shell.signal, () => progress.ended());
}

/** What is said before the first write, and the answer to it. */
async function begin(numbers: ApplyNumbers, what: PlanToCarryOut, how: CarryingOut): Promise<boolean> {
  const { run, questions, flags, shell } = how;
  await run.progress.hide();
  const changes = numbers.ready.map(({ change }) => change);
  if (what.undone !== null) requireConsent(changes, what, questions);
  const page = pageOn(shell.stderr, { ...flags, redact: flags.redact ? undefined : false }, shell);
  const goesOn = await questions.begin(applyQuestion(changes, what.names, sentencesOf(numbers, what), page));
  run.hold();
  if (!goesOn) return false;
  await sayJournal(what.journal, shell);
  await run.progress.begin('changing pools', changes.length);
  return true;
}

/** What undoes needs no risk that a policy allows: it needs an answer to what is shown, or a digest that was kept apart. */
function requireConsent(
  changes: readonly Change[],
  { command, boundBy }: PlanToCarryOut,
  { isAsked }: Confirmations,
): void {
  const weakening = changes.filter(({ risk }) => risk === 'weakening').length;
  if (isAsked || boundBy !== null || weakening === 0) return;
  const digest = {
    rollback: 'the digest that was printed when the changes were made, --journal-digest SHA256',
    apply: 'the digest of the plan that was approved, --digest SHA256',
  }[command];
  throw new UserError(
    `This would weaken ${counted(weakening, 'pool')}, and whoever can write a journal can write that into it: --yes alone is not enough. Give ${digest}, or answer at a terminal. Nothing was changed.`,
  );
}

function sentencesOf(numbers: ApplyNumbers, what: PlanToCarryOut): readonly string[] {
  const { command, plan, digest } = what;
  return [
    ...(plan.origin === 'rollback' ? backInWords(numbers, command) : changesInWords(numbers, command)),
    ...(digest === null ? [] : [`Plan ${digest}.`]),
    ...ownClaims(what),
  ];
}

function backInWords({ ready, others }: ApplyNumbers, command: ApplyReport['command']): readonly string[] {
  const left = others.length === 0 ? '' : ` ${wholeNumber(others.length)} are left as they are.`;
  return [`${command} would change ${reach(ready.map(({ change }) => change))}, back to what they were before.${left}`];
}

function changesInWords({ ready, others }: ApplyNumbers, command: ApplyReport['command']): readonly string[] {
  const changes = ready.map(({ change }) => change);
  const risks = [...new Set(changes.map(({ risk }) => risk))].map(
    (risk) => `${wholeNumber(changes.filter((each) => each.risk === risk).length)} ${risk}`,
  );
  const left = (['refused', 'stale', 'failed', 'unknown', 'unchanged', 'applied'] as const).flatMap((outcome) => {
    const count = others.filter((each) => each.outcome === outcome).length;
    const word = outcome === 'applied' ? 'done already' : outcome === 'unchanged' ? 'right already' : outcome;
    return count === 0 ? [] : [`${wholeNumber(count)} ${word}`];
  });
  return [
    `${command} would change ${reach(changes)}: ${risks.join(', ')}.`,
    ...(left.length > 0 ? [`Not changed now: ${left.join(', ')}.`] : []),
  ];
}

/** What only the plan itself says, where no digest from elsewhere stands for it. */
function ownClaims({ plan, boundBy, limits }: PlanToCarryOut): readonly string[] {
  const { maxChangesPercent } = limits;
  if (plan.origin === 'rollback' || boundBy !== null || maxChangesPercent >= 100) return [];
  return [
    `That this is at most ${maxChangesPercent} % of the pools (maxChangesPercent) is the plan's own claim, since it says itself that ${counted(plan.poolsRead, 'pool was', 'pools were')} read: --digest binds it to the plan that was approved.`,
  ];
}
