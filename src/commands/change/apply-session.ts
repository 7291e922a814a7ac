import { exitCodeOfChanges, signalExitCode, type ChangeExitCode } from '../../domain/result/exit-code.ts';
import { isIncomplete, type ApplyResult, type Stop } from '../../domain/remediation/model/outcome.ts';
import { clockWarnings } from '../../domain/result/clock-warnings.ts';
import type { Warning } from '../../domain/result/warning.ts';
import type { OrderRules } from '../../remediate/apply/canary-order.ts';
import type { JournalIdentity } from '../../remediate/journal/format.ts';
import type { Journal } from '../../remediate/journal/journal.ts';
import { poolAccess } from '../../remediate/apply/pool-access.ts';
import type { ApplyPorts } from '../../remediate/apply/make-change.ts';
import { applyResultInWords, type ApplyReport } from '../../report/plan/apply-report.ts';
import { applyReportFormats } from '../../report/plan/registry.ts';
import { originOf, type ApplyLedger } from './apply-ledger.ts';
import { newApplyProgress, type ApplyProgress } from './apply-progress.ts';
import type { Confirmations } from './confirmations.ts';
import { requireEndpointConsent } from './endpoint-consent.ts';
import { heldSignal } from '../run/held-signal.ts';
import { loadInputs, onBothClocks } from '../run/inputs.ts';
import { openSession, type Session } from '../run/aws-session.ts';
import type { ChangeFlags } from '../line/remediation-flags.ts';
import { writeFormatOutputs } from '../output/format-outputs.ts';
import { parseRemediationReports } from '../output/write-plan-reports.ts';
import { say, type Shell } from '../output/shell.ts';
import { elsewhere, tellingFor } from '../run/telling.ts';
import { sayUsed } from '../output/used-files.ts';
import type { RunInputs } from '../../domain/policy/run-inputs.ts';

/** AWS and the configuration, opened for a command that changes pools. */
export interface ApplySession {
  readonly loaded: RunInputs;
  readonly session: Session;
  readonly progress: ApplyProgress;
  /** Of the clocks by which plans age and exceptions end. */
  readonly warnings: readonly Warning[];
  /** From now on an interruption starts nothing new and ends nothing that is under way. */
  hold(): void;
}

/**
 * @param writes whether something may be changed; throws UserError then where that would go to an endpoint that nobody
 *   consented to
 */
export async function withApplySession<T>(
  flags: ChangeFlags,
  writes: boolean,
  shell: Shell,
  work: (run: ApplySession) => Promise<T>,
): Promise<T> {
  const read = await loadInputs(flags, shell, new Date());
  const held = heldSignal(shell.signal);
  const telling = await tellingFor(flags, shell);
  const sayFirst = sayUsed(read.settings, flags, shell);
  const session = await openSession(
    read.settings,
    flags,
    { ...held, clock: shell.clock, line: shell.line },
    telling,
    sayFirst,
  );
  if (session.connection.isEndpointOverridden) telling.warn(elsewhere);
  const warnings = clockWarnings(session.clock.aheadMs());
  for (const { message } of warnings) telling.warn(message);
  const progress = newApplyProgress(flags, shell);
  try {
    const loaded = onBothClocks(read, session.clock);
    if (writes) requireEndpointConsent(session.connection.endpoints, loaded.settings, flags);
    return await work({ loaded, session, progress, warnings, hold: () => held.hold() });
  } finally {
    await progress.hide();
    session.connection.close();
  }
}

export function applyPortsFor(
  { loaded, session }: Pick<ApplySession, 'loaded' | 'session'>,
  journal: Journal,
): ApplyPorts {
  const { connection, calls } = session;
  const pools = poolAccess({ cloud: connection, calls, limits: loaded.settings.limits });
  return { pools, journal, clock: calls.clock, signal: calls.signal };
}

/** Whose changes a journal has that is opened now. */
export function journalIdentity(
  { runId, planDigest, organizationId, rollback }: Omit<JournalIdentity, 'endpoints' | 'callerArn'>,
  { session }: { readonly session: Pick<Session, 'connection'> },
): JournalIdentity {
  const { endpoints, callerArn } = session.connection;
  return { runId, planDigest, organizationId, rollback, endpoints, callerArn };
}

/** What stands before the first write: the journal's name, for whoever finds the command gone. */
export async function sayJournal({ file }: Journal, shell: Shell): Promise<void> {
  await say(shell, `Changes are journaled in ${file}.`);
}

export function orderRules(
  { loaded: { settings }, progress }: Pick<ApplySession, 'loaded' | 'progress'>,
  signal: AbortSignal,
  questions: Confirmations,
): OrderRules {
  return {
    maxFailures: settings.remediation.maxFailures,
    signal,
    ended: () => progress.ended(),
    goOn: (kind, left) => progress.paused(() => questions.goOn(kind, left)),
  };
}

export interface ReportedChanges extends Pick<ApplyReport, 'command' | 'names' | 'warnings'> {
  readonly journal: Journal;
  readonly ledger: ApplyLedger;
  /** What is said after the report, also after one that could not be written, and before the last line. */
  afterwards?(): Promise<void>;
}

/** Reports what was done, and says the exit code in words. */
export async function reportApplied(
  applied: ApplyResult,
  about: ReportedChanges,
  flags: ChangeFlags,
  shell: Shell,
): Promise<ChangeExitCode> {
  const { command, names, warnings, journal, ledger } = about;
  const exitCode = exitCodeOf(applied, shell.signal);
  const made = { origin: originOf(journal), journal: journalOf(journal), callerArn: journal.identity.callerArn };
  const view: ApplyReport = { command, names, warnings, ...made, ...applied, exitCode };
  if (hasWritten(journal)) ledger.knows(view);
  try {
    await writeFormatOutputs(view, applyReportFormats, parseRemediationReports(flags), flags, shell);
  } finally {
    await about.afterwards?.();
  }
  await say(shell, `exit ${exitCode}: ${applyResultInWords(view)}${wayOn(command, applied.stop, applied)}`);
  return exitCode;
}

export function journalOf(journal: Journal): ApplyReport['journal'] {
  const digest = journal.digest();
  return digest === null ? null : { file: journal.file, digest };
}

function wayOn(command: ApplyReport['command'], stop: Stop, { outcomes }: ApplyResult): string {
  if (stop === 'journal') return `; make room, and the same ${command} again, with the same journal, goes on`;
  const goesOn = outcomes.some(({ outcome }) => outcome === 'not-started');
  return goesOn ? `; the same ${command} again, with the same journal, goes on` : '';
}

function exitCodeOf({ outcomes, stop }: ApplyResult, signal: AbortSignal): ChangeExitCode {
  if (stop === 'interrupted') return signalExitCode(signal);
  return exitCodeOfChanges(stop !== null || outcomes.some(isIncomplete));
}

/** Whether this start of the command, or an earlier one with the same journal, may have changed a pool. */
export function hasWritten(journal: Journal): boolean {
  return journal.traces().some(({ trace }) => trace !== 'none');
}

/** Whoever declines the first question has changed nothing, save what an earlier start with this journal has. */
export async function declined(journal: Journal, shell: Shell): Promise<ChangeExitCode> {
  const isFirst = !hasWritten(journal);
  await say(shell, `exit ${isFirst ? 1 : 4}: declined; nothing ${isFirst ? '' : 'more '}was changed`);
  return isFirst ? 1 : 4;
}
