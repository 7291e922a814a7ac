/** What a command has changed, so that it can say so whatever happens next: once a pool was written, nothing ends with 1. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeFileAtomically } from '../../atomic-file.ts';
import type { ExitCode } from '../../domain/result/exit-code.ts';
import { IdentityChanged, UserError } from '../../errors.ts';
import { outcomesIn } from '../../remediate/journal/outcomes.ts';
import { JournalError, type Journal } from '../../remediate/journal/journal.ts';
import { applyReportTable } from '../../report/plan/apply-report-table.ts';
import { applyResultInWords, type ApplyReport } from '../../report/plan/apply-report.ts';
import { applyReportFormats } from '../../report/plan/registry.ts';
import { explanationOf } from '../output/explanation.ts';
import { pageOn } from '../output/page-options.ts';
import type { Shell } from '../output/shell.ts';

type Text = Iterable<string> | AsyncIterable<string>;

export interface ApplyLedger {
  /** From now on what the journal has counts. */
  opened(journal: Journal): void;
  /** What was done, once it is known as reports show it. */
  knows(view: ApplyReport): void;
  /** What is saved of it where a report could not be written; until then the report itself. */
  saves(result: () => Text): void;
}

interface Known {
  readonly view: ApplyReport;
  readonly result: () => Text;
}

/** Resolves with the work's exit code. Where it fails after a write: says on standard error what was done, saves it, and resolves with 4. */
export async function withLedger<Code extends ExitCode>(
  command: ApplyReport['command'],
  shell: Shell,
  work: (ledger: ApplyLedger) => Promise<Code>,
): Promise<Code | 4> {
  const entries: { journal: Journal | null; view: ApplyReport | null; result: (() => Text) | null } = {
    journal: null,
    view: null,
    result: null,
  };
  try {
    return await work({
      opened: (journal) => void (entries.journal = journal),
      knows: (view) => void (entries.view = view),
      saves: (result) => void (entries.result = result),
    });
  } catch (error) {
    const view = entries.view ?? fromJournal(command, entries.journal);
    if (view === null) throw nothingChanged(error);
    const report: ApplyReport = { ...view, exitCode: 4 };
    await say({ view: report, result: entries.result ?? (() => applyReportFormats.json(report)) }, error, shell);
    return 4;
  }
}

/** `null`: nothing was changed. */
function fromJournal(command: ApplyReport['command'], journal: Journal | null): ApplyReport | null {
  const outcomes = journal === null ? [] : outcomesIn(journal);
  if (journal === null || outcomes.length === 0) return null;
  const { file } = journal;
  const { callerArn } = journal.identity;
  const origin = originOf(journal);
  const made = { file, digest: journal.digest() ?? '' };
  return {
    command,
    origin,
    warnings: [],
    outcomes,
    stop: null,
    journal: made,
    callerArn,
    names: new Map(),
    exitCode: 4,
  };
}

/** Of the plan that a journal is of. */
export function originOf({ identity }: Pick<Journal, 'identity'>): ApplyReport['origin'] {
  return identity.rollback ? 'rollback' : 'policies';
}

function nothingChanged(error: unknown): unknown {
  if (error instanceof IdentityChanged) return new UserError(`${error.message} Nothing was changed.`, { cause: error });
  if (!(error instanceof JournalError)) return error;
  const message = `${error.message} Nothing was changed: make room, or name another file with --journal.`;
  return new UserError(message, { cause: error });
}

/** Nobody may be there to read it; the exit code and the saved result are there all the same. */
async function say(made: Known, error: unknown, shell: Shell): Promise<void> {
  const { text } = await explanationOf(error, shell.signal);
  const saved = await save(made);
  const report = [...applyReportTable(made.view, pageOn(shell.stderr, { color: 'auto' }, shell))].join('');
  const end = `exit 4: ${applyResultInWords(made.view)}; then it failed`;
  await shell.stderr.write(`${report}\n${saved}\n${text}${end}\n`).catch(() => undefined);
}

/** Beside the journal, else in a folder of its own in the system's temporary one; a sentence says where. */
async function save({ view, result }: Known): Promise<string> {
  const name = `${(view.journal?.file ?? 'mfa-drift').replace(/\.ndjson$/, '')}.result.json`;
  const attempts = [
    () => Promise.resolve(name),
    async () => join(await mkdtemp(join(tmpdir(), 'mfa-drift-')), basename(name)),
  ];
  const reasons: string[] = [];
  for (const attempt of attempts) {
    try {
      const file = await attempt();
      await writeFileAtomically(file, result(), { mode: 0o600 });
      return `The result is saved in ${file}.`;
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  return `The result could not be saved: ${reasons.join('; ')}.`;
}
