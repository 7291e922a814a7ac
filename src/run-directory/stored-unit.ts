/** A line of `units.ndjson`: a finished unit, and where its pools lie. */
import type { UnitObservation } from '../domain/model/observation.ts';
import { builtSchema } from '../yaml/built-schemas.ts';
import type { Segment } from './pool-file.ts';
import { validate } from './stored-checks.ts?compiled';

export interface FinishedUnit {
  readonly unit: UnitObservation;
  /** Ids of pools that were deleted between list and read, as they were found out: in any order. */
  readonly skippedPools: readonly string[];
}

export interface StoredUnit extends FinishedUnit {
  readonly segments: readonly Segment[];
}

const schema = builtSchema<StoredUnit>(validate, 'unit');

/** `null` where the line is none of these. */
export function parseStoredUnit(line: string): StoredUnit | null {
  try {
    const value: unknown = JSON.parse(line);
    return schema.accepts(value) ? value : null;
  } catch {
    return null;
  }
}
