/** What a night of the history is made of: one file for each table, with its checksum, so that damage shows. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FromSchema } from 'json-schema-to-ts';
import { dayPattern } from '../domain/model/day.ts';
import { UserError } from '../errors.ts';
import { tableNames } from './tables.ts';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

const manifestSchema = {
  type: 'object',
  required: ['schemaVersion', 'kind', 'runId', 'date', 'files'],
  additionalProperties: false,
  properties: {
    schemaVersion: { const: '1' },
    kind: { const: 'HistoryNight' },
    runId: text,
    date: { type: 'string', pattern: dayPattern },
    files: {
      type: 'array',
      minItems: tableNames.length,
      maxItems: tableNames.length,
      items: {
        type: 'object',
        required: ['table', 'sha256', 'bytes', 'rows'],
        additionalProperties: false,
        properties: {
          table: { enum: tableNames },
          sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
          bytes: count,
          rows: count,
        },
      },
    },
  },
} as const;

export type NightManifest = FromSchema<typeof manifestSchema>;

/** Compiled with the first manifest: a history has hundreds. */
let check: ValidateFunction<NightManifest> | undefined;

/** @throws UserError for what is no manifest of this version, or not that of the run and date that its place names. */
export function parseNight(
  json: string,
  file: string,
  { runId, date }: Pick<NightManifest, 'runId' | 'date'>,
): NightManifest {
  const value = parsed(json, file);
  check ??= new Ajv2020().compile<NightManifest>(manifestSchema);
  if (!check(value)) {
    const [problem] = check.errors ?? [];
    throw new UserError(`${file} is no manifest of a night: ${problem?.instancePath ?? ''} ${problem?.message ?? ''}.`);
  }
  const isWhole = new Set(value.files.map(({ table }) => table)).size === tableNames.length;
  if (value.runId === runId && value.date === date && isWhole) return value;
  throw new UserError(`${file} is not the manifest of the run ${runId} of ${date}: it was changed or moved.`);
}

function parsed(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new UserError(`${file} is not JSON: it was changed.`, { cause: error });
  }
}
