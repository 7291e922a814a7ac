/** Exceptions that keep the next run from doing again what was undone: said, or written with `--hold`. */
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { requireWritableFile, writeFileAtomically } from '../../atomic-file.ts';
import type { ApplyResult } from '../../domain/remediation/model/outcome.ts';
import { UserError } from '../../errors.ts';
import { holdDocument, type Held } from '../../remediate/journal/hold-exceptions.ts';
import type { Journal } from '../../remediate/journal/journal.ts';
import { say, type Shell } from '../output/shell.ts';
import type { ApplySession } from './apply-session.ts';

/** Before anything is changed: throws UserError where `--hold` names a file that is there, or that can't be written. */
export async function requireNewHold(hold: string | undefined): Promise<void> {
  if (hold === undefined) return;
  const isThere = await access(hold).then(
    () => true,
    () => false,
  );
  if (isThere) throw new UserError(`--hold ${hold}: the file is there already. Name a new one; nothing was changed.`);
  await requireWritableFile(hold);
}

/** For every pool that is as before: without it the next run would do the change again. */
export async function sayHold(
  { outcomes }: ApplyResult,
  undone: Journal,
  { session }: ApplySession,
  hold: string | undefined,
  shell: Shell,
): Promise<void> {
  const back = outcomes.filter(({ outcome }) => outcome === 'applied' || outcome === 'unchanged');
  if (back.length === 0) return;
  const held = back.map((outcome): Held => {
    const { accountId, region, poolId } = outcome;
    return { accountId, region, poolId, policies: undone.traceOf(outcome).last?.policies ?? [] };
  });
  const words = { owner: session.connection.callerArn, journal: basename(undone.file), now: session.clock.date() };
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
