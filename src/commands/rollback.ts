import type { ChangeExitCode } from '../domain/result/exit-code.ts';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { requireWritableFile, writeFileAtomically } from '../atomic-file.ts';
import { namedUnits } from '../domain/policy/named-units.ts';
import { readingNeeds } from '../domain/policy/advice/reading-needs.ts';
import type { ApplyResult, PoolOutcome, Returning } from '../domain/remediation/model/outcome.ts';
import { UserError } from '../errors.ts';
import { accountsInScope, isRegionInScope } from '../remediate/plan/accounts-in-scope.ts';
import { holdDocument, type Held } from '../remediate/journal/hold-exceptions.ts';
import type { JournalIdentity } from '../remediate/journal/format.ts';
import { openJournal, type Journal } from '../remediate/journal/journal.ts';
import { placeKey, type PoolPlace } from '../ports/account-writer.ts';
import { requireOrganization } from '../remediate/plan/read-plan.ts';
import { rollBack } from '../remediate/apply/rollback.ts';
import type { PoolNames } from '../report/plan/plan-view.ts';
import { rollbackQuestion } from '../report/plan/question.ts';
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
import { requireJournal } from './journal.ts';
import type { ChangeFlags } from './line/remediation-flags.ts';
import { pageOn } from './output/page-options.ts';
import { requireWritableReports } from './output/write-plan-reports.ts';
import { requireCertificates } from './change/remediation-rules.ts';
import { say, waitingOn, type Shell } from './output/shell.ts';

export interface RollbackFlags extends ChangeFlags {
  readonly hold?: string;
  readonly journalDigest?: string;
}

/** Undoes what the journal in `file` says was changed. Resolves with the exit code. */
export async function rollback(file: string, flags: RollbackFlags, shell: Shell): Promise<ChangeExitCode> {
  requireCertificates(flags);
  await requireNew(flags.hold);
  await requireWritableReports(flags);
  const questions = confirmationsFor('rollback', flags.yes, shell);
  const identity = await identityOf(file);
  const made = await openJournal(file, identity, () => new Date(), waitingOn(shell, flags.quiet));
  try {
    requireDigest(made, flags.journalDigest);
    return await withLedger('rollback', shell, (ledger) =>
      withApplySession(flags, shell, async (run) => {
        const scope = await scopeNow(file, identity, made, run);
        const own = await openJournal(
          flags.journal ?? besides(file),
          journalIdentity({ ...identity, rollback: true }, run),
          () => run.session.clock.date(),
          waitingOn(shell, flags.quiet),
        );
        ledger.opened(own);
        try {
          const applied = await undo({ run, made, own, scope, questions, flags, shell });
          if (applied === null) return await declined(own, shell);
          const afterwards = () => sayHold(applied, made, file, run, flags.hold, shell);
          const { warnings } = run;
          const about = {
            command: 'rollback',
            warnings,
            journal: own,
            ledger,
            names: namesOf(applied),
            afterwards,
          } as const;
          return await reportApplied(applied, about, flags, shell);
        } finally {
          await own.close();
        }
      }),
    );
  } finally {
    await made.close();
  }
}

async function requireNew(hold: string | undefined): Promise<void> {
  if (hold === undefined) return;
  const isThere = await access(hold).then(
    () => true,
    () => false,
  );
  if (isThere) throw new UserError(`--hold ${hold}: the file is there already. Name a new one; nothing was changed.`);
  await requireWritableFile(hold);
}

/** Throws UserError where the journal is not the one whose digest somebody kept. */
function requireDigest(made: Journal, wanted: string | undefined): void {
  const found = made.digest();
  if (wanted === undefined || found === `sha256:${wanted.replace(/^sha256:/, '')}`) return;
  throw new UserError(
    `${made.file} is not the journal that is meant: --journal-digest asks for ${wanted}, and its last line is ${found ?? 'none'}. Nothing was changed.`,
  );
}

async function identityOf(file: string): Promise<JournalIdentity> {
  const { at: _at, event: _event, ...identity } = (await requireJournal(file)).start;
  return identity;
}

function besides(file: string): string {
  return `${file.replace(/\.ndjson$/, '')}.rollback.ndjson`;
}

