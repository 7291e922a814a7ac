/** What reading an organization asks of the rest of the program. */
import type { Account, Failure, Place, PoolObservation, Skip, UnitObservation } from '../domain/model/observation.ts';
import type { UnreadFact } from './accounts/unread-facts.ts';

export type { ReadingNeeds } from '../domain/policy/advice/reading-needs.ts';

/**
 * Where observations go as they come. A unit's pools count only once its `finish` has resolved; a unit that never
 * finishes is as if it had not been started.
 */
export interface ObservationSink {
  /** Whether an earlier, interrupted run has finished this unit already. */
  isFinished(accountId: string, region: string): boolean;
  beginUnit(accountId: string, region: string): UnitSink;
}

export interface UnitSink {
  /** Resolves when the sink takes more; the caller waits for it before it reads the next pool. */
  pools(observations: readonly PoolObservation[]): Promise<void>;
  finish(unit: UnitObservation, skippedPools: readonly string[]): Promise<void>;
}

/** What was not read, with why. */
export type OpenGap = Place & Failure;

/** What discovery found before any unit was read. */
export interface Discovery {
  readonly callerArn: string;
  readonly organizationId: string | null;
  /** `null` where the caller may not ask, or is in no organization. */
  readonly managementAccountId: string | null;
  /** Every account in scope or left out, by id. */
  readonly accounts: readonly Account[];
  readonly skipped: readonly Skip[];
  readonly unreadFacts: readonly UnreadFact[];
}
