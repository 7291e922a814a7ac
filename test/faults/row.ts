/** A row of the table of faults: what goes wrong, in what, what has to come of it, and how it is played. */
import type { RecordedCall } from '../../src/sandbox/server/call-log.ts';
import type { JournalEntry } from '../../src/remediate/journal/format.ts';
import type { Verdicts } from '../oracle/expected.ts';
import type { SavedResult } from '../oracle/result-verdicts.ts';

export const families = ['answers', 'network', 'process', 'disk', 'clock'] as const;
export type Family = (typeof families)[number];

export interface Row {
  readonly family: Family;
  readonly kind: string;
  /** The command, and what of it is hit: `audit: ListUserPools`. */
  readonly operation: string;
  /** Worked out from what the sandbox holds, by the oracle or from the contract; never from what the program says. */
  expected(seed: number): Expected;
  /** Another seed hits another pool, call or moment. Ends, as a user's Ctrl-C would end it, with the signal. */
  play(seed: number, signal: AbortSignal): Promise<Played>;
}

export interface PoolPlace {
  readonly accountId: string;
  readonly region: string;
  readonly poolId: string;
}

export interface Expected {
  /** Of the program that ran last, one of these. */
  readonly exitCodes: readonly number[];
  /** Of an audit; `null`: there is no result. */
  readonly verdicts?: Verdicts | null;
  /** Where an audit may leave gaps: what it has to say of the pools that it read. */
  readonly readPools?: Verdicts['pools'];
  /** Each has to be in the result, as a pool, in a gap or in a skip. */
  readonly pools?: readonly PoolPlace[];
  /** Ids of the pools that read as planned afterwards; the others read as before. Without: nobody can tell. */
  readonly changed?: readonly string[];
}

/** What came of it. */
export interface Played {
  /** Of the program that ran last. */
  readonly exitCode: number;
  /** All that was said, by every program that ran. */
  readonly said: string;
  /** What the last audit saved; `null`: nothing. */
  readonly result?: SavedResult | null;
  readonly changes?: Changes;
  /** What else is not as it should be, such as a fault that never struck. */
  readonly odd: readonly string[];
}

/** Of a run that was to change pools. */
export interface Changes {
  /** All that was planned. */
  readonly pools: readonly { readonly poolId: string; readonly isChanged: boolean }[];
  /** What the last program says of each. `null`: it ended before it said anything of pools. */
  readonly outcomes: readonly { readonly poolId: string; readonly outcome: string }[] | null;
  /** Of all journals. */
  readonly journal: readonly JournalEntry[];
  /** Of SetUserPoolMfaConfig, as they reached the service. */
  readonly calls: readonly RecordedCall[];
}
