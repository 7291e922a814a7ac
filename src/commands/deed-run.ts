import { isIncomplete, type Deeds } from '../domain/remediation/outcome.ts';
import type { OrderRules } from '../remediate/in-order.ts';
import type { Journal } from '../remediate/journal.ts';
import { poolAccess } from '../remediate/pool-access.ts';
import type { Tools } from '../remediate/write-change.ts';
import { deedsInWords, type DeedsView } from '../report/plan/deeds-view.ts';
import { deedsFormats } from '../report/plan/registry.ts';
import { heldSignal } from './held-signal.ts';
import { loadInputs, type Loaded } from './loaded.ts';
import { openSession, type Session } from './reading.ts';
import type { DeedFlags } from './remediation-flags.ts';
import { parseRemediationReports, writeRemediationReports } from './remediation-reports.ts';
import { say, type Shell } from './shell.ts';
import { elsewhere, tellingFor } from './telling.ts';
import { sayUsed } from './used-files.ts';

/** AWS and the configuration, opened for a command that changes pools. */
export interface DeedRun {
  readonly loaded: Loaded;
  readonly session: Session;
  /** From now on an interruption starts nothing new and ends nothing that is under way. */
  hold(): void;
}

export async function withDeedRun<T>(flags: DeedFlags, shell: Shell, work: (run: DeedRun) => Promise<T>): Promise<T> {
  const { report: _report, ...inputs } = flags;
  const loaded = await loadInputs(inputs, shell, new Date());
  const held = heldSignal(shell.signal);
  const telling = await tellingFor(flags, shell);
  const session = await openSession(loaded.settings, flags, held.signal, telling, sayUsed(loaded.settings, {}, shell));
  if (session.connection.isEndpointOverridden) telling.warn(elsewhere);
  try {
    return await work({ loaded, session, hold: () => held.hold() });
  } finally {
    session.connection.close();
  }
}

export function toolsFor({ loaded, session }: Pick<DeedRun, 'loaded' | 'session'>, journal: Journal): Tools {
  const { connection, calls } = session;
  const pools = poolAccess({ cloud: connection, calls, limits: loaded.settings.limits });
  return { pools, journal, clock: calls.clock, signal: calls.signal };
}

export function orderRules({ settings }: Loaded, signal: AbortSignal, goOn: OrderRules['goOn']): OrderRules {
  return { maxFailures: settings.remediation.maxFailures, signal, goOn };
}

export interface DeedReport extends Pick<DeedsView, 'command' | 'journal' | 'names'> {
  /** What is said after the report and before the last line. */
  afterwards?(): Promise<void>;
}

/** Reports what was done, and says the exit code in words. */
export async function reportDeeds(deeds: Deeds, about: DeedReport, flags: DeedFlags, shell: Shell): Promise<number> {
  const exitCode = exitCodeOf(deeds, shell.signal);
  const view: DeedsView = { ...about, ...deeds, exitCode };
  await writeRemediationReports(view, deedsFormats, parseRemediationReports(flags), flags, shell);
  await about.afterwards?.();
  const goOn = deeds.outcomes.some(({ outcome }) => outcome === 'not-started');
  const hint = goOn ? `; the same ${about.command} again, with the same journal, goes on` : '';
  await say(shell, `exit ${exitCode}: ${deedsInWords(view)}${hint}`);
  return exitCode;
}

function exitCodeOf({ outcomes, stop }: Deeds, signal: AbortSignal): number {
  if (stop === 'interrupted') return Number(signal.reason);
  return stop !== null || outcomes.some(isIncomplete) ? 4 : 0;
}
