/** The end of every run, however it came by its result: whether it is complete, and with which exit code it ends. */
import { exitCodeOf } from '../domain/result/exit-code.ts';
import type { ResultHead, RunInfo } from '../domain/result/result.ts';

/** What a head does not say yet. */
export interface Ending {
  /** The exit code of the signal that ended this very run; `null`: none did. */
  readonly signal: number | null;
  readonly changesFailed: boolean;
  readonly exitZero: boolean;
}

type OpenHead = Omit<ResultHead, 'complete' | 'run'> & { readonly run: Omit<RunInfo, 'exitCode'> };

/** The head of a result whose summary is final. What an interrupted run did not reach was not read, though no gap says so. */
export function completeResult(head: OpenHead, { signal, changesFailed, exitZero }: Ending): ResultHead {
  const { run, summary } = head;
  const unread = summary.gaps.open + (run.interrupted ? 1 : 0);
  const exitCode =
    signal ?? exitCodeOf({ openGaps: unread, failingPools: summary.drift.failing, changesFailed, exitZero });
  return { ...head, complete: unread === 0, run: { ...run, exitCode } };
}
