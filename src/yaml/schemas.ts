/** JSON Schemas (draft 2020-12) compiled when they are first needed. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

export interface CompiledSchema<T> {
  /** Empty: the value has the type. */
  errorsOf(value: unknown): readonly ErrorObject[];
  accepts(value: unknown): value is T;
}

/** `default` in a schema only tells: nothing is filled in. */
export type Described<S extends JSONSchema> = FromSchema<S, { keepDefaultedPropertiesOptional: true }>;

/** The type follows from the schema. */
export function compileSchema<const S extends JSONSchema>(schema: S): CompiledSchema<Described<S>> {
  return compileTypedSchema<Described<S>>(schema);
}

/** For a schema that is put together from parts; the caller says what it describes. */
export function compileTypedSchema<T>(schema: object | boolean): CompiledSchema<T> {
  let validate: ValidateFunction<T> | undefined;
  const validator = (): ValidateFunction<T> => (validate ??= newAjv().compile<T>(schema));
  return {
    errorsOf(value) {
      const compiled = validator();
      return compiled(value) ? [] : (compiled.errors ?? []);
    },
    accepts: (value): value is T => validator()(value),
  };
}

/**
 * Our schemas are held against the meta-schema by a test, not at every start. `patternErrorMessage` is a word of the
 * editors' JSON Schema support; `unknownKey` (what an unknown key is not), `foreignKeys` (keys of others, with the way to ours) and `refused` (words that are left out of an
 * `enum` on purpose, with the way out) are our own.
 */
function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    strictRequired: false,
    inlineRefs: false,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  });
  return ajv.addVocabulary(['patternErrorMessage', 'unknownKey', 'foreignKeys', 'refused']);
}
