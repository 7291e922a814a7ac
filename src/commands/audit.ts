import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareResult, type Baseline } from '../audit/compare-result.ts';
import type { OrganizationReading } from '../audit/read-organization.ts';
import { openRunDirectory, type RunDirectory } from '../audit/run-directory/run-directory.ts';
import type { ReadingScope } from '../audit/scope.ts';
import type { Result } from '../domain/result.ts';
import { namedUnits } from '../domain/named-units.ts';
import { readingNeeds } from '../domain/reading-needs.ts';
import { UserError } from '../errors.ts';
import { createLogger } from '../log.ts';
import { exitSentence } from '../report/exit-sentence.ts';
import { version } from '../version.ts';
import type { AuditFlags } from './flags.ts';
import { openBaseline } from './baseline.ts';
import { judgeReading } from './judged.ts';
import { loadInputs, sha256, type Loaded } from './loaded.ts';
import { openSession, readWithProgress, type Session } from './reading.ts';
import { parseReportTargets, requireReadableQuery, writeReports } from './reports.ts';
import type { Shell } from './shell.ts';

export interface AuditHow {
  /** Whether a named run directory stays, and an interrupted run can be resumed. */
  readonly leavesRun: boolean;
}

/** The main job: read what is in scope, judge it, report. Resolves with the exit code. */
export async function audit(
  flags: AuditFlags,
  shell: Shell,
  { leavesRun }: AuditHow = { leavesRun: true },
): Promise<number> {
  const now = new Date();
  const loaded = await loadInputs(flags, shell, now);
  const targets = parseReportTargets(loaded.settings.reports);
  await requireReadableQuery(flags.query, targets);
  const baseline = await openBaseline(flags.baseline);
  const log = await createLogger(
    flags.debug ? 'debug' : flags.logLevel,
    flags.logFormat ?? (shell.stderr.isTerminal ? 'pretty' : 'json'),
  );
  const session = await openSession(loaded.settings, flags, shell.signal, log);
  try {
    const directory = await openDirectory(flags, loaded, session, now);
    let finished = false;
    try {
      const reading = await readWithProgress(session, scopeOf(loaded, flags), directory.store, flags, shell).catch(
        (error: unknown) => {
          // Could not run: there is nothing to go on with, and the next run must not be refused for it.
          finished = error instanceof UserError && !directory.resumed;
          throw error;
        },
      );
      const judged = await judgeReading({ loaded, flags, session, directory, reading, signal: shell.signal });
      const result = await comparedWith(baseline, judged, loaded, flags, directory);
      await writeReports(result, targets, flags, shell);
      await shell.stderr.write(`${exitSentence(result.head)}${leavesRun ? resumeHint(reading, directory) : ''}\n`);
      finished = !reading.interrupted;
      return result.head.run.exitCode;
    } finally {
      await directory.close({ finished, delete: !leavesRun || (finished && flags.runDir === undefined) });
    }
  } finally {
    session.connection.close();
  }
}

function comparedWith(
  baseline: Baseline | null,
  result: Result,
  { settings }: Loaded,
  { failOnNew, exitZero }: AuditFlags,
  { resultFolder }: RunDirectory,
): Promise<Result> {
  if (baseline === null) return Promise.resolve(result);
  const rule = { failOn: settings.failOn, failOnNew, exitZero };
  return compareResult(result, baseline, join(resultFolder, 'compared'), rule);
}

function scopeOf({ settings, set }: Loaded, flags: AuditFlags): ReadingScope {
  const needs = readingNeeds(set, settings);
  return {
    settings,
    // Reports group by organizational unit, so that units are named by the one walk also where no policy asks.
    needs: { ...needs, accountPaths: needs.accountPaths || settings.accounts.kind === 'organization' },
    filters: { accounts: flags.account ?? null, regions: flags.region ?? null, shard: null },
    namedUnits: namedUnits(set),
  };
}

async function openDirectory(
  flags: AuditFlags,
  { settings, set }: Loaded,
  { connection }: Session,
  now: Date,
): Promise<RunDirectory> {
  const { account, region, endpointUrl } = flags;
  const scope = { account, region, endpointUrl, caller: connection.callerAccountId };
  return openRunDirectory(flags.runDir ?? join('.mfa-drift', 'run'), {
    resume: flags.resume,
    maxAgeMs: flags.maxAge,
    now,
    newRunId: randomUUID(),
    inputs: {
      tool: version,
      policies: set.sha256,
      configuration: sha256(JSON.stringify({ ...settings, reports: [] })),
      scope: sha256(JSON.stringify(scope)),
    },
    fallbackFolder: flags.runDir === undefined ? join(tmpdir(), `mfa-drift-run-${process.getuid?.() ?? ''}`) : null,
  });
}

function resumeHint({ interrupted }: OrganizationReading, { folder }: RunDirectory): string {
  return interrupted ? `; go on with it: --resume (the run is in ${folder})` : '';
}
