import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { writeFileAtomically } from '../atomic-file.ts';
import type { Deeds, PoolOutcome } from '../domain/remediation/outcome.ts';
import { UserError } from '../errors.ts';
import { holdDocument, type Held } from '../remediate/hold.ts';
import type { JournalIdentity } from '../remediate/journal-format.ts';
import { openJournal, placeKey, type Journal } from '../remediate/journal.ts';
import { readJournal } from '../remediate/read-journal.ts';
import { requireOrganization } from '../remediate/read-plan.ts';
import { rollBack } from '../remediate/rollback.ts';
import type { PoolNames } from '../report/plan/plan-view.ts';
import { wholeNumber } from '../words.ts';
import { deedQuestions, reach, type DeedQuestions } from './deed-questions.ts';
import { orderRules, reportDeeds, toolsFor, withDeedRun, type DeedRun } from './deed-run.ts';
import type { DeedFlags } from './remediation-flags.ts';
import { parseRemediationReports } from './remediation-reports.ts';
import { requireCertificates } from './remediation-rules.ts';
import { say, waitingOn, type Shell } from './shell.ts';

export interface RollbackFlags extends DeedFlags {
  readonly hold?: string;
}

/** Undoes what the journal in `file` says was changed. Resolves with the exit code. */
export async function rollback(file: string, flags: RollbackFlags, shell: Shell): Promise<number> {
  requireCertificates(flags);
  parseRemediationReports(flags);
  await requireNew(flags.hold);
  const questions = deedQuestions('rollback', flags.yes, shell);
  const identity = await identityOf(file);
  const made = await openJournal(file, identity, () => new Date(), waitingOn(shell));
  try {
    return await withDeedRun(flags, shell, async (run) => {
      requireOrganization(file, identity.organizationId, await callersOrganization(run));
      const own = await openJournal(
        flags.journal ?? besides(file),
        { ...identity, rollback: true },
        () => new Date(),
        waitingOn(shell),
      );
      try {
        const deeds = await undo(run, made, own, questions, shell);
        if (deeds === null) {
          await shell.stderr.write('exit 1: declined; nothing was changed\n');
          return 1;
        }
        const report = {
          command: 'rollback',
          journal: own.file,
          names: namesOf(deeds),
          afterwards: () => sayHold(deeds, made, file, run, flags.hold, shell),
        } as const;
        return await reportDeeds(deeds, report, flags, shell);
      } finally {
        await own.close();
      }
    });
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
}

/** Throws UserError where there is no journal, or nothing in it. */
async function identityOf(file: string): Promise<JournalIdentity> {
  const journal = await readJournal(file);
  if (journal === null) throw new UserError(`${file} could not be read: there is no such file.`);
  if (journal.start === null) throw new UserError(`${file} is empty: nothing was changed, so nothing can be undone.`);
  const { runId, planDigest, organizationId, rollback: isRollback } = journal.start;
  return { runId, planDigest, organizationId, rollback: isRollback };
}

function besides(file: string): string {
  return `${file.replace(/\.ndjson$/, '')}.rollback.ndjson`;
}

async function callersOrganization({ session: { connection, calls } }: DeedRun): Promise<string | null> {
  const quota = calls.quota({ perSecond: 1, name: 'organizations' });
  const described = await calls.run(quota, () => connection.organization.describe());
  return described.ok ? described.value.id : null;
}

function undo(
  run: DeedRun,
  made: Journal,
  own: Journal,
  questions: DeedQuestions,
  shell: Shell,
): Promise<Deeds | null> {
  return rollBack({
    made,
    tools: toolsFor(run, own),
    order: orderRules(run.loaded, shell.signal, (kind, left) => questions.goOn(kind, left)),
    isOff: run.loaded.settings.remediation.off,
    async begin(ready, others) {
      const goesOn = await questions.begin(numbersInWords(ready, others));
      run.hold();
      return goesOn;
    },
  });
}

function numbersInWords(ready: readonly PoolOutcome[], others: readonly PoolOutcome[]): string {
  const left = others.length === 0 ? '' : ` ${wholeNumber(others.length)} are left as they are.`;
  return `rollback would change ${reach(ready)}, back to what they were before.${left}`;
}

function namesOf({ outcomes }: Deeds): ReadonlyMap<string, PoolNames> {
  return new Map(outcomes.map((outcome) => [placeKey(outcome), { accountName: null, poolName: outcome.poolName }]));
}

/** For every pool that is as before: without it the next run would do the change again. */
async function sayHold(
  { outcomes }: Deeds,
  made: Journal,
  file: string,
  { session }: DeedRun,
  hold: string | undefined,
  shell: Shell,
): Promise<void> {
  const undone = outcomes.filter(({ outcome }) => outcome === 'applied' || outcome === 'unchanged');
  if (undone.length === 0) return;
  const held = undone.map((outcome): Held => {
    const { accountId, region, poolId } = outcome;
    return { accountId, region, poolId, policies: made.traceOf(outcome).last?.policies ?? [] };
  });
  const words = { owner: session.connection.callerArn, journal: basename(file), now: new Date() };
  const document = holdDocument(held, words);
  if (hold !== undefined) {
    await writeFileAtomically(hold, [document]);
    await say(shell, `The exceptions that hold these pools for seven days are in ${hold}.`);
    return;
  }
  await shell.stderr.write(
    `So that the next run does not do the change again, add this to the policies, or give --hold FILE:\n---\n${document}`,
  );
}
