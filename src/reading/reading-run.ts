/** All that reading one organization shares between its accounts and units. */
import type { ReadQuota } from '../domain/model/api/reads.ts';
import type { BoundedWork } from '../pacing/work/bounded-work.ts';
import type { Cloud } from '../ports/cloud.ts';
import type { Calls } from '../pacing/calls.ts';
import type { FailureRow } from '../pacing/failure-row.ts';
import type { Quota } from '../pacing/quota.ts';
import type { ObservationSink, ReadingNeeds } from './sink.ts';
import type { ReadingProgress } from './progress/reading-progress.ts';
import type { RegionChoice } from './accounts/region-choice.ts';
import type { AccountRegistry } from './accounts/account-registry.ts';

export interface ReadingRun {
  readonly cloud: Cloud;
  readonly calls: Calls;
  readonly needs: ReadingNeeds;
  readonly sink: ObservationSink;
  readonly registry: AccountRegistry;
  readonly regions: RegionChoice;
  /** ListRegions of one account after another. */
  readonly regionListings: FailureRow;
  /** One GetCallerIdentity an account goes through it; `null`: none is asked for. */
  readonly confirming: Quota | null;
  /** Requests a second that the run allows itself, of each unit's quota. */
  readonly pace: Readonly<Record<ReadQuota, number>>;
  readonly progress: ReadingProgress;
  /** Requests in flight in the whole run, at most. */
  readonly concurrency: number;
  /** Units whose first page is asked for: the way in for all, and the end for those without pools. */
  readonly sweep: BoundedWork;
  /** Units of a page or less, and those that may have more; the second never stand behind the first. */
  readonly small: BoundedWork;
  readonly large: BoundedWork;
}