/** What the configuration and the organization have now; throws UserError where they are another's, or not known. */
async function scopeNow(
  file: string,
  identity: JournalIdentity,
  made: Journal,
  { loaded: { settings, set }, session: { connection, calls } }: ApplySession,
): Promise<(place: PoolPlace) => boolean> {
  const ids = new Set(made.traces().flatMap(({ last }) => last?.accountId ?? []));
  const scope = { settings, needs: readingNeeds(set, settings), namedUnits: namedUnits(set) };
  const { organizationId, accounts } = await accountsInScope(connection, calls, scope, ids);
  requireOrganization(file, identity.organizationId, organizationId);
  return ({ accountId, region }) => accounts.has(accountId) && isRegionInScope(settings.regions, region);
}

interface Undo {
  readonly run: ApplySession;
  readonly made: Journal;
  readonly own: Journal;
  readonly scope: (place: PoolPlace) => boolean;
  readonly questions: Confirmations;
  readonly flags: RollbackFlags;
  readonly shell: Shell;
}

async function undo(options: Undo): Promise<ApplyResult | null> {
  const { run, made, own, scope, questions, shell } = options;
  const { progress, loaded } = run;
  await progress.begin('reading pools', made.traces().length);
  const applied = await rollBack({
    made,
    ports: applyPortsFor(run, own),
    order: orderRules(run, shell.signal, questions),
    rules: { isOff: loaded.settings.remediation.off, isInScope: scope },
    looked: () => progress.ended(),
    begin: (ready, others) => begin(ready, others, options),
  });
  await progress.hide();
  return applied;
}

/** Permission is an answer to what is shown, or a digest of the journal that was kept apart from it. */
async function begin(
  ready: readonly Returning[],
  others: readonly PoolOutcome[],
  { run, own, questions, flags, shell }: Undo,
): Promise<boolean> {
  await run.progress.hide();
  const weakening = ready.filter(({ risk }) => risk === 'weakening');
  if (!questions.isAsked && flags.journalDigest === undefined && weakening.length > 0)
    throw new UserError(
      `This would weaken ${counted(weakening.length, 'pool')}, and whoever can write a journal can write that into it: --yes alone is not enough. Give the digest that was printed when the changes were made, --journal-digest SHA256, or answer at a terminal. Nothing was changed.`,
    );
  const text = rollbackQuestion(
    ready,
    numbersInWords(ready, others),
    pageOn(shell.stderr, { ...flags, redact: flags.redact ? undefined : false }, shell),
  );
  const goesOn = await questions.begin(text);
  run.hold();
  if (!goesOn) return false;
  await sayJournal(own, shell);
  await run.progress.begin('changing pools', ready.length);
  return true;
}

function numbersInWords(ready: readonly Returning[], others: readonly PoolOutcome[]): readonly string[] {
  const left = others.length === 0 ? '' : ` ${wholeNumber(others.length)} are left as they are.`;
  const pools = ready.map(({ outcome }) => outcome);
  return [`rollback would change ${reach(pools)}, back to what they were before.${left}`];
}

function namesOf({ outcomes }: ApplyResult): ReadonlyMap<string, PoolNames> {
  return new Map(outcomes.map((outcome) => [placeKey(outcome), { accountName: null, poolName: outcome.poolName }]));
}

/** For every pool that is as before: without it the next run would do the change again. */
async function sayHold(
  { outcomes }: ApplyResult,
  made: Journal,
  file: string,
  { session }: ApplySession,
  hold: string | undefined,
  shell: Shell,
): Promise<void> {
  const undone = outcomes.filter(({ outcome }) => outcome === 'applied' || outcome === 'unchanged');
  if (undone.length === 0) return;
  const held = undone.map((outcome): Held => {
    const { accountId, region, poolId } = outcome;
    return { accountId, region, poolId, policies: made.traceOf(outcome).last?.policies ?? [] };
  });
  const words = { owner: session.connection.callerArn, journal: basename(file), now: session.clock.date() };
  const document = holdDocument(held, words);
  if (hold !== undefined) {
    await writeFileAtomically(hold, [document]).catch(async (error: unknown) => {
      await shell.stderr.write(`These exceptions hold the pools for seven days, and are in no file:\n---\n${document}`);
      throw error;
    });
    await say(shell, `The exceptions that hold these pools for seven days are in ${hold}.`);
    return;
  }
  await shell.stderr.write(
    `So that the next run does not do the change again, add this to the policies, or give --hold FILE:\n---\n${document}`,
  );
}
