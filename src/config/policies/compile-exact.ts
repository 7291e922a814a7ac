/** `exact`: which members `expect` names, so that any other is a finding. */
import type { ExactExpectation, Mentioned } from '../../domain/policy/expect/expectations.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { readOfBlock } from '../../domain/model/api/reads.ts';
import { isOperator } from '../../domain/policy/expect/operators.ts';
import { locationAt, type Compiling } from './compiling.ts';

export function compileExact(expect: JsonObject, context: Compiling): ExactExpectation {
  const fields = Object.fromEntries(
    Object.entries(expect).filter(([name]) => name !== 'factors' && readOfBlock(name) === null),
  );
  return { kind: 'exact', path: 'exact', location: locationAt(context, ['exact']), mentioned: mentionedBy(fields) };
}

/** A scalar or an operator speaks of the whole member; `ifPresent` and `anyOf` mention what is inside them. */
function mentionedBy(value: JsonValue): Mentioned {
  if (!isJsonObject(value)) return 'whole';
  const { ifPresent, anyOf, ...rest } = value;
  if (Object.keys(rest).some((name) => isOperator(name) || name === 'set')) return 'whole';
  const alternatives: readonly JsonValue[] = Array.isArray(anyOf) ? anyOf : [];
  const named = new Map(Object.entries(rest).map(([name, inner]): [string, Mentioned] => [name, mentionedBy(inner)]));
  const others = [...alternatives, ...(ifPresent === undefined ? [] : [ifPresent])].map(mentionedBy);
  return others.reduce<Mentioned>(merged, named);
}

/** An alternative of the whole answer may hold `factors` or `UserPool`; they are no members of it. */
function merged(one: Mentioned, other: Mentioned): Mentioned {
  if (one === 'whole' || other === 'whole') return 'whole';
  const both = new Map(one);
  for (const [name, inner] of other) {
    const known = both.get(name);
    both.set(name, known === undefined ? inner : merged(known, inner));
  }
  return both;
}
