/** Intrinsic functions, worked out where what they ask for is known. Source: AWS CloudFormation template reference. */
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';
import type { Possible } from '../model/open-values.ts';
import { resolveRef } from './parameters.ts';
import { plainFunctions } from './plain-functions.ts';
import { functionIn, leftOpen, lineOf, resolvedTo, type Resolved, type Resolving } from './resolving.ts';
import { mapAt, textOf } from './template.ts';

/** One value, where it is a function; what lies inside of maps and lists is left as it stands. */
export function resolve(value: JsonValue, context: Resolving): Resolved {
  if (typeof value === 'string' && value.includes('{{resolve:')) return leftOpen('a dynamic reference ({{resolve:…}})');
  const [name, argument = null] = functionIn(value) ?? [];
  switch (name) {
    case undefined:
      return resolvedTo(value);
    case 'Ref':
      return resolveRef(argument, context);
    case 'Fn::If':
      return choose(argument, context);
    case 'Fn::Sub':
      return substitute(argument, context);
    case 'Fn::GetAtt':
      return leftOpen(attributeOf(argument));
    case 'Fn::ImportValue':
      return leftOpen('a value that another stack exports');
    default:
      return workOut(name, argument, context);
  }
}

/** A value with all that lies inside of it. */
export function resolveWhole(value: JsonValue, context: Resolving): Resolved {
  const outer = resolve(value, context);
  if (!outer.known || typeof outer.value !== 'object' || outer.value === null) return outer;
  const entries = Object.entries<JsonValue>(outer.value).map(
    ([key, one]) => [key, resolveWhole(one, context)] as const,
  );
  const there: [string, JsonValue][] = [];
  for (const [key, inner] of entries) {
    if (!inner.known) return { ...inner, possible: null, isText: false };
    if (inner.value !== undefined) there.push([key, inner.value]);
  }
  return resolvedTo(isJsonObject(outer.value) ? Object.fromEntries(there) : there.map(([, inner]) => inner));
}

function workOut(name: string, argument: JsonValue, context: Resolving): Resolved {
  const work = plainFunctions.get(name);
  if (work === undefined) return leftOpen(`${name}, which is worked out at the deployment`, { isText: false });
  const whole = resolveWhole(argument, context);
  return whole.known ? work(whole.value ?? null, context.template) : { ...whole, isText: name === 'Fn::Join' };
}

function choose(argument: JsonValue, context: Resolving): Resolved {
  const [name, yes = null, no = null] = Array.isArray(argument) ? argument : [];
  if (typeof name !== 'string') return leftOpen('a condition without a name', { isText: false });
  const isTrue = conditionNamed(name, context);
  if (isTrue !== null) return resolve(isTrue ? yes : no, context);
  const branches = [yes, no].map((branch: JsonValue) => resolveWhole(branch, context));
  const possible = branches.every(hasPossible) ? distinct(branches.flatMap(possibleOf)) : null;
  if (possible?.length === 1) return resolvedTo(possible[0]);
  const isText = branches.every((branch) => (branch.known ? typeof branch.value === 'string' : branch.isText));
  return leftOpen(conditionWords(name, context), { possible, isText });
}

export function conditionWords(name: string, { template }: Resolving): string {
  return `the condition ${name} (${lineOf(template, 'Conditions', name)}), which the deployment decides`;
}

function hasPossible(branch: Resolved): boolean {
  return branch.known || branch.possible !== null;
}

function possibleOf(branch: Resolved): Possible {
  return branch.known ? [branch.value] : (branch.possible ?? []);
}

function distinct(values: Possible): Possible {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** A condition of the template; `null`: not known before it is deployed. `within`: those that are being asked. */
export function conditionNamed(name: string, context: Resolving, within: readonly string[] = []): boolean | null {
  const conditions = mapAt(context.template.value, 'Conditions');
  if (within.includes(name) || !Object.hasOwn(conditions, name)) return null;
  return holdsBefore(conditions[name] ?? null, context, [...within, name]);
}

function holdsBefore(condition: JsonValue, context: Resolving, within: readonly string[]): boolean | null {
  const called = functionIn(condition);
  if (called === null) return null;
  const [name, argument] = called;
  if (name === 'Condition') return typeof argument === 'string' ? conditionNamed(argument, context, within) : null;
  const parts: readonly JsonValue[] = Array.isArray(argument) ? argument : [];
  if (name === 'Fn::Equals') return areEqual(parts, context);
  const answers = parts.map((part) => holdsBefore(part, context, within));
  if (name === 'Fn::Not') return negated(answers[0] ?? null);
  const settling = name === 'Fn::Or' ? true : name === 'Fn::And' ? false : null;
  if (settling === null) return null;
  return answers.includes(settling) ? settling : answers.includes(null) ? null : !settling;
}

function negated(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}

function areEqual(parts: readonly JsonValue[], context: Resolving): boolean | null {
  const [one, other] = parts.map((part) => resolveWhole(part, context));
  return one?.known === true && other?.known === true ? textOf(one.value) === textOf(other.value) : null;
}

/** `${Name}` is a Ref or stands in the map beside it, `${A.B}` an attribute, and `${!Name}` is meant as text. */
function substitute(argument: JsonValue, context: Resolving): Resolved {
  const [text, values = null] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') return leftOpen('a text that only the deployment knows');
  const own: JsonObject = isJsonObject(values) ? values : {};
  const found = new Map<string, string>();
  for (const [, name = ''] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    const value = Object.hasOwn(own, name) ? resolve(own[name] ?? null, context) : referred(name, context);
    if (!value.known) return { ...value, possible: null, isText: true };
    found.set(name, textOf(value.value));
  }
  return resolvedTo(
    text.replaceAll(/\$\{(!?)([^}]*)\}/g, (whole, literal: string, name: string) =>
      literal === '!' ? `\${${name}}` : (found.get(name) ?? whole),
    ),
  );
}

function referred(name: string, context: Resolving): Resolved {
  return name.includes('.') ? leftOpen(attributeOf(name)) : resolveRef(name, context);
}

function attributeOf(argument: JsonValue): string {
  const named: JsonValue | undefined = Array.isArray(argument) ? argument[0] : argument;
  const resource = typeof named === 'string' ? (named.split('.')[0] ?? named) : 'a resource';
  return `an attribute of ${resource}, which is made with the stack`;
}
