/**
 * What a CloudFormation template says once its parameters are known: conditions decided, functions carried out (CloudFormation
 * user guide, "Intrinsic function reference"). Only the functions that `deploy/` uses; another one is refused.
 */
import { parse, type ScalarTag, type CollectionTag } from 'yaml';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../domain/model/json.ts';

/** Parameters by name, the pseudo parameters (`AWS::Partition`) among them. A template's own defaults stand below them. */
export type Parameters = Readonly<Record<string, string>>;

/** What a property of a resource says; `undefined`: nothing, or the resource's condition does not hold. */
export type Property = (resource: string, property: string) => JsonValue | undefined;

export function stackOf(template: string, parameters: Parameters): Property {
  const document = objectOf(parse(template, { customTags }) as JsonValue);
  const known = { ...defaultsOf(objectOf(document['Parameters'])), ...parameters };
  const conditions = objectOf(document['Conditions']);
  const scope: Scope = { parameters: known, holds: (name) => isTrue(resolved(conditions[name] ?? null, scope)) };
  return (resource, property) => {
    const { Condition: condition, Properties: properties } = objectOf(objectOf(document['Resources'])[resource]);
    const isThere = typeof condition !== 'string' || scope.holds(condition);
    return isThere ? resolved(objectOf(properties)[property] ?? null, scope) : undefined;
  };
}

interface Scope {
  readonly parameters: Parameters;
  holds(condition: string): boolean;
}

/** The short forms, `!Sub text`, as the long ones, `{ "Fn::Sub": text }`. */
const functions = ['Equals', 'GetAtt', 'If', 'Not', 'Sub'];
const customTags = [...functions, 'Ref'].flatMap((name) => {
  const long = (value: unknown) => ({ [name === 'Ref' ? 'Ref' : `Fn::${name}`]: value });
  const scalar: ScalarTag = { tag: `!${name}`, resolve: long };
  const list: CollectionTag = { tag: `!${name}`, collection: 'seq', resolve: (node) => long(node.toJSON()) };
  return [scalar, list];
});

function resolved(value: JsonValue, scope: Scope): JsonValue | undefined {
  if (Array.isArray(value)) {
    const items: readonly JsonValue[] = value;
    return items.flatMap((item) => resolved(item, scope) ?? []);
  }
  if (!isJsonObject(value)) return value;
  const [[name, argument] = ['', null], second] = Object.entries(value);
  if (second === undefined && (name === 'Ref' || name.startsWith('Fn::'))) return called(name, argument, scope);
  const members = Object.entries(value).map(([key, member]) => [key, resolved(member, scope)] as const);
  return Object.fromEntries(members.filter((member): member is [string, JsonValue] => member[1] !== undefined));
}

function called(name: string, argument: JsonValue, scope: Scope): JsonValue | undefined {
  const [first = null, second = null, third = null] = Array.isArray(argument)
    ? (argument as readonly JsonValue[])
    : [argument];
  switch (name) {
    case 'Ref':
      return first === 'AWS::NoValue' ? undefined : referred(textOf(first), scope);
    case 'Fn::Sub':
      return textOf(first).replaceAll(/\$\{([^}]+)\}/g, (_, reference: string) => referred(reference, scope));
    case 'Fn::If':
      return resolved(scope.holds(textOf(first)) ? second : third, scope);
    case 'Fn::Equals':
      return resolved(first, scope) === resolved(second, scope);
    case 'Fn::Not':
      return !isTrue(resolved(first, scope));
    default:
      throw new Error(`${name} is not played in a template`);
  }
}

function referred(name: string, { parameters }: Scope): string {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined) throw new Error(`the template refers to ${name}, which has no value`);
  return value;
}

function defaultsOf(parameters: JsonObject): Parameters {
  const defaults = Object.entries(parameters).map(
    ([name, parameter]) => [name, objectOf(parameter)['Default']] as const,
  );
  return Object.fromEntries(defaults.filter((each): each is [string, string] => typeof each[1] === 'string'));
}

function isTrue(value: JsonValue | undefined): boolean {
  if (typeof value === 'boolean') return value;
  throw new Error(`a condition of a template is ${JSON.stringify(value)}`);
}

function textOf(value: JsonValue): string {
  if (typeof value === 'string') return value;
  throw new Error(`a template has ${JSON.stringify(value)} where a text belongs`);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isJsonObject(value) ? value : {};
}
