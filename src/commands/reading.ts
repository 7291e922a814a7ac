import type { Logger } from 'pino';
import { connect, type Connection } from '../aws/connect.ts';
import { createCalls, type Calls } from '../audit/pacing/calls.ts';
import { systemClock } from '../audit/pacing/clock.ts';
import type { ApiCounts, ObservationSink } from '../audit/ports.ts';
import { readOrganization, type OrganizationReading } from '../audit/read-organization.ts';
import { newProgress } from '../audit/reading-progress.ts';
import type { ReadingScope } from '../audit/scope.ts';
import { withPlaces } from '../config/settings/wrong-values.ts';
import type { Settings } from '../domain/settings.ts';
import { UnknownTextError } from '../errors.ts';
import type { ConnectionFlags, OutputFlags } from './flags.ts';
import { showProgress } from './progress.ts';
import type { Shell } from './shell.ts';

/** AWS, opened for one command: every request goes through `calls` and is counted. */
export interface Session {
  readonly connection: Connection;
  readonly calls: Calls;
  readonly counts: ApiCounts;
}

export async function openSession(
  settings: Settings,
  flags: ConnectionFlags,
  signal: AbortSignal,
  log: Logger,
): Promise<Session> {
  const { concurrency } = settings.limits;
  const counts: ApiCounts = { calls: 0, throttled: 0, retried: 0 };
  const calls = createCalls({ concurrency, clock: systemClock, signal, counts });
  const connection = await connect({
    profile: flags.profile ?? null,
    endpointUrl: flags.endpointUrl ?? null,
    http: {
      connectTimeoutMs: flags.cliConnectTimeout * 1000,
      readTimeoutMs: flags.cliReadTimeout * 1000,
      caBundle: flags.caBundle ?? null,
      verifiesCertificates: flags.verifySsl,
      concurrency,
    },
    role: settings.role,
    regionHint: settings.regions.kind === 'list' ? (settings.regions.regions[0] ?? null) : null,
    calls,
    notice: (text) => log.warn(text),
  });
  if (connection.isEndpointOverridden) log.warn('Requests go to a configured endpoint, not to AWS.');
  return { connection, calls, counts };
}

/**
 * Reads what is in scope into the sink, with the progress that the flags ask for.
 *
 * @param sources files of configuration and policies, where a text that AWS does not know may stand
 */
export async function readWithProgress(
  { connection, calls, counts }: Session,
  scope: ReadingScope,
  sink: ObservationSink,
  flags: OutputFlags,
  shell: Shell,
  sources: readonly string[],
): Promise<OrganizationReading> {
  const progress = newProgress();
  const isShown = flags.progress && !flags.quiet;
  const stop = isShown ? showProgress(() => ({ ...progress, ...counts }), shell.stderr) : async () => undefined;
  try {
    return await readOrganization({ cloud: connection, calls, scope, sink, progress });
  } catch (error) {
    throw error instanceof UnknownTextError ? withPlaces(error, sources) : error;
  } finally {
    await stop();
  }
}
