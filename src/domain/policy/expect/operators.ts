/** What a policy can ask of one value: each operator is one entry of the table below. */
import { isJsonObject, type JsonValue } from '../../model/json.ts';
import { matchesPattern } from './patterns.ts';
import type { Actual } from '../../model/api/api-values.ts';

/** The value of a field, by what can be asked of it; `text` is also one of a few words. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'list' | 'block';

/** What may stand behind an operator: values such as the field's own, an entry such as the list's own, or one of JSON's types. */
interface Operands {
  readonly values: readonly JsonValue[];
  readonly entry: JsonValue;
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

interface OperatorThatTakes<Takes extends keyof Operands> {
  /** One sentence, for the schema and whoever writes a policy with it. */
  readonly says: string;
  readonly on: readonly ValueKind[];
  readonly takes: Takes;
  readonly examples?: readonly JsonValue[];
  holds(wanted: Operands[Takes], actual: Actual): boolean;
  /** What it wants, as a cell of a table says it; `operand` is in words already. */
  words(operand: string): string;
}

export type Operator = { readonly [Takes in keyof Operands]: OperatorThatTakes<Takes> }[keyof Operands];

/** All there is to say of an operator: its schema, its meaning and its words are read from here. */
export const operators = {
  oneOf: {
    says: 'Equal to one of these.',
    on: ['text', 'number', 'boolean'],
    takes: 'values',
    holds: (wanted, { value }) => wanted.some((entry) => isSame(entry, value)),
    words: (operand) => operand,
  },
  noneOf: {
    says: 'Equal to none of these; holds where nothing is there.',
    on: ['text', 'number', 'boolean'],
    takes: 'values',
    holds: (wanted, { value }) => !wanted.some((entry) => isSame(entry, value)),
    words: (operand) => `not ${operand}`,
  },
  pattern: {
    says: 'The whole value matches this regular expression (RE2 syntax, linear time).',
    on: ['text'],
    takes: 'string',
    examples: ['auth\\.${account.name}\\.example\\.com'],
    holds: (wanted, { value }) => typeof value === 'string' && matchesPattern(wanted, value),
    words: (operand) => `like ${operand}`,
  },
  min: {
    says: 'At least this.',
    on: ['number'],
    takes: 'number',
    holds: (wanted, { value }) => typeof value === 'number' && value >= wanted,
    words: (operand) => `at least ${operand}`,
  },
  max: {
    says: 'At most this.',
    on: ['number'],
    takes: 'number',
    holds: (wanted, { value }) => typeof value === 'number' && value <= wanted,
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

type Operand<Name extends OperatorName> = Operands[(typeof operators)[Name]['takes']];
export type AskedOperators = { readonly [Name in OperatorName]?: Operand<Name> };

/** What is asked of one value, as policies and results write it: the value itself, or operators that must all hold. */
export type Condition = string | number | boolean | null | AskedOperators;

const isOperand: { readonly [Takes in keyof Operands]: (operand: JsonValue) => operand is Operands[Takes] } = {
  values: isList,
  entry: (_operand): _operand is JsonValue => true,
  string: (operand) => typeof operand === 'string',
  number: (operand) => typeof operand === 'number',
  boolean: (operand) => typeof operand === 'boolean',
};

/** Whether it asks something of one value, and is not a list or a map of fields. */
export function isCondition(wanted: JsonValue): wanted is Condition {
  if (!isJsonObject(wanted)) return !isList(wanted);
  return Object.entries(wanted).every(
    ([name, operand]) => isOperator(name) && isOperand[operators[name].takes](operand),
  );
}

/** Whether a value is what is wanted: the same, or one on which every operator asked holds. */
export function holds(wanted: Condition, actual: Actual): boolean {
  if (!isJsonObject(wanted)) return isSame(wanted, actual.value);
  return operatorNames.every((name) => isMet(name, wanted, actual));
}

/** Whether it asks that something be there, or that nothing be; `null`: neither. */
export function asksForPresence(wanted: Condition): boolean | null {
  return isJsonObject(wanted) ? (wanted.present ?? null) : null;
}

const meanings: { readonly [Name in OperatorName]: { holds(wanted: Operand<Name>, actual: Actual): boolean } } =
  operators;

/** Whether this one operator holds, or is not asked. */
export function isMet<Name extends OperatorName>(
  name: Name,
  { [name]: operand }: Pick<AskedOperators, Name>,
  actual: Actual,
): boolean {
  return operand === undefined || meanings[name].holds(operand, actual);
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
