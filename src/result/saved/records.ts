/** What both forms of a saved result, json and ndjson, are read as: records of nine kinds, each checked as it comes. */
import { momentPattern } from '../../domain/model/day.ts';
import { isTooDeep } from '../../domain/model/json.ts';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { UserError } from '../../errors.ts';
import { visible } from '../../escape/visible.ts';
import { builtFunction } from '../../yaml/built-schemas.ts';
import { validate } from './record-checks.ts?compiled';
import type { RecordKind, RecordTypes } from './record-types.ts';

/** One record as it stands in the file, not yet checked. */
export interface RawRecord {
  readonly kind: RecordKind;
  readonly value: unknown;
  /** Where it stands, for messages: `result.json: pools[12]`, `result.ndjson:13`. */
  readonly place: string;
}

export function isRecordKind(kind: unknown): kind is RecordKind {
  return typeof kind === 'string' && Object.hasOwn(validate, kind);
}

/**
 * The record's value, once it is what the schema says.
 *
 * @throws UserError with the place and what is wrong there.
 */
export function checked<Kind extends RecordKind>(kind: Kind, { value, place }: RawRecord): RecordTypes[Kind] {
  const check = builtFunction<RecordTypes[Kind]>(validate, kind);
  const isReadable = !isTooDeep(value);
  if (isReadable && check(value)) return value;
  const what = isReadable ? explain(check.errors?.[0]) : ' holds lists or objects too deep in one another';
  throw new UserError(
    `${place}${place.endsWith(']') ? what : what.replace(/^\./, ': ')}. It is not a result that this version of mfa-drift saved: render it with the one that did, or run the audit again.`,
  );
}

/** @throws UserError for a result of another schema version, before anything else of it is complained about. */
export function checkVersion(found: unknown, place: string): void {
  if (found === '1') return;
  throw new UserError(
    found === undefined
      ? `${place} has no schemaVersion: it is not a result that mfa-drift saved.`
      : `${place} has schemaVersion ${shown(found)}, and this version of mfa-drift reads "1". ` +
          'Render it with the version that saved it, or run the audit again.',
  );
}

/** Enough to know a value by. */
export function shown(value: unknown): string {
  return isTooDeep(value) ? 'a value of many levels' : visible((JSON.stringify(value) ?? 'missing').slice(0, 60));
}

function explain(error: ErrorObject | undefined): string {
  if (error === undefined) return ' is not as its schema says';
  const path = visible(error.instancePath.replaceAll('/', '.'));
  const { allowedValues, allowedValue, unevaluatedProperty, additionalProperty } = error.params;
  const extra: unknown = unevaluatedProperty ?? additionalProperty;
  if (typeof extra === 'string') return `${path} has a member that results do not have: ${visible(extra)}`;
  const allowed: unknown = allowedValues ?? allowedValue;
  const rule = error.params['pattern'] === momentPattern ? 'must be a time in UTC' : (error.message ?? '');
  return `${path} ${rule}${allowed === undefined ? '' : ` (${JSON.stringify(allowed)})`}, not ${shown(error.data)}`;
}
