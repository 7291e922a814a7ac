/** What both forms of a saved result, json and ndjson, are read as: records of nine kinds, each checked as it comes. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Account, Skip } from '../../domain/model/observation.ts';
import type { EarlierFinding, Gap, PoolRecord, ResolvedFinding, UnitRecord } from '../../domain/result/result.ts';
import { UserError } from '../../errors.ts';
import { visible } from '../../escape/visible.ts';
import { resultSchema, type SavedHead } from './schema.ts';
import type { Warning } from '../../domain/result/warning.ts';

export interface RecordTypes {
  readonly head: SavedHead;
  readonly warning: Warning;
  readonly account: Account;
  readonly unit: UnitRecord;
  readonly gap: Gap;
  readonly skip: Skip;
  readonly resolved: ResolvedFinding;
  readonly unseen: EarlierFinding;
  readonly pool: PoolRecord;
}
export type RecordKind = keyof RecordTypes;

/** One record as it stands in the file, not yet checked. */
export interface RawRecord {
  readonly kind: RecordKind;
  readonly value: unknown;
  /** Where it stands, for messages: `result.json: pools[12]`, `result.ndjson:13`. */
  readonly place: string;
}

type Checks = { readonly [Kind in RecordKind]: ValidateFunction<RecordTypes[Kind]> };

let compiled: Checks | undefined;

/** Compiled once, when the first result is opened: it takes a tenth of a second. */
function checks(): Checks {
  compiled ??= compileChecks();
  return compiled;
}

function compileChecks(): Checks {
  // A test holds the schema against the meta-schema; compiling that too would take as long again.
  const ajv = new Ajv2020({ allowUnionTypes: true, verbose: true, meta: false, validateSchema: false });
  ajv.addSchema(resultSchema);
  function check<Kind extends RecordKind>(kind: Kind): ValidateFunction<RecordTypes[Kind]> {
    return ajv.compile<RecordTypes[Kind]>({
      type: 'object',
      $ref: `${resultSchema.$id}#/$defs/${kind}`,
      unevaluatedProperties: false,
    });
  }
  return {
    head: check('head'),
    warning: check('warning'),
    account: check('account'),
    unit: check('unit'),
    gap: check('gap'),
    skip: check('skip'),
    resolved: check('resolved'),
    unseen: check('unseen'),
    pool: check('pool'),
  };
}

export function isRecordKind(kind: unknown): kind is RecordKind {
  return typeof kind === 'string' && Object.hasOwn(checks(), kind);
}

/**
 * The record's value, once it is what the schema says.
 *
 * @throws UserError with the place and what is wrong there.
 */
export function checked<Kind extends RecordKind>(kind: Kind, { value, place }: RawRecord): RecordTypes[Kind] {
  const check = checks()[kind];
  if (check(value)) return value;
  throw new UserError(
    `${place}${explain(check.errors?.[0])}. It is not a result that this version of mfa-drift saved: render it with the one that did, or run the audit again.`,
  );
}

/** @throws UserError for a result of another schema version, before anything else of it is complained about. */
export function checkVersion(found: unknown, place: string): void {
  if (found === '1') return;
  throw new UserError(
    found === undefined
      ? `${place} has no schemaVersion: it is not a result that mfa-drift saved.`
      : `${place} has schemaVersion ${visible(JSON.stringify(found))}, and this version of mfa-drift reads "1". ` +
          'Render it with the version that saved it, or run the audit again.',
  );
}

function explain(error: ErrorObject | undefined): string {
  if (error === undefined) return ' is not as its schema says';
  const path = visible(error.instancePath.replaceAll('/', '.'));
  const { allowedValues, allowedValue, unevaluatedProperty, additionalProperty } = error.params;
  const extra: unknown = unevaluatedProperty ?? additionalProperty;
  if (typeof extra === 'string') return `${path} has a member that results do not have: ${visible(extra)}`;
  const allowed: unknown = allowedValues ?? allowedValue;
  const found = visible((JSON.stringify(error.data) ?? 'nothing').slice(0, 60));
  return `${path} ${error.message ?? ''}${allowed === undefined ? '' : ` (${JSON.stringify(allowed)})`}, not ${found}`;
}
