import { connect, type Connection } from '../../aws/session/connect.ts';
import { createCalls, type Calls } from '../../pacing/calls.ts';
import { systemClock } from '../../pacing/clock.ts';
import { sessionClock, type SessionClock } from '../../pacing/session-clock.ts';
import type { ObservationSink } from '../../reading/sink.ts';
import { readOrganization, type OrganizationReading } from '../../reading/read-organization.ts';
import { counted } from '../../number-format.ts';
import { newProgress } from '../../reading/progress/reading-progress.ts';
import type { ReadingScope } from '../../reading/accounts/scope.ts';
import { withLocations } from '../../config/settings/wrong-values.ts';
import type { Settings } from '../../domain/settings.ts';
import { UnknownTextError } from '../../errors.ts';
import { connectionOf, type ConnectionFlags, type OutputFlags } from '../line/flags.ts';
import { showLine, showProgress } from './progress.ts';
import type { Shell } from '../output/shell.ts';
import type { Telling } from './telling.ts';
import { usedFiles } from '../output/used-files.ts';
import type { ApiCounts } from '../../pacing/api-counts.ts';

/** AWS, opened for one command: every request goes through `calls` and is counted. */
export interface Session {
  readonly connection: Connection;
  readonly calls: Calls;
  readonly counts: ApiCounts;
  readonly clock: SessionClock;
}

/** `say` is told the first line of the run: before anything is asked, or as soon as it is known whose account is read. */
export async function openSession(
  settings: Settings,
  flags: ConnectionFlags,
  { signal, clock: own = systemClock, line }: Pick<Shell, 'signal' | 'clock' | 'line'>,
  { log, warn }: Telling,
  say: (line: string) => Promise<void>,
): Promise<Session> {
  const isCallersOnly = settings.accounts.kind === 'caller';
  if (!isCallersOnly) await say(usedFiles(settings, null));
  // What is noticed on the way stands below the first line.
  const early: string[] = [];
  let notice = (text: string): void => void early.push(text);
  const { concurrency } = settings.limits;
  const counts: ApiCounts = { calls: 0, throttled: 0, retried: 0 };
  const clock = sessionClock(own);
  const calls = createCalls({ concurrency, clock, signal, counts, log });
  try {
    const connection = await connect({
      ...connectionOf(flags, concurrency),
      role: settings.role,
      organizationRole: settings.organizationRole,
      regionHint: settings.regions.kind === 'list' ? (settings.regions.regions[0] ?? null) : null,
      calls,
      learnTime: (time) => clock.learn(time),
      notice: (text) => notice(text),
      ask: line ?? null,
    });
    if (isCallersOnly) await say(usedFiles(settings, connection.callerAccountId));
    return { connection, calls, counts, clock };
  } finally {
    notice = warn;
    early.forEach(notice);
  }
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
  const isShown = showsProgress(flags, calls);
  const stop = isShown ? showProgress(() => ({ ...progress, ...counts }), shell.stderr) : async () => undefined;
  try {
    return await readOrganization({ cloud: connection, calls, scope, sink, progress });
  } catch (error) {
    throw error instanceof UnknownTextError ? withLocations(error, sources) : error;
  } finally {
    await stop();
  }
}

/** Does what asks AWS for more than a moment, and says meanwhile what it is and how many requests it took. */
export async function withCallsShown<T>(
  what: string,
  session: Session,
  flags: OutputFlags,
  shell: Shell,
  work: () => Promise<T>,
): Promise<T> {
  const stop = showCalls(what, session, flags, shell);
  try {
    return await work();
  } finally {
    await stop();
  }
}

/** The same for what ends elsewhere. Returns what ends it, and does nothing a second time. */
export function showCalls(
  what: string,
  { calls, counts }: Session,
  flags: OutputFlags,
  shell: Shell,
): () => Promise<void> {
  const before = counts.calls;
  if (!showsProgress(flags, calls)) return async () => undefined;
  return showLine((columns) => `${what} · ${counted(counts.calls - before, 'call')}`.slice(0, columns), shell.stderr);
}

/** What is drawn over and over, and a log, would garble each other. */
function showsProgress({ progress, quiet }: OutputFlags, { log }: Session['calls']): boolean {
  return progress && !quiet && log === null;
}
