/** What a policy can ask of one value: each operator is one entry of the table below. */
import { isJsonObject, type JsonValue } from '../../model/json.ts';
import { matchesPattern } from './patterns.ts';
import type { Actual } from '../../model/api/api-values.ts';

interface Operator {
  holds(wanted: JsonValue, actual: Actual): boolean;
}

export const operators = {
  oneOf: { holds: (wanted, { value }) => isList(wanted) && wanted.some((entry) => isSame(entry, value)) },
  noneOf: { holds: (wanted, { value }) => isList(wanted) && !wanted.some((entry) => isSame(entry, value)) },
  pattern: {
    holds: (wanted, { value }) =>
      typeof wanted === 'string' && typeof value === 'string' && matchesPattern(wanted, value),
  },
  min: { holds: (wanted, { value }) => typeof wanted === 'number' && typeof value === 'number' && value >= wanted },
  max: { holds: (wanted, { value }) => typeof wanted === 'number' && typeof value === 'number' && value <= wanted },
  includes: { holds: (wanted, { value }) => isList(value) && value.some((entry) => isEntry(wanted, entry)) },
  excludes: {
    holds: (wanted, { value }) =>
      value === undefined || (isList(value) && !value.some((entry) => isEntry(wanted, entry))),
  },
  present: { holds: (wanted, { present }) => present === wanted },
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
