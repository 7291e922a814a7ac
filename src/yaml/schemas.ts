/** JSON Schemas (draft 2020-12) compiled when they are first needed; one ajv for all. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

export interface CompiledSchema<T> {
  /** Empty: the value has the type. */
  errorsOf(value: unknown): readonly ErrorObject[];
  accepts(value: unknown): value is T;
}

let ajv: Ajv2020 | undefined;

/** The type follows from the schema. */
export function compileSchema<const S extends JSONSchema>(schema: S): CompiledSchema<FromSchema<S>> {
  return compileTypedSchema<FromSchema<S>>(schema);
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

/** `patternErrorMessage` and `markdownDescription` are words of the editors' JSON Schema support. */
function newAjv(): Ajv2020 {
  ajv ??= new Ajv2020({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    strictRequired: false,
    unicodeRegExp: true,
  });
  for (const keyword of ['patternErrorMessage', 'markdownDescription', 'defaultSnippets']) {
    if (ajv.getKeyword(keyword) === false) ajv.addKeyword(keyword);
  }
  return ajv;
}
