/** The journal whose changes are undone, and the one beside it of the rollback itself. */
import { UserError } from '../../errors.ts';
import { openJournal, type Journal } from '../../remediate/journal/journal.ts';
import { requireJournal } from '../journal.ts';
import type { OutputFlags } from '../line/flags.ts';
import { waitingOn, type Shell } from '../output/shell.ts';
import { journalIdentity, type ApplySession } from './apply-session.ts';

/**
 * Opens the journal whose changes are undone, and holds it for as long as the work takes, so that no run goes on with it.
 *
 * @param wanted the digest that somebody kept, and whose word that is; throws UserError where it is another's
 */
export async function withUndoneJournal<T>(
  file: string,
  wanted: { readonly digest: string; readonly by: string } | null,
  { quiet }: Pick<OutputFlags, 'quiet'>,
  shell: Shell,
  work: (undone: Journal) => Promise<T>,
): Promise<T> {
  const { at: _at, event: _event, ...identity } = (await requireJournal(file)).start;
  const journal = await openJournal(file, identity, () => new Date(), waitingOn(shell, quiet));
  try {
    requireDigest(journal, wanted);
    return await work(journal);
  } finally {
    await journal.close();
  }
}

function requireDigest(journal: Journal, wanted: { readonly digest: string; readonly by: string } | null): void {
  const found = journal.digest();
  if (wanted === null || found === `sha256:${wanted.digest.replace(/^sha256:/, '')}`) return;
  throw new UserError(
    `${journal.file} is not the journal that is meant: ${wanted.by} asks for ${wanted.digest}, and its last line is ${found ?? 'none'}. Nothing was changed.`,
  );
}

/** The rollback's own journal: beside the other one, unless a flag names it. */
export function openRollbackJournal(
  undone: Journal,
  flags: Pick<OutputFlags, 'quiet'> & { readonly journal?: string },
  run: ApplySession,
  shell: Shell,
): Promise<Journal> {
  const file = flags.journal ?? `${undone.file.replace(/\.ndjson$/, '')}.rollback.ndjson`;
  const own = journalIdentity({ ...undone.identity, rollback: true }, run);
  return openJournal(file, own, () => run.session.clock.date(), waitingOn(shell, flags.quiet));
}
