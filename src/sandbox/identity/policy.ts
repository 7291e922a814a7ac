/**
 * A policy document, and what it says of a request (IAM user guide, "IAM JSON policy element reference" and "Policy
 * evaluation logic"): statements with `Effect`, `Action` and `Resource` with wildcards, and the two conditions that this
 * program's policies use. What is not played here is refused when it is read, since half a policy would prove nothing.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { matchesAction, matchesResource } from './matches-action.ts';

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly operator: Operator;
  readonly key: string;
  readonly values: readonly string[];
}

type Operator = 'StringEquals' | 'StringNotEquals';

/** What a request says of itself: the value of a key such as `aws:ResourceTag/env`; `undefined`: it has none. */
export type Context = (key: string) => string | undefined;

export interface AskedAction {
  readonly action: string;
  /** ARN, or `*` where the action knows no resource. */
  readonly resource: string;
  readonly context: Context;
}

export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** Throws `PolicyError` for what is not played, and for what IAM would refuse too. */
export function parsePolicy(document: JsonValue): readonly Statement[] {
  const { Version: version = '2008-10-17', Statement: statements, ...rest } = objectOf(document, 'A policy');
  refuseRest(rest, 'A policy');
  // The older one, which is meant where none is said, knows no variables; here they are refused in both.
  if (!['2012-10-17', '2008-10-17'].includes(textOf(version, 'Version')))
    throw new PolicyError(`Version must be 2012-10-17, not ${JSON.stringify(version)}`);
  const list = listOf(statements);
  if (list.length === 0) throw new PolicyError('A policy has no Statement');
  return list.map(parseStatement);
}

/** An explicit `Deny` overrides what is allowed; what no statement allows is not allowed. */
export function decide(statements: readonly Statement[], asked: AskedAction): 'allowed' | 'denied' | 'not-allowed' {
  const applying = statements.filter((statement) => applies(statement, asked));
  if (applying.some(({ effect }) => effect === 'Deny')) return 'denied';
  return applying.length > 0 ? 'allowed' : 'not-allowed';
}

export function applies({ actions, resources, conditions }: Statement, asked: AskedAction): boolean {
  return (
    actions.some((pattern) => matchesAction(pattern, asked.action)) &&
    resources.some((pattern) => matchesResource(pattern, asked.resource)) &&
    conditions.every((condition) => isMet(condition, asked.context))
  );
}

/** A key that the request does not have equals nothing, so that it is unequal to everything (IAM user guide, "String condition operators"). */
function isMet({ operator, key, values }: Condition, context: Context): boolean {
  const value = context(key);
  const isEqual = value !== undefined && values.includes(value);
  return operator === 'StringEquals' ? isEqual : !isEqual;
}

function parseStatement(value: JsonValue): Statement {
  const { Sid: _sid, Effect: effect, Action, Resource, Condition = {}, ...rest } = objectOf(value, 'A statement');
  refuseRest(rest, 'A statement');
  if (effect !== 'Allow' && effect !== 'Deny')
    throw new PolicyError(`Effect must be Allow or Deny, not ${JSON.stringify(effect)}`);
  return {
    effect,
    actions: textsOf(Action, 'Action'),
    resources: textsOf(Resource, 'Resource'),
    conditions: Object.entries(objectOf(Condition, 'Condition')).flatMap(parseConditions),
  };
}

function parseConditions([operator, keys]: [string, JsonValue]): readonly Condition[] {
  if (operator !== 'StringEquals' && operator !== 'StringNotEquals')
    throw new PolicyError(`${operator} is not played: StringEquals and StringNotEquals are`);
  return Object.entries(objectOf(keys, operator)).map(([key, values]) => ({
    operator,
    key: playedKey(key),
    values: textsOf(values, key),
  }));
}

function playedKey(key: string): string {
  if (key.startsWith('aws:ResourceTag/') || key === 'iam:PassedToService') return key;
  throw new PolicyError(`the condition key ${key} is not played: aws:ResourceTag/… and iam:PassedToService are`);
}

function refuseRest(rest: JsonObject, what: string): void {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new PolicyError(`${what} with ${unknown} is not played`);
}

function objectOf(value: JsonValue | undefined, what: string): JsonObject {
  if (value !== undefined && isJsonObject(value)) return value;
  throw new PolicyError(`${what} must be an object`);
}

/** One may stand for a list of one. */
function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function textsOf(value: JsonValue | undefined, what: string): readonly string[] {
  const list = listOf(value);
  if (list.length === 0) throw new PolicyError(`${what} is missing`);
  return list.map((each) => {
    const text = textOf(each, what);
    if (text.includes('${')) throw new PolicyError(`the policy variable in ${text} is not played`);
    return text;
  });
}

function textOf(value: JsonValue, what: string): string {
  if (typeof value === 'string') return value;
  throw new PolicyError(`${what} must be a text, not ${JSON.stringify(value)}`);
}
