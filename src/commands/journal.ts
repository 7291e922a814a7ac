import { UserError } from '../errors.ts';
import { outcomesIn } from '../remediate/journal/outcomes.ts';
import type { JournalStart } from '../remediate/journal/format.ts';
import { newTraces } from '../remediate/journal/traces.ts';
import { maskedJournal } from '../remediate/journal/masked-journal.ts';
import { readJournal, type ReadJournal } from '../remediate/journal/read.ts';
import { journalTable } from '../report/plan/journal-table.ts';
import type { OutputFlags } from './line/flags.ts';
import { pageOn } from './output/page-options.ts';
import { say, type Shell } from './output/shell.ts';

export interface JournalFlags extends Pick<OutputFlags, 'color'> {
  /** `true`: a copy to hand on, in place of the table. */
  readonly redact?: boolean;
}

export interface BegunJournal extends ReadJournal {
  readonly start: JournalStart;
  readonly digest: string;
}

/** Throws UserError where there is no journal, or nothing in it. */
export async function requireJournal(file: string): Promise<BegunJournal> {
  const found = await readJournal(file);
  if (found === null) throw new UserError(`${file} could not be read: there is no such file.`);
  const { start, digest } = found;
  if (start === null || digest === null)
    throw new UserError(`${file} is empty: nothing was changed, so nothing can be undone.`);
  return { ...found, start, digest };
}

/** Shows what a journal has, and its digest; with `--redact` writes a copy of it that may be handed on. */
export async function journal(file: string, flags: JournalFlags, shell: Shell): Promise<0> {
  const found = await requireJournal(file);
  if (flags.redact === true) return copy(file, found, shell);
  const traces = newTraces();
  for (const entry of found.entries) traces.remember(entry);
  const outcomes = outcomesIn({ traces: () => traces.all() });
  const callers = new Set(found.entries.map(({ callerArn }) => callerArn));
  callers.delete(found.start.callerArn);
  const view = {
    start: found.start,
    otherCallers: [...callers],
    outcomes,
    file,
    digest: found.digest,
    lines: found.entries.length,
  };
  const page = pageOn(shell.stdout, { color: flags.color }, shell);
  for (const piece of journalTable(view, page)) await shell.stdout.write(piece);
  return 0;
}

async function copy(file: string, found: BegunJournal, { stdout, stderr }: Shell): Promise<0> {
  const { lines, digest } = maskedJournal(found);
  for (const line of lines) await stdout.write(`${line}\n`);
  const same = digest === found.digest ? `as ${file} has it, since nothing in it had to be masked` : 'of this copy';
  await say({ stderr }, `digest ${same}: ${digest}`);
  return 0;
}
