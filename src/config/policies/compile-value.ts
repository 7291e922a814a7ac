/** One field: a scalar or operators, what a fix writes, and every rule that a schema can't hold. */
import { poolReads } from '../../domain/model/api/reads.ts';
import type { Expectation, Target, ValueExpectation } from '../../domain/policy/expect/expectations.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { holds, operatorNames, operators, type OperatorName } from '../../domain/policy/expect/operators.ts';
import { patternProblem } from '../../domain/policy/expect/patterns.ts';
import { hasTemplate, isVariable, variableNames, variablesIn } from '../../domain/policy/expect/variables.ts';
import type { Path } from '../../yaml/document.ts';
import { suggest } from '../../yaml/nearest.ts';
import { complainAtKey, complainAtValue, placeAt, type ExpectContext, type Position } from './compiling.ts';
import { withoutSet } from './without-set.ts';

export function compileValue(value: JsonValue, position: Position, context: ExpectContext): readonly Expectation[] {
  const { at, field, source, members, path } = position;
  checkVariables(value, at, context);
  if (isJsonObject(value)) checkOperators(value, position, context);
  const expectation: ValueExpectation = {
    kind: 'value',
    source,
    members,
    path,
    place: placeAt(context, field),
    wanted: isJsonObject(value) ? withoutSet(value) : value,
    target: targetOf(value, position, context),
    hasVariables: hasTemplate(value),
  };
  return [expectation];
}

function targetOf(value: JsonValue, { source }: Position, { isFixable }: ExpectContext): Target {
  if (source !== 'mfaConfig' || !isFixable) return { kind: 'none', reason: 'read-only', candidates: [] };
  if (!isJsonObject(value)) return { kind: 'set', value, candidates: [value] };
  const named: readonly JsonValue[] = Array.isArray(value['oneOf']) ? value['oneOf'] : [];
  const set = value['set'];
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

function checkOperators(map: JsonObject, position: Position, context: ExpectContext): void {
  checkPattern(map['pattern'], [...position.at, 'pattern'], context);
  checkContradictions(map, position, context);
  checkSet(map, position, context);
}

/** A variable stands for quoted text, so a letter stands in for it here. */
function checkPattern(pattern: JsonValue | undefined, at: Path, context: ExpectContext): void {
  if (typeof pattern !== 'string') return;
  const problem = patternProblem(pattern.replaceAll(/\$?\$\{[^}]*\}/g, 'x'));
  if (problem === null) return;
  complainAtValue(context, at, `this is not a pattern of RE2: ${problem.reason}`, problem.lacking);
}

function checkContradictions(map: JsonObject, { at, path }: Position, context: ExpectContext): void {
  const { min, max, present } = map;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    complainAtKey(context, [...at, 'min'], `${path} can't be at least ${min} and at most ${max}`, null);
  }
  const positive = [...operatorNames.filter((name) => wantsValue(name, map[name])), 'set'].find((name) => name in map);
  if (present === false && positive !== undefined) {
    complainAtKey(context, [...at, 'present'], `${path} can't be absent and hold ${positive} as well`, 'use ifPresent');
  }
}

/** Whether the operator can't hold where nothing is there. */
function wantsValue(name: OperatorName, operand: JsonValue | undefined): boolean {
  return operand !== undefined && !operators[name].holds(operand, { value: undefined, present: false });
}

function checkSet(map: JsonObject, { at, source, path }: Position, context: ExpectContext): void {
  const { set, ...asked } = map;
  const here = [...at, 'set'];
  if (set === undefined) return checkTargetIsNamed(map, at, path, context);
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
  } else if (!hasTemplate(map) && isWellFormed(asked) && !holds(asked, { value: set, present: true })) {
    complainAtValue(context, here, `set is ${JSON.stringify(set)}, which ${path} itself would not accept`, null);
  }
}

/** A broken pattern has its own complaint. */
function isWellFormed({ pattern }: JsonObject): boolean {
  return typeof pattern !== 'string' || patternProblem(pattern) === null;
}

function checkTargetIsNamed({ oneOf }: JsonObject, at: Path, path: string, context: ExpectContext): void {
  if (!Array.isArray(oneOf) || oneOf.length < 2 || !context.isFixable || !context.needsTarget) return;
  const message = `${path} may be one of ${oneOf.length}, and nothing says which of them a fix writes`;
  complainAtKey(context, [...at, 'oneOf'], message, 'add set with the one to write, or remediation: { mode: never }');
}
