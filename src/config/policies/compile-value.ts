/** One field: a scalar or operators, what a fix writes, and every rule that a schema can't hold. */
import type { Actual } from '../../domain/model/api/api-values.ts';
import { poolReads } from '../../domain/model/api/reads.ts';
import type { Expectation, FixValue, ValueExpectation } from '../../domain/policy/expect/expectations.ts';
import { isJsonObject, type JsonValue } from '../../domain/model/json.ts';
import {
  holds,
  isCondition,
  isMet,
  operatorNames,
  type AskedOperators,
  type Condition,
} from '../../domain/policy/expect/operators.ts';
import { patternProblem } from '../../domain/policy/expect/patterns.ts';
import { hasTemplate, isVariable, variableNames, variablesIn } from '../../domain/policy/expect/variables.ts';
import type { Path } from '../../yaml/document.ts';
import { suggest } from '../../yaml/nearest.ts';
import { complainAtKey, complainAtValue, locationAt, type ExpectContext, type Position } from './compiling.ts';
import { withoutSet } from './without-set.ts';

export function compileValue(value: JsonValue, position: Position, context: ExpectContext): readonly Expectation[] {
  const { at, field, source, members, path } = position;
  checkVariables(value, at, context);
  const wanted = conditionOf(value, path);
  const set = isJsonObject(value) ? value['set'] : undefined;
  if (isJsonObject(wanted)) checkOperators(wanted, set, position, context);
  const expectation: ValueExpectation = {
    kind: 'value',
    source,
    members,
    path,
    location: locationAt(context, field),
    wanted,
    fixValue: fixValueOf(wanted, set, position, context),
    hasVariables: hasTemplate(value),
  };
  return [expectation];
}

function conditionOf(value: JsonValue, path: string): Condition {
  const wanted = isJsonObject(value) ? withoutSet(value) : value;
  if (!isCondition(wanted)) throw new Error(`The schema of policies lets through at ${path}: ${JSON.stringify(value)}`);
  return wanted;
}

function fixValueOf(
  wanted: Condition,
  set: JsonValue | undefined,
  { source }: Position,
  { isFixable }: ExpectContext,
): FixValue {
  if (source !== 'mfaConfig' || !isFixable) return { kind: 'none', reason: 'read-only', candidates: [] };
  if (!isJsonObject(wanted)) return { kind: 'set', value: wanted, candidates: [wanted] };
  const named = wanted.oneOf ?? [];
  const candidates = set === undefined ? named : [set, ...named.filter((one) => one !== set)];
  const lone = named.length === 1 ? named[0] : undefined;
  const written = set ?? lone;
  return written === undefined
    ? { kind: 'none', reason: 'no-target', candidates }
    : { kind: 'set', value: written, candidates };
}

function checkVariables(value: JsonValue, at: Path, context: ExpectContext): void {
  if (typeof value === 'string') {
    for (const name of variablesIn(value)) checkVariable(name, at, context);
  } else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) checkVariables(entry, [...at, index], context);
  } else if (isJsonObject(value)) {
    for (const [name, inner] of Object.entries(value)) checkVariables(inner, [...at, name], context);
  }
}

function checkVariable(name: string, at: Path, context: ExpectContext): void {
  if (!context.allowsVariables) {
    complainAtValue(context, at, `\${${name}} is not filled in here`, 'variables work under `expect` only');
  } else if (!isVariable(name)) {
    complainAtValue(context, at, `\${${name}} is not a variable`, suggest(name, variableNames));
  }
}

function checkOperators(
  asked: AskedOperators,
  set: JsonValue | undefined,
  position: Position,
  context: ExpectContext,
): void {
  checkPattern(asked, [...position.at, 'pattern'], context);
  checkContradictions(asked, set, position, context);
  if (set === undefined) checkFixValueIsNamed(asked, position, context);
  else checkSet(asked, set, position, context);
}

/** A variable stands for quoted text, so a letter stands in for it here. */
function checkPattern({ pattern }: AskedOperators, at: Path, context: ExpectContext): void {
  if (pattern === undefined) return;
  const problem = patternProblem(pattern.replaceAll(/\$?\$\{[^}]*\}/g, 'x'));
  if (problem === null) return;
  complainAtValue(context, at, `this is not a pattern of RE2: ${problem.reason}`, problem.lacking);
}

const nothing: Actual = { value: undefined, present: false };

function checkContradictions(
  asked: AskedOperators,
  set: JsonValue | undefined,
  { at, path }: Position,
  context: ExpectContext,
): void {
  const { min, max, present } = asked;
  if (min !== undefined && max !== undefined && min > max) {
    complainAtKey(context, [...at, 'min'], `${path} can't be at least ${min} and at most ${max}`, null);
  }
  const positive = operatorNames.find((name) => !isMet(name, asked, nothing)) ?? (set === undefined ? null : 'set');
  if (present === false && positive !== null) {
    complainAtKey(context, [...at, 'present'], `${path} can't be absent and hold ${positive} as well`, 'use ifPresent');
  }
}

function checkSet(asked: AskedOperators, set: JsonValue, { at, source, path }: Position, context: ExpectContext): void {
  const here = [...at, 'set'];
  if (source !== 'mfaConfig' || !context.isFixable) {
    const where = poolReads[source].block ?? 'anyOf';
    complainAtKey(context, here, `set is of no use under ${where}, which is judged and never fixed`, 'leave set out');
  } else if (Object.keys(asked).length === 0) {
    complainAtKey(
      context,
      here,
      `${path} has set alone, which asks nothing`,
      'write the value itself, or an operator beside it',
    );
  } else if (!hasTemplate([asked, set]) && isWellFormed(asked) && !holds(asked, { value: set, present: true })) {
    complainAtValue(context, here, `set is ${JSON.stringify(set)}, which ${path} itself would not accept`, null);
  }
}

/** A broken pattern has its own complaint. */
function isWellFormed({ pattern }: AskedOperators): boolean {
  return pattern === undefined || patternProblem(pattern) === null;
}

function checkFixValueIsNamed({ oneOf }: AskedOperators, { at, path }: Position, context: ExpectContext): void {
  if (oneOf === undefined || oneOf.length < 2 || !context.isFixable || !context.needsFixValue) return;
  const message = `${path} may be one of ${oneOf.length}, and nothing says which of them a fix writes`;
  complainAtKey(context, [...at, 'oneOf'], message, 'add set with the one to write, or remediation: { mode: never }');
}
