/** The end of every result, however it came to be: whether it is complete, what it warns of, and with which exit code it ends. */
import { exitCodeOf, joinedExitCode, type ExitCode, type SignalExitCode } from '../domain/result/exit-code.ts';
import type { ResultHead, RunInfo } from '../domain/result/result.ts';
import type { Warning } from '../domain/result/warning.ts';

/** How a run has ended, beside what its summary says. */
interface RunEnding {
  /** The exit code of the signal that ended this very run; `null`: none did. */
  readonly signal: SignalExitCode | null;
  readonly changesFailed: boolean;
  readonly exitZero: boolean;
}

/** The shards that a result is merged from, each with its own exit code, and how many are missing. */
interface Merging {
  readonly shards: readonly ExitCode[];
  readonly missing: number;
}

/** A result of before, told anew: it ends as it did. */
interface Retold {
  readonly saved: ExitCode;
}

export type Ending = RunEnding | Merging | Retold;
export type OpenHead = Omit<ResultHead, 'complete' | 'run' | 'warnings'> & { readonly run: Omit<RunInfo, 'exitCode'> };

/**
 * The head of a result whose summary is final. What an interrupted run did not reach was not read, though no gap says so.
 *
 * @param warnings in their order; what two of them say is said once
 */
export function completeResult(
  head: OpenHead,
  ending: Ending,
  ...warnings: readonly (readonly Warning[])[]
): ResultHead {
  const { run, summary } = head;
  const unread = summary.gaps.open + (run.interrupted ? 1 : 0);
  return {
    ...head,
    complete: unread === 0,
    warnings: distinct(warnings.flat()),
    run: { ...run, exitCode: exitCodeAt(ending, unread, summary.drift.failing) },
  };
}

function exitCodeAt(ending: Ending, openGaps: number, failingPools: number): ExitCode {
  if ('saved' in ending) return ending.saved;
  if ('shards' in ending) return joinedExitCode(ending.shards, ending.missing);
  return ending.signal ?? exitCodeOf({ ...ending, openGaps, failingPools });
}

function distinct(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}
