/** A line of `units.ndjson`: a finished unit, and where its pools lie. */
import { momentPattern } from '../domain/model/day.ts';
import { gapCodes, skipReasons, type UnitObservation } from '../domain/model/observation.ts';
import { compileTypedSchema } from '../yaml/schemas.ts';
import type { Segment } from './pool-file.ts';

export interface FinishedUnit {
  readonly unit: UnitObservation;
  /** Ids of pools that were deleted between list and read, as they were found out: in any order. */
  readonly skippedPools: readonly string[];
}

export interface StoredUnit extends FinishedUnit {
  readonly segments: readonly Segment[];
}

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

const schema = compileTypedSchema<StoredUnit>({
  type: 'object',
  required: ['unit', 'skippedPools', 'segments'],
  properties: {
    unit: {
      type: 'object',
      required: ['accountId', 'region', 'status', 'skipReason', 'failure', 'pools', 'readAt'],
      properties: {
        accountId: text,
        region: text,
        status: { enum: ['read', 'skipped', 'gap'] },
        skipReason: { enum: [...skipReasons, null] },
        failure: {
          type: ['object', 'null'],
          required: ['code', 'message', 'remedy'],
          properties: { code: { enum: gapCodes }, message: text, remedy: text },
        },
        pools: count,
        readAt: { type: 'string', pattern: momentPattern },
      },
    },
    skippedPools: { type: 'array', items: text },
    segments: {
      type: 'array',
      items: {
        type: 'object',
        required: ['at', 'bytes', 'crc'],
        properties: { at: count, bytes: { type: 'integer', minimum: 1 }, crc: count },
      },
    },
  },
});

/** `null` where the line is none of these. */
export function parseStoredUnit(line: string): StoredUnit | null {
  try {
    const value: unknown = JSON.parse(line);
    return schema.accepts(value) ? value : null;
  } catch {
    return null;
  }
}
