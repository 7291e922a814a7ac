/** JSON Schemas (draft 2020-12) compiled when they are first needed: the smaller ones, of which hardly a run needs two. */
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { forPeople, newAjv } from './ajv.ts';
import { compiledSchema, type CompiledSchema } from './built-schemas.ts';

/** The caller says what the schema describes. */
export function compileTypedSchema<T>(schema: object | boolean): CompiledSchema<T> {
  let validate: ValidateFunction<T> | undefined;
  return compiledSchema(() => (validate ??= newAjv(forPeople).compile<T>(schema)));
}
