import { join } from 'node:path';
import { exitCodeOf } from '../domain/exit-code.ts';
import type { Objection } from '../domain/remediation/refusals.ts';
import type { Result, ResultHead, Warning } from '../domain/result.ts';
import { UserError } from '../errors.ts';
import { readJournal } from '../remediate/read-journal.ts';
import { openJournal } from '../remediate/journal.ts';
import { remediateOrganization, type Remediation } from '../remediate/remediate-organization.ts';
import { remediatedResult } from '../remediate/remediated-result.ts';
import { orderRules, toolsFor } from './deed-run.ts';
import type { AuditFlags } from './flags.ts';
import type { JudgedRun } from './judged-run.ts';
import type { LimitFlags } from './remediation-flags.ts';
import { poolsRead, remediationJudging, requireCertificates } from './remediation-rules.ts';
import { waitingOn, type Shell } from './shell.ts';

export interface RemediateFlags extends LimitFlags {
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

/** Fixes what policies with mode auto let it fix, and says so in the result. */
export async function remediate(run: JudgedRun, flags: AuditFlags & RemediateFlags, shell: Shell): Promise<Result> {
  const { loaded, directory, result, reading } = run;
  if (reading.interrupted) return result;
  run.hold();
  const { id: runId, organizationId } = result.head.run;
  const file = flags.journal ?? `mfa-drift.journal-${runId}.ndjson`;
  const journal = await openJournal(
    file,
    { runId, planDigest: null, organizationId, rollback: false },
    () => new Date(),
    waitingOn(shell),
  );
  try {
    const forbidden = listGap(run);
    const remediation = await remediateOrganization({
      result,
      judging: remediationJudging(loaded, 'audit', new Date(directory.startedAt)),
      tools: toolsFor(run, journal),
      order: orderRules(loaded, shell.signal, () => Promise.resolve(true)),
      limits: loaded.settings.remediation,
      poolsRead: poolsRead(result),
      forbidden,
    });
    if (remediation.stop === 'interrupted') run.keep();
    const rewritten = await remediatedResult(result, remediation, join(directory.resultFolder, 'remediated'));
    const warnings = [forbidden, remediation.overLimit].flatMap((objection) => warningOf(objection));
    const head = headAfter(rewritten.head, remediation, { warnings, flags, run, shell });
    return { ...rewritten, head };
  } finally {
    await journal.close();
  }
}

/** Where nobody knows which accounts there are, nobody knows how large a part of them would change. */
function listGap({ reading }: JudgedRun): Objection | null {
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
  readonly warnings: readonly Warning[];
  readonly flags: AuditFlags;
  readonly run: JudgedRun;
  readonly shell: Shell;
}

function headAfter(head: ResultHead, remediation: Remediation, { warnings, flags, run, shell }: After): ResultHead {
  const interrupted = remediation.stop === 'interrupted';
  const exitCode = interrupted
    ? Number(shell.signal.reason)
    : exitCodeOf({
        openGaps: head.summary.gaps.open,
        failingPools: head.summary.drift.failing,
        changesFailed: hasFailed(remediation),
        exitZero: flags.exitZero,
      });
  return {
    ...head,
    complete: head.complete && !interrupted,
    run: { ...head.run, finishedAt: new Date().toISOString(), interrupted, exitCode },
    summary: { ...head.summary, api: { ...run.session.counts } },
    warnings: [...head.warnings, ...warnings],
  };
}

function hasFailed({ outcomes, stop, overLimit }: Remediation): boolean {
  return (
    overLimit !== null ||
    stop === 'failures' ||
    outcomes.some(({ outcome }) => outcome === 'failed' || outcome === 'unknown')
  );
}
