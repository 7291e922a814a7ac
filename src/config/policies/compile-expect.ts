/** From the maps under `expect` (or `match.UserPool`), already of the right shape, to expectations. */
import type { Expectation } from '../../domain/policy/expect/expectations.ts';
import { poolReads, readOfBlock, type FurtherRead } from '../../domain/model/api/reads.ts';
import { factorNames, type Factor } from '../../domain/model/mfa/factors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { isOperator } from '../../domain/policy/expect/operators.ts';
import type { Path } from '../../yaml/document.ts';
import { compileValue } from './compile-value.ts';
import { complainAtKey, locationAt, type Compiling, type ExpectContext, type Position } from './compiling.ts';
import { withoutSet } from './without-set.ts';

/** The top of `expect`, or an alternative of an `anyOf` there. */
export function compileExpect(map: JsonObject, at: Path, context: ExpectContext): readonly Expectation[] {
  const top: Position = { at, field: at, source: 'mfaConfig', members: [], path: '' };
  return Object.entries(map).flatMap(([name, value]) => {
    if (name === 'factors') return isJsonObject(value) ? compileFactors(value, [...at, name], context) : [];
    if (name === 'anyOf') return compileAnyOf(value, top, context, compileExpect);
    const further = readOfBlock(name);
    if (further !== null) return compileFurther(further, value, [...at, name], { ...context, isFixable: false });
    return compileField(value, below(top, name), context);
  });
}

/** Members of what a further read answers, under `expect` or in `match`. */
export function compileFurther(
  source: FurtherRead,
  value: JsonValue,
  at: Path,
  context: ExpectContext,
): readonly Expectation[] {
  return compileField(value, { at, field: at, source, members: [], path: poolReads[source].block }, context);
}

function below({ at, source, members, path }: Position, name: string): Position {
  const field = [...at, name];
  return { at: field, field, source, members: [...members, name], path: path === '' ? name : `${path}.${name}` };
}

function compileField(value: JsonValue, position: Position, context: ExpectContext): readonly Expectation[] {
  if (!isJsonObject(value)) return compileValue(value, position, context);
  return 'ifPresent' in value ? compileIfPresent(value, position, context) : compileMap(value, position, context);
}

function compileIfPresent(map: JsonObject, position: Position, context: ExpectContext): readonly Expectation[] {
  const { at, field, source, members, path } = position;
  const other = Object.keys(map).find((name) => name !== 'ifPresent');
  if (other !== undefined)
    complainAtKey(context, [...at, other], `${other} stands beside ifPresent`, 'ifPresent stands alone');
  const inside = map['ifPresent'] ?? {};
  const inner = compileField(inside, { ...position, at: [...at, 'ifPresent'] }, context);
  return [{ kind: 'ifPresent', source, members, path, location: locationAt(context, field), inner }];
}

/** Operators or fields of the API, and `anyOf` beside either. */
function compileMap(map: JsonObject, position: Position, context: ExpectContext): readonly Expectation[] {
  const { anyOf, ...rest } = map;
  const alternatives = anyOf === undefined ? [] : compileAnyOf(anyOf, position, context, alternativeOf(position));
  const names = Object.keys(rest);
  if (names.length === 0 && anyOf !== undefined) return alternatives;
  const operators: readonly string[] = names.filter((name) => isOperator(name) || name === 'set');
  if (operators.length === 0) return [compileBlock(rest, position, context), ...alternatives];
  const field = names.find((name) => !operators.includes(name));
  if (field === undefined) return [...compileValue(rest, position, context), ...alternatives];
  const hint = 'a map holds either operators or fields of the API; use anyOf, or two policies';
  complainAtKey(context, [...position.at, field], `${field} stands beside the operator ${operators.join(', ')}`, hint);
  return alternatives;
}

function compileBlock(map: JsonObject, position: Position, context: ExpectContext): Expectation {
  const { field, source, members, path } = position;
  const entries = Object.entries(map).flatMap(([name, value]) => compileField(value, below(position, name), context));
  return {
    kind: 'block',
    source,
    members,
    path,
    location: locationAt(context, field),
    wanted: withoutSet(map),
    entries,
  };
}

type CompileAlternative = (map: JsonObject, at: Path, context: ExpectContext) => readonly Expectation[];

function alternativeOf(position: Position): CompileAlternative {
  return (map, at, context) => compileField(map, { ...position, at, field: at }, context);
}

function compileAnyOf(
  value: JsonValue,
  { at, path }: Position,
  context: ExpectContext,
  compile: CompileAlternative,
): readonly Expectation[] {
  const maps: readonly JsonObject[] = Array.isArray(value) ? value.filter(isJsonObject) : [];
  const here = [...at, 'anyOf'];
  return [
    {
      kind: 'anyOf',
      path: path === '' ? 'anyOf' : `${path}.anyOf`,
      location: locationAt(context, here),
      alternatives: maps.map((map, index) => compile(map, [...here, index], { ...context, isFixable: false })),
      wanted: maps.map(withoutSet),
    },
  ];
}

function compileFactors(map: JsonObject, at: Path, context: Compiling): readonly Expectation[] {
  return (['allow', 'atLeastOne'] as const).flatMap((rule) => {
    const named = map[rule];
    if (!Array.isArray(named)) return [];
    const factors: readonly Factor[] = factorNames.filter((factor) => named.includes(factor));
    return [{ kind: 'factors', rule, factors, path: `factors.${rule}`, location: locationAt(context, [...at, rule]) }];
  });
}
