import { assembleResult } from './assemble.ts';
import type { OrganizationReading } from '../reading/read-organization.ts';
import { openResultFiles } from './saved/store.ts';
import type { RunDirectory } from '../run-directory/run-directory.ts';
import { clockWarnings } from '../domain/result/clock-warnings.ts';
import { signalExitCode } from '../domain/result/exit-code.ts';
import { completeResult } from './complete.ts';
import type { JsonObject } from '../domain/model/json.ts';
import type { Result, RunInfo, Summary } from '../domain/result/result.ts';
import type { Shard } from '../domain/result/shard.ts';
import { version } from '../version.ts';
import { newRunEvaluator, type ExitFlags } from './run-evaluator.ts';
import type { ApiCounts } from '../pacing/api-counts.ts';
import type { SessionClock } from '../pacing/session-clock.ts';
import { policyRecords } from '../domain/policy/policy-records.ts';
import { unreadFactWarnings } from './unread-fact-warnings.ts';
import type { RunInputs } from '../domain/policy/run-inputs.ts';

/** The session that a run was read in: whose answers they are, and by which clock. */
export interface ReadSession {
  readonly connection: Pick<RunInfo, 'endpoints'> & { readonly isEndpointOverridden: boolean };
  readonly counts: ApiCounts;
  readonly clock: SessionClock;
}

/** Flags that leave a part of the organization out. */
export interface NarrowingFlags {
  readonly account?: readonly string[];
  readonly region?: readonly string[];
}

export interface ReadRun {
  readonly loaded: RunInputs;
  readonly flags: ExitFlags & NarrowingFlags;
  readonly shard: Shard | null;
  readonly session: ReadSession;
  readonly directory: RunDirectory;
  readonly reading: OrganizationReading;
  /** Its reason is the exit code of an interrupted run. */
  readonly signal: AbortSignal;
}

/** Judges what was read, by the policies, and completes the result; it lies in the run directory. */
export async function evaluateRun(run: ReadRun): Promise<Result> {
  const { loaded, flags, shard, directory, reading, session } = run;
  const rule = { failOn: loaded.settings.failOn, failOnNew: flags.failOnNew };
  const policies = newRunEvaluator(loaded, session.clock.latestAt(new Date(directory.startedAt)));
  const writer = await openResultFiles(directory.resultFolder);
  const { discovery, gaps } = reading;
  const observed = {
    accounts: discovery.accounts,
    skippedAccounts: discovery.skipped,
    unfinishedAccounts: reading.unfinished,
    gaps,
    store: directory.store,
  };
  const counted = await assembleResult(observed, policies.evaluator, rule, writer);
  const summary: Summary = { ...counted, changes: null, remediation: null, api: { ...run.session.counts } };
  const head = {
    schemaVersion: '1',
    tool: { name: 'mfa-drift', version },
    run: runInfo(run),
    redacted: false,
    summary,
  } as const;
  const signal = reading.interrupted ? signalExitCode(run.signal) : null;
  const ending = { signal, changesFailed: false, exitZero: flags.exitZero };
  const isPart = shard !== null || Object.keys(filtersOf(flags)).length > 0;
  const ofReading = [...clockWarnings(session.clock.aheadMs()), ...unreadFactWarnings(discovery.unreadFacts)];
  return writer.result(completeResult(head, ending, ofReading, policies.warnings(isPart)));
}

function runInfo({ loaded, flags, shard, session, directory, reading }: ReadRun): Omit<RunInfo, 'exitCode'> {
  const { settings, set, files, sourceFolder } = loaded;
  return {
    id: directory.runId,
    startedAt: directory.startedAt,
    finishedAt: session.clock.date().toISOString(),
    callerArn: reading.discovery.callerArn,
    organizationId: reading.discovery.organizationId,
    shard,
    interrupted: reading.interrupted,
    clocks: session.clock.aheadMs() === null ? 'own' : 'both',
    endpointOverridden: session.connection.isEndpointOverridden,
    endpoints: session.connection.endpoints,
    failOn: settings.failOn,
    failOnNew: flags.failOnNew,
    scope: {
      accounts: settings.accounts.kind,
      filters: filtersOf(flags),
      regions: settings.regions.kind === 'list' ? settings.regions.regions : 'enabled',
    },
    baseline: null,
    from: null,
    policySetSha256: set.sha256,
    policySet: policyRecords(set),
    policies: files,
    ...(sourceFolder === '' ? {} : { sourceFolder }),
  };
}

function filtersOf({ account, region }: ReadRun['flags']): JsonObject {
  return { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
}
