/** JSON Schemas (draft 2020-12) compiled when they are first needed: the smaller ones, of which hardly a run needs two. */
import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import { compiledSchema, type CompiledSchema } from './built-schemas.ts';

/**
 * For JSON Schemas of draft 2020-12. Ours are held against the meta-schema by a test, not at every start.
 * `patternErrorMessage` is a word of the editors' JSON Schema support; `unknownKey` (what an unknown key is not),
 * `foreignKeys` (keys of others, with the way to ours) and `refused` (words that are left out of an `enum` on purpose, with
 * the way out) are our own.
 */
export function newAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({
    verbose: true,
    allowUnionTypes: true,
    validateSchema: false,
    meta: false,
    ...options,
    code: { optimize: false, ...options.code },
  });
  return ajv.addVocabulary(['patternErrorMessage', 'unknownKey', 'foreignKeys', 'refused']);
}

/** Everything that is wrong with a file that a person wrote is told at once. */
export const forPeople: Options = { allErrors: true, strictTypes: false, strictRequired: false, inlineRefs: false };

/** For compiled-schemas.mjs. At a build nobody reads ajv's warnings, so that it is to refuse what they are about. */
export const writtenDown: Options = { strictTypes: true, code: { source: true, esm: true, optimize: true } };

/** The caller says what the schema describes. */
export function compileTypedSchema<T>(schema: object | boolean): CompiledSchema<T> {
  let validate: ValidateFunction<T> | undefined;
  return compiledSchema(() => (validate ??= newAjv(forPeople).compile<T>(schema)));
}
