/** JSON Schemas that compiled-schemas.mjs has compiled: whoever needs no other loads no ajv. */
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

export interface CompiledSchema<T> {
  /** Empty: the value has the type. */
  errorsOf(value: unknown): readonly ErrorObject[];
  accepts(value: unknown): value is T;
}

/** `default` in a schema only tells: nothing is filled in. */
export type Described<S extends JSONSchema> = FromSchema<S, { keepDefaultedPropertiesOptional: true }>;

/** The caller says what the schema of that name describes. */
export function builtSchema<T>(validate: Readonly<Record<string, ValidateFunction>>, name: string): CompiledSchema<T> {
  return compiledSchema(() => builtFunction<T>(validate, name));
}

/** @throws Error where there is no schema of that name. */
export function builtFunction<T>(
  validate: Readonly<Record<string, ValidateFunction>>,
  name: string,
): ValidateFunction<T> {
  const found = validate[name];
  if (found === undefined) throw new Error(`There is no compiled schema ${name}.`);
  return found as ValidateFunction<T>;
}

/** `validator` is asked when the schema is first needed. */
export function compiledSchema<T>(validator: () => ValidateFunction<T>): CompiledSchema<T> {
  return {
    errorsOf(value) {
      const compiled = validator();
      return compiled(value) ? [] : (compiled.errors ?? []);
    },
    accepts: (value): value is T => validator()(value),
  };
}
