/** The schemas of what a run directory keeps of a run and of each of its units, for compiled-schemas.mjs. */
import { momentPattern } from '../domain/model/day.ts';
import { gapCodes, skipReasons } from '../domain/model/observation.ts';
import { newAjv, writtenDown } from '../yaml/schemas.ts';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

const mark = {
  $id: 'run-mark',
  type: 'object',
  required: ['runId', 'startedAt', 'finished', 'inputs'],
  properties: {
    runId: text,
    startedAt: text,
    finished: { type: 'boolean' },
    inputs: {
      type: 'object',
      required: ['tool', 'policies', 'configuration', 'scope'],
      properties: { tool: text, policies: text, configuration: text, scope: text },
    },
  },
} as const;

const unit = {
  $id: 'stored-unit',
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
} as const;

/** @public */
export const ajv = newAjv(writtenDown);
ajv.addSchema([mark, unit]);

/** @public */
export const schemas = { mark: mark.$id, unit: unit.$id };
