/** Values by a JSON Schema, most of them valid: what a schema says is the grammar of a format. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { stringify } from 'yaml';

type Schema = Readonly<Record<string, unknown>>;

/** Texts of YAML, as a person might write them, by a published schema, such as `policy`. */
export function yamlBy(name: string): fc.Arbitrary<string> {
  const schema: unknown = JSON.parse(readFileSync(`policies/schemas/${name}.schema.json`, 'utf8'));
  return isSchema(schema)
    ? valuesOf({ root: schema, made: new Map() }, schema, 4).map((value) => stringify(value))
    : fc.string();
}

interface Grammar {
  readonly root: Schema;
  /** What stands in many places is made once. */
  readonly made: Map<object, Map<number, fc.Arbitrary<unknown>>>;
}

/** @param left how many levels deeper what is optional may still stand; a schema that leads back to itself ends some levels below */
function valuesOf(grammar: Grammar, schema: unknown, left: number): fc.Arbitrary<unknown> {
  if (!isSchema(schema) || left < -4) return fc.constant('x');
  const byDepth = grammar.made.get(schema) ?? new Map<number, fc.Arbitrary<unknown>>();
  grammar.made.set(schema, byDepth);
  const made = byDepth.get(left) ?? newValuesOf(grammar, schema, left);
  byDepth.set(left, made);
  return made;
}

function newValuesOf(grammar: Grammar, schema: Schema, left: number): fc.Arbitrary<unknown> {
  const { $ref: reference, const: only, enum: choices, anyOf, oneOf, examples } = schema;
  if (typeof reference === 'string') return valuesOf(grammar, definitionOf(reference, grammar.root), left);
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(choices)) return fc.constantFrom(...choices);
  const alternatives = anyOf ?? oneOf;
  const given = Array.isArray(examples) ? [fc.constantFrom(...examples)] : [];
  const others = Array.isArray(alternatives)
    ? alternatives.map((each) => valuesOf(grammar, each, left - 1))
    : [valuesOfType(grammar, schema, left)];
  return fc.oneof(...others, ...given);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function definitionOf(reference: string, root: Schema): unknown {
  const steps = reference.replace(/^#\/?/, '').split('/');
  return steps.reduce<unknown>((schema, step) => (isSchema(schema) && step !== '' ? schema[step] : schema), root);
}

function valuesOfType(grammar: Grammar, schema: Schema, left: number): fc.Arbitrary<unknown> {
  const types: readonly unknown[] = [schema['type'] ?? ('properties' in schema ? 'object' : 'string')].flat();
  return fc.oneof(
    ...types.map(
      (type) => (typeof type === 'string' ? byType[type] : undefined)?.(schema, grammar, left) ?? fc.constant(null),
    ),
  );
}

type Make = (schema: Schema, grammar: Grammar, left: number) => fc.Arbitrary<unknown>;

const byType: Readonly<Record<string, Make>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum, maximum }) => wholeNumbers(minimum, maximum),
  number: () => fc.oneof(fc.nat(100), fc.double()),
  string: ({ pattern, minLength }) =>
    typeof pattern === 'string' ? textsOf(pattern) : fc.string({ minLength: Number(minLength ?? 0), unit: 'binary' }),
  array: ({ items, minItems }, grammar, left) =>
    fc.array(valuesOf(grammar, items, left - 1), {
      minLength: Number(minItems ?? 0),
      maxLength: Math.max(Number(minItems ?? 0), left),
    }),
  object: objectsBy,
};

function wholeNumbers(minimum: unknown, maximum: unknown): fc.Arbitrary<number> {
  const [low, high] = [Number(minimum ?? -2), Number(maximum ?? 2 ** 31)];
  return fc.oneof(fc.integer({ min: low, max: Math.min(high, low + 20) }), fc.constantFrom(low, high, high + 1));
}

/** A pattern that fast-check can't write (it looks ahead) gets a word. */
function textsOf(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.oneof({ weight: 9, arbitrary: fc.stringMatching(new RegExp(pattern, 'u')) }, fc.string());
  } catch {
    return fc.constantFrom('word', '*', '${account.name}');
  }
}

function objectsBy(schema: Schema, grammar: Grammar, left: number): fc.Arbitrary<unknown> {
  const { properties, required, additionalProperties } = schema;
  const needed = Array.isArray(required) ? required.map(String) : [];
  const known = Object.entries(isSchema(properties) ? properties : {});
  const taken = left > 0 ? known : known.filter(([name]) => needed.includes(name));
  const members = Object.fromEntries(taken.map(([name, member]) => [name, valuesOf(grammar, member, left - 1)]));
  const fixed = fc.record(members, { requiredKeys: needed.filter((name) => name in members) });
  if (!isSchema(additionalProperties) || left <= 0) return fixed;
  const further = fc.dictionary(
    fc.constantFrom('first', 'second', '777788889999', 'eu-west-1'),
    valuesOf(grammar, additionalProperties, left - 1),
    { maxKeys: 2 },
  );
  return fc.tuple(fixed, further).map(([mine, more]) => ({ ...more, ...mine }));
}
