/** A line of `units.ndjson`: a finished unit, and where its pools lie. */
import type { UnitObservation } from '../domain/model/observation.ts';
import type { Segment } from './pool-file.ts';

export interface FinishedUnit {
  readonly unit: UnitObservation;
  /** Ids of pools that were deleted between list and read, as they were found out: in any order. */
  readonly skippedPools: readonly string[];
}

export interface StoredUnit extends FinishedUnit {
  readonly segments: readonly Segment[];
}
