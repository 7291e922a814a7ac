import { join } from 'node:path';
import { requireWritableFile } from '../atomic-file.ts';
import { clockWarningsIn } from '../domain/result/clock-warnings.ts';
import { signalExitCode } from '../domain/result/exit-code.ts';
import { completeResult } from '../result/complete.ts';
import type { Objection } from '../domain/remediation/model/refusals.ts';
import type { OverLimit } from '../domain/remediation/plan/limits.ts';
import type { Outcome, Stop } from '../domain/remediation/model/outcome.ts';
import type { RemediationSummary, Result, ResultHead } from '../domain/result/result.ts';
import { UserError } from '../errors.ts';
import { callersOrganization } from '../remediate/plan/accounts-in-scope.ts';
import { openJournal, type Journal } from '../remediate/journal/journal.ts';
import { readJournal } from '../remediate/journal/read.ts';
import { remediateOrganization, type Remediation } from '../remediate/plan/remediate-organization.ts';
import { remediatedResult } from '../remediate/apply/remediated-result.ts';
import type { ApplyReport } from '../report/plan/apply-report.ts';
import { withLedger, type ApplyLedger } from './change/apply-ledger.ts';
import { newApplyProgress } from './change/apply-progress.ts';
import {
  hasWritten,
  journalIdentity,
  journalOf,
  orderRules,
  sayJournal,
  applyPortsFor,
} from './change/apply-session.ts';
import type { AuditFlags } from './line/flags.ts';
import type { AuditRun } from './run/audit-run.ts';
import { showCalls } from './run/aws-session.ts';
import { measureFor, poolsRead, planContext, requireCertificates } from './change/remediation-rules.ts';
import { waitingOn, type Shell } from './output/shell.ts';
import type { Warning } from '../domain/result/warning.ts';

export { withLedger };

export interface RemediateFlags {
  readonly remediate?: boolean;
  readonly journal?: string;
}

/** Before a run begins: throws UserError for flags that never go together with a write. */
export async function requireRemediable(flags: AuditFlags & RemediateFlags): Promise<void> {
  if (flags.remediate !== true) return;
  requireCertificates(flags);
  if (flags.shard !== undefined) {
    throw new UserError(
      '--remediate does not go together with --shard, since no shard knows how much the others change: merge the shards, then plan and apply.',
    );
  }
  if (flags.journal !== undefined && !flags.resume && (await readJournal(flags.journal)) !== null) {
    throw new UserError(
      `--journal ${flags.journal}: the file is there already, and a run has a journal of its own. Name a new one.`,
    );
  }
}

/** What a fixing audit needs beside the run. */
export interface RemediateHow {
  readonly flags: AuditFlags & RemediateFlags;
  /** Where the journal is made unless a flag names it. */
  readonly folder: string;
  readonly ledger: ApplyLedger;
  readonly shell: Shell;
}

/** Fixes what policies with mode auto let it fix, and says so in the result. */
export async function remediate(run: AuditRun, how: RemediateHow): Promise<Result> {
  const { loaded, directory, result, reading, session } = run;
  const { flags, shell, ledger } = how;
  if (reading.interrupted) return result;
  const { id: runId } = result.head.run;
  const forbidden = listGap(run);
  const organizationId = forbidden === null ? await callersOrganization(session.connection, session.calls) : null;
  run.hold();
  const file = flags.journal ?? join(how.folder, `mfa-drift.journal-${runId}.ndjson`);
  const identity = journalIdentity({ runId, planDigest: null, organizationId, rollback: false }, run);
  await requireWritableFile(file);
  const journal = await openJournal(file, identity, () => session.clock.date(), waitingOn(shell, flags.quiet));
  const progress = newApplyProgress(flags, shell);
  const planned = showCalls('working out changes', session, flags, shell);
  ledger.opened(journal);
  try {
    const remediation = await remediateOrganization({
      result,
      context: planContext(loaded, 'audit', session.clock.latestAt(new Date(directory.startedAt))),
      ports: applyPortsFor(run, journal),
      measure: measureFor(session, loaded.settings, flags.maxAge),
      order: orderRules({ loaded, progress }, shell.signal, nobodyAsks),
      limits: loaded.settings.remediation,
      poolsRead: poolsRead(result),
      forbidden,
      async begins(pools) {
        await planned();
        await sayJournal(journal, shell);
        await progress.begin('changing pools', pools);
      },
    });
    await progress.hide();
    if (hasWritten(journal)) ledger.knows(viewOf(remediation, journal, clockWarningsIn(result.head.warnings)));
    if (remediation.stop === 'interrupted') run.keep();
    const rewritten = await remediatedResult(result, remediation, join(directory.resultFolder, 'remediated'));
    const warnings = [forbidden, remediation.overLimit].flatMap((objection) => warningOf(objection));
    const head = headAfter(rewritten.head, remediation, { forbidden, journal, warnings, flags, run, shell });
    return { ...rewritten, head };
  } finally {
    await planned();
    await progress.hide();
    await journal.close();
  }
}

