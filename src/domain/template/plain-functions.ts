/** Intrinsic functions whose argument is known throughout. Source: AWS CloudFormation template reference. */
import type { JsonValue } from '../model/json.ts';
import { leftOpen, resolvedTo, type Resolved } from './resolving.ts';
import { mapAt, textOf, type Template } from './template.ts';

type PlainFunction = (argument: JsonValue, template: Template) => Resolved;

export const plainFunctions: ReadonlyMap<string, PlainFunction> = new Map<string, PlainFunction>([
  ['Fn::FindInMap', findInMap],
  ['Fn::Join', join],
  ['Fn::Select', pick],
  ['Fn::Split', split],
]);

function findInMap(argument: JsonValue, template: Template): Resolved {
  const [map = '', first = '', second = ''] = Array.isArray(argument) ? argument.map(textOf) : [];
  const entries = mapAt(template.value, 'Mappings', map, first);
  return Object.hasOwn(entries, second)
    ? resolvedTo(entries[second])
    : leftOpen(`an entry that the mapping ${map} does not have`, { isText: false });
}

function join(argument: JsonValue): Resolved {
  const [separator = '', parts] = Array.isArray(argument) ? argument : [];
  return Array.isArray(parts) ? resolvedTo(parts.map(textOf).join(textOf(separator))) : leftOpen('Fn::Join of no list');
}

function pick(argument: JsonValue): Resolved {
  const [index, list] = Array.isArray(argument) ? argument : [];
  const entry: JsonValue | undefined = Array.isArray(list) ? list[Number(index)] : undefined;
  return entry === undefined ? leftOpen('Fn::Select of what the list does not have') : resolvedTo(entry);
}

function split(argument: JsonValue): Resolved {
  const [separator = '', text] = Array.isArray(argument) ? argument : [];
  return typeof text === 'string'
    ? resolvedTo(text.split(textOf(separator)))
    : leftOpen('Fn::Split of no text', { isText: false });
}
