/** What became of one change that was to be made, or undone. */
import type { JsonObject } from '../../model/json.ts';
import type { Because } from './plan.ts';
import type { Risk } from '../../model/risk.ts';

/**
 * `applied`: written and verified. `unchanged`: it was right already. `stale`: the pool moved since. `failed`: not
 * written, or written and not verified. `unknown`: whether it was written can't be told. `not-started`: nothing was
 * tried, since the run had stopped before.
 */
export const outcomes = ['applied', 'unchanged', 'refused', 'stale', 'failed', 'unknown', 'not-started'] as const;
export type Outcome = (typeof outcomes)[number];

export interface PoolOutcome {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
  readonly poolName: string;
  /** `EstimatedNumberOfUsers`; `null` where it is not known. */
  readonly users: number | null;
  readonly outcome: Outcome;
  /** Of the change, or of the way back; `null` where none was worked out. */
  readonly risk: Risk | null;
  /** Only for `refused`. */
  readonly code: string | null;
  /** Whole sentences; empty where the outcome says it all. */
  readonly message: string;
  readonly before: JsonObject | null;
  /** As it was read back; `null` where nothing was written, or it could not be read. */
  readonly after: JsonObject | null;
  readonly because: readonly Because[];
}

/** Why the rest was not started (`journal`: it takes nothing more); `null`: everything had its turn. */
export type Stop = 'failures' | 'declined' | 'interrupted' | 'journal' | null;

export interface ApplyResult {
  /** In the order in which they were made. */
  readonly outcomes: readonly PoolOutcome[];
  readonly stop: Stop;
}

/** Whether something that was approved is left out, failed, or not known. */
export function isIncomplete({ outcome }: Pick<PoolOutcome, 'outcome'>): boolean {
  return outcome !== 'applied' && outcome !== 'unchanged';
}
