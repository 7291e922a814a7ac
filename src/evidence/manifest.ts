/** The manifest of an evidence pack: which files there are, and what each of them was when the pack was written. */
import { compareTexts } from '../domain/model/order.ts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FromSchema } from 'json-schema-to-ts';
import type { Result } from '../domain/result/result.ts';
import { UserError } from '../errors.ts';
import { jsonPage } from '../escape/json.ts';
import { resultFile } from './pack-files.ts';

const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const count = { type: 'integer', minimum: 0 } as const;

const manifestSchema = {
  type: 'object',
  required: ['schemaVersion', 'kind', 'tool', 'run', 'complete', 'redacted', 'files'],
  additionalProperties: false,
  properties: {
    schemaVersion: { const: '1' },
    kind: { const: 'EvidencePack' },
    tool: {
      type: 'object',
      required: ['name', 'version'],
      additionalProperties: false,
      properties: { name: { const: 'mfa-drift' }, version: text },
    },
    run: {
      type: 'object',
      required: ['id', 'startedAt', 'finishedAt', 'organizationId', 'policySetSha256', 'exitCode'],
      additionalProperties: false,
      properties: {
        id: text,
        startedAt: text,
        finishedAt: text,
        organizationId: textOrNull,
        policySetSha256: text,
        exitCode: count,
      },
    },
    complete: { type: 'boolean' },
    redacted: { type: 'boolean' },
    files: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'sha256', 'bytes', 'source'],
        additionalProperties: false,
        properties: {
          path: text,
          sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
          bytes: count,
          source: textOrNull,
        },
      },
    },
  },
} as const;

export type Manifest = FromSchema<typeof manifestSchema>;

/** `path` has `/` between its parts; `source` is what the run called a file of policies, `null` for the pack's own. */
export type PackedFile = Manifest['files'][number];

/** The same files of the same run give the same bytes. */
export function manifestText({ head }: Result, files: readonly PackedFile[]): string {
  const { id, startedAt, finishedAt, organizationId, policySetSha256, exitCode } = head.run;
  const manifest: Manifest = {
    schemaVersion: '1',
    kind: 'EvidencePack',
    tool: head.tool,
    run: { id, startedAt, finishedAt, organizationId, policySetSha256, exitCode },
    complete: head.complete,
    redacted: head.redacted,
    files: files.toSorted((one, other) => compareTexts(one.path, other.path)),
  };
  return `${jsonPage(manifest)}\n`;
}

/** Compiled with the first manifest. */
let check: ValidateFunction<Manifest> | undefined;

/** @throws UserError for what is no manifest of this version. */
export function parseManifest(json: string, file: string): Manifest {
  check ??= new Ajv2020({ allowUnionTypes: true }).compile<Manifest>(manifestSchema);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new UserError(`${file} is not JSON: the folder is no evidence pack, or the file was changed.`, {
      cause: error,
    });
  }
  if (check(value)) {
    if (value.files.some(({ path }) => path === resultFile)) return value;
    throw new UserError(`${file} lists no ${resultFile}, which every evidence pack holds: it proves nothing.`);
  }
  const [problem] = check.errors ?? [];
  throw new UserError(
    `${file} is no manifest of an evidence pack: ${problem?.instancePath ?? ''} ${problem?.message ?? ''}.`,
  );
}
