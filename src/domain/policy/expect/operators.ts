/** What a policy can ask of one value: each operator is one entry of the table below. */
import { isJsonObject, type JsonValue } from '../../model/json.ts';
import { matchesPattern } from './patterns.ts';
import type { Actual } from '../../model/api/api-values.ts';

/** The value of a field, by what can be asked of it; `text` is also one of a few words. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'list' | 'block';

export interface Operator {
  /** One sentence, for the schema and whoever writes a policy with it. */
  readonly says: string;
  readonly on: readonly ValueKind[];
  /** What stands behind it: values such as the field's own, an entry such as the list's own, or one of JSON's types. */
  readonly takes: 'values' | 'entry' | 'string' | 'number' | 'boolean';
  readonly examples?: readonly JsonValue[];
  holds(wanted: JsonValue, actual: Actual): boolean;
  /** What it wants, as a cell of a table says it; `operand` is in words already. */
  words(operand: string): string;
}

/** All there is to say of an operator: its schema, its meaning and its words are read from here. */
export const operators = {
  oneOf: {
    says: 'Equal to one of these.',
    on: ['text', 'number', 'boolean'],
    takes: 'values',
    holds: (wanted, { value }) => isList(wanted) && wanted.some((entry) => isSame(entry, value)),
    words: (operand) => operand,
  },
  noneOf: {
    says: 'Equal to none of these; holds where nothing is there.',
    on: ['text', 'number', 'boolean'],
    takes: 'values',
    holds: (wanted, { value }) => isList(wanted) && !wanted.some((entry) => isSame(entry, value)),
    words: (operand) => `not ${operand}`,
  },
  pattern: {
    says: 'The whole value matches this regular expression (RE2 syntax, linear time).',
    on: ['text'],
    takes: 'string',
    examples: ['auth\\.${account.name}\\.example\\.com'],
    holds: (wanted, { value }) =>
      typeof wanted === 'string' && typeof value === 'string' && matchesPattern(wanted, value),
    words: (operand) => `like ${operand}`,
  },
  min: {
    says: 'At least this.',
    on: ['number'],
    takes: 'number',
    holds: (wanted, { value }) => typeof wanted === 'number' && typeof value === 'number' && value >= wanted,
    words: (operand) => `at least ${operand}`,
  },
  max: {
    says: 'At most this.',
    on: ['number'],
    takes: 'number',
    holds: (wanted, { value }) => typeof wanted === 'number' && typeof value === 'number' && value <= wanted,
    words: (operand) => `at most ${operand}`,
  },
  includes: {
    says: 'The list has this entry.',
    on: ['list'],
    takes: 'entry',
    holds: (wanted, { value }) => isList(value) && value.some((entry) => isEntry(wanted, entry)),
    words: (operand) => `with ${operand}`,
  },
  excludes: {
    says: 'The list does not have this entry; holds where nothing is there.',
    on: ['list'],
    takes: 'entry',
    holds: (wanted, { value }) =>
      value === undefined || (isList(value) && !value.some((entry) => isEntry(wanted, entry))),
    words: (operand) => `without ${operand}`,
  },
  present: {
    says: 'Whether it is in the answer of the API, before defaults.',
    on: ['text', 'number', 'boolean', 'list', 'block'],
    takes: 'boolean',
    examples: [true, false],
    holds: (wanted, { present }) => present === wanted,
    words: (operand) => (operand === 'false' ? 'absent' : 'present'),
  },
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;
export const operatorNames = Object.keys(operators) as readonly OperatorName[];

export function isOperator(name: string): name is OperatorName {
  return Object.hasOwn(operators, name);
}

/** Whether a value holds what is wanted: a scalar, or a map of operators that must all hold. */
export function holds(wanted: JsonValue, actual: Actual): boolean {
  if (!isJsonObject(wanted)) return isSame(wanted, actual.value);
  return Object.entries(wanted).every(
    ([name, argument]) => isOperator(name) && operators[name].holds(argument, actual),
  );
}

/** Equality of scalars; `null` and lists equal nothing, since AWS sends no `null` and a list has operators. */
function isSame(wanted: JsonValue, value: JsonValue | undefined): boolean {
  return wanted !== null && value === wanted;
}

/** An entry of a list: equal to a scalar, or an object with at least these members. */
function isEntry(wanted: JsonValue, entry: JsonValue): boolean {
  if (!isJsonObject(wanted)) return isSame(wanted, entry);
  return isJsonObject(entry) && Object.entries(wanted).every(([name, value]) => isSame(value, entry[name]));
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