function viewOf(
  { outcomes, stop, names }: Remediation,
  journal: Journal,
  warnings: ApplyReport['warnings'],
): ApplyReport {
  return {
    command: 'audit',
    origin: 'policies',
    warnings,
    outcomes,
    stop,
    names,
    journal: journalOf(journal),
    callerArn: journal.identity.callerArn,
    exitCode: 4,
  };
}

const nobodyAsks = { isAsked: false, begin: () => Promise.resolve(true), goOn: () => Promise.resolve(true) };

/** Where nobody knows which accounts there are, nobody knows how large a part of them would change. */
function listGap({ reading }: AuditRun): Objection | null {
  const gap = reading.gaps.find(({ scope }) => scope === 'organization');
  if (gap === undefined) return null;
  return {
    code: 'remediation-off',
    message: `Nothing was changed, since the list of accounts could not be read whole: ${gap.message}. ${gap.remedy}`,
  };
}

function warningOf(objection: Objection | null): readonly Warning[] {
  return objection === null
    ? []
    : [{ code: 'remediation-stopped', message: objection.message, file: null, line: null }];
}

interface After {
  readonly forbidden: Objection | null;
  readonly journal: Journal;
  readonly warnings: readonly Warning[];
  readonly flags: AuditFlags;
  readonly run: AuditRun;
  readonly shell: Shell;
}

function headAfter(
  head: ResultHead,
  remediation: Remediation,
  { forbidden, journal, warnings, flags, run, shell }: After,
): ResultHead {
  const interrupted = remediation.stop === 'interrupted';
  const remediated = {
    ...head,
    run: { ...head.run, finishedAt: run.session.clock.date().toISOString(), interrupted },
    summary: {
      ...head.summary,
      remediation: inNumbers(remediation, forbidden, journal),
      api: { ...run.session.counts },
    },
  };
  const signal = interrupted ? signalExitCode(shell.signal) : null;
  const ending = { signal, changesFailed: hasFailed(remediation), exitZero: flags.exitZero };
  return completeResult(remediated, ending, head.warnings, warnings);
}

function inNumbers(
  { outcomes, refused, stop, overLimit }: Remediation,
  forbidden: Objection | null,
  journal: Journal,
): RemediationSummary {
  const count = (outcome: Outcome): number => outcomes.filter((each) => each.outcome === outcome).length;
  const numbers = {
    applied: count('applied'),
    unchanged: count('unchanged'),
    refused: count('refused') + refused.length,
    stale: count('stale'),
    failed: count('failed'),
    unknown: count('unknown'),
    'not-started': count('not-started'),
  };
  const rollingOut = [...outcomes, ...refused].filter(({ code }) => code === 'rolling-out').length;
  return {
    outcomes: numbers,
    ...(rollingOut === 0 ? {} : { rollingOut }),
    journal: journalOf(journal),
    stop: stopOf(stop, overLimit, forbidden),
  };
}

const stopWords = {
  failures: 'stopped after too many failures in a row',
  interrupted: 'interrupted',
  journal: 'stopped, since the journal could not be written',
} as const;

function stopOf(stop: Stop, overLimit: OverLimit | null, forbidden: Objection | null): RemediationSummary['stop'] {
  if (forbidden !== null)
    return { reason: 'forbidden', message: 'no change was made, since the list of accounts could not be read whole' };
  if (overLimit !== null) return { reason: 'limit', message: `${overLimit.inShort}: none was made` };
  // Nobody is asked during the night.
  return stop === null || stop === 'declined' ? null : { reason: stop, message: stopWords[stop] };
}

function hasFailed({ outcomes, stop, overLimit }: Remediation): boolean {
  return (
    overLimit !== null ||
    stop === 'failures' ||
    stop === 'journal' ||
    outcomes.some(({ outcome }) => outcome === 'failed' || outcome === 'unknown')
  );
}
