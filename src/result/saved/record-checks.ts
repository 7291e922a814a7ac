/** The schema of each record of a saved result, for compiled-schemas.mjs. */
import { newAjv, writtenDown } from '../../yaml/schemas.ts';
import type { RecordKind } from './record-types.ts';
import { resultSchema } from './schema.ts';

/** @public */
export const ajv = newAjv(writtenDown);
ajv.addSchema(resultSchema);

/** @public */
export const schemas: Readonly<Record<RecordKind, string>> = {
  head: idFor('head'),
  warning: idFor('warning'),
  account: idFor('account'),
  unit: idFor('unit'),
  gap: idFor('gap'),
  skip: idFor('skip'),
  resolved: idFor('resolved'),
  unseen: idFor('unseen'),
  pool: idFor('pool'),
};

function idFor(kind: RecordKind): string {
  const $id = `${resultSchema.$id}:${kind}`;
  ajv.addSchema({ $id, type: 'object', $ref: `${resultSchema.$id}#/$defs/${kind}`, unevaluatedProperties: false });
  return $id;
}
