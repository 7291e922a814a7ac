import { sha256 } from '../../domain/model/sha256.ts';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrganizationReading } from '../../reading/read-organization.ts';
import { openRunDirectory, type RunDirectory } from '../../run-directory/run-directory.ts';
import type { ReadingScope } from '../../reading/accounts/scope.ts';
import { namedUnits } from '../../domain/policy/named-units.ts';
import { readingNeeds } from '../../domain/policy/advice/reading-needs.ts';
import { isInShard, type Shard } from '../../domain/result/shard.ts';
import type { Result } from '../../domain/result/result.ts';
import { UserError } from '../../errors.ts';
import { version } from '../../version.ts';
import { requireEndpointConsent } from '../change/endpoint-consent.ts';
import type { AuditFlags } from '../line/flags.ts';
import { heldSignal } from './held-signal.ts';
import { evaluateRun } from '../../result/evaluate-run.ts';
import { onBothClocks } from './inputs.ts';
import { openSession, readWithProgress, type Session } from './aws-session.ts';
import { shardOf } from '../line/shard.ts';
import { waitingOn, type Shell } from '../output/shell.ts';
import { tellingFor } from './telling.ts';
import { sayUsed } from '../output/used-files.ts';
import type { RunInputs } from '../../domain/policy/run-inputs.ts';

/** An organization that was read and judged; its result lies in the run directory as long as the work goes on. */
export interface AuditRun {
  readonly loaded: RunInputs;
  readonly session: Session;
  readonly directory: RunDirectory;
  readonly reading: OrganizationReading;
  readonly result: Result;
  /** Once it was called, an interruption ends no request that is under way. */
  hold(): void;
  /** Does what may fail once everything was read, such as a report: the error says how to go on without reading it again. */
  afterReading<T>(work: () => Promise<T>): Promise<T>;
  /** Keeps the run directory for `--resume`, although everything was read: the work after it was interrupted. */
  keep(): void;
}

export type RunFlags = Omit<AuditFlags, 'redact' | 'query' | 'baseline'> & { readonly remediate?: boolean };

/**
 * Reads what is in scope, judges it, and hands it on. Resolves with what the work resolves with, when the run directory
 * is closed, and deleted where nothing is to be resumed.
 *
 * @param leavesRun whether a named run directory stays, and an interrupted run can be resumed
 */
export async function withAuditRun<T>(
  inputs: RunInputs,
  flags: RunFlags,
  shell: Shell,
  leavesRun: boolean,
  work: (run: AuditRun) => Promise<T>,
): Promise<T> {
  const shard = shardOf(flags.shard, shell.env);
  const telling = await tellingFor(flags, shell);
  const held = heldSignal(shell.signal);
  const say = sayUsed(inputs.settings, flags, shell);
  const session = await openSession(
    inputs.settings,
    flags,
    { ...held, clock: shell.clock, line: shell.line },
    telling,
    say,
  );
  try {
    const loaded = onBothClocks(inputs, session.clock);
    if (flags.remediate === true) requireEndpointConsent(session.connection.endpoints, loaded.settings, flags);
    const directory = await openDirectory(flags, shard, loaded, session, shell);
    let finished = false;
    try {
      const reading = await readWithProgress(
        session,
        scopeOf(loaded, flags, shard),
        directory.store,
        flags,
        shell,
        loaded.files.map(({ file }) => file),
      ).catch((error: unknown) => {
        // Could not run: there is nothing to go on with, and the next run must not be refused for it.
        finished = error instanceof UserError && directory.store.units().length === 0;
        throw error;
      });
      const result = await evaluateRun({ loaded, flags, shard, session, directory, reading, signal: shell.signal });
      let isKept = false;
      const hold = () => held.hold();
      const keep = () => void (isKept = true);
      const afterReading: AuditRun['afterReading'] = (last) => (leavesRun ? withWayOn(directory.folder, last) : last());
      const done = await work({ loaded, session, directory, reading, result, hold, afterReading, keep });
      finished = !reading.interrupted && !isKept;
      return done;
    } finally {
      await directory.close({ finished, delete: !leavesRun || (finished && flags.runDir === undefined) });
    }
  } finally {
    session.connection.close();
  }
}

async function withWayOn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const reason = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
    const message = `${reason} What was read is kept in ${folder}: the same command with --resume goes on with it.`;
    throw new UserError(message, { cause: error });
  }
}

function scopeOf({ settings, set }: RunInputs, flags: RunFlags, shard: Shard | null): ReadingScope {
  return {
    settings,
    needs: readingNeeds(set, settings),
    filters: {
      accounts: flags.account ?? null,
      regions: flags.region ?? null,
      shard: shard === null ? null : { count: shard.count, holds: (accountId) => isInShard(accountId, shard) },
    },
    namedUnits: namedUnits(set),
  };
}

async function openDirectory(
  flags: RunFlags,
  shard: Shard | null,
  { settings, set }: RunInputs,
  { connection, clock }: Session,
  shell: Shell,
): Promise<RunDirectory> {
  const { account, region, endpointUrl } = flags;
  const scope = { account, region, endpointUrl, shard, caller: connection.callerAccountId };
  return openRunDirectory(flags.runDir ?? join('.mfa-drift', 'run'), {
    resume: flags.resume,
    maxAgeMs: flags.maxAge,
    now: clock.latest(),
    startedAt: clock.date(),
    newRunId: randomUUID(),
    inputs: {
      tool: version,
      policies: set.sha256,
      configuration: sha256(JSON.stringify({ ...settings, reports: [], deliver: [], blame: false })),
      scope: sha256(JSON.stringify(scope)),
    },
    ...waitingOn(shell, flags.quiet),
    fallbackFolder: flags.runDir === undefined ? join(tmpdir(), `mfa-drift-run-${process.getuid?.() ?? ''}`) : null,
  });
}
