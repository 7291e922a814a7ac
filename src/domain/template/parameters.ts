/** What `Ref` gives: a parameter, a pseudo-parameter, or the id of a resource. */
import type { JsonValue } from '../model/json.ts';
import { partitionOf } from '../model/regions.ts';
import { leftOpen, lineOf, resolvedTo, type Resolved, type Resolving } from './resolving.ts';
import { mapAt, textOf } from './template.ts';

export function resolveRef(name: JsonValue, context: Resolving): Resolved {
  if (typeof name !== 'string') return leftOpen('a Ref to something that is no name', { isText: false });
  if (name.startsWith('AWS::')) return pseudoParameter(name, context);
  if (Object.hasOwn(mapAt(context.template.value, 'Parameters'), name)) return parameter(name, context);
  return leftOpen(`what ${name} is called once it is made`);
}

function pseudoParameter(name: string, { deployment: { accountId, region, parameters } }: Resolving): Resolved {
  if (name === 'AWS::NoValue') return resolvedTo(undefined);
  if (name === 'AWS::AccountId' && accountId !== null) return resolvedTo(accountId);
  if (name === 'AWS::Region' && region !== null) return resolvedTo(region);
  if (name === 'AWS::Partition' && region !== null) return resolvedTo(partitionOf(region));
  const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return given === undefined ? leftOpen(`${name}; say it with --parameter ${name}=…`) : resolvedTo(given);
}

function parameter(name: string, { template, deployment: { parameters }, assumed, unsaid }: Resolving): Resolved {
  const { Type, Default: preset, AllowedValues: allowed } = mapAt(template.value, 'Parameters', name);
  const type = textOf(Type);
  const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  const where = `the parameter ${name} (${lineOf(template, 'Parameters', name)})`;
  const isStored = type.startsWith('AWS::SSM::Parameter::Value<');
  if (isStored) return leftOpen(`${where}, which is read from Systems Manager`, { isText: !type.includes('List') });
  if (given !== undefined) return resolvedTo(typed(given, type));
  const text = scalarText(preset);
  if (text !== null) {
    assumed.set(name, text);
    return resolvedTo(typed(text, type));
  }
  const texts = Array.isArray(allowed) && allowed.length > 0 ? allowed.map(textOf) : null;
  unsaid.set(name, texts?.join(', ') ?? '');
  const isText = !type.includes('List');
  const possible = texts === null ? null : texts.map((value) => typed(value, type));
  return leftOpen(`${where}, which has no default`, { possible, isText });
}

function scalarText(value: JsonValue | undefined): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function typed(text: string, type: string): JsonValue {
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  return isList ? text.split(',').map((entry) => entry.trim()) : text;
}
