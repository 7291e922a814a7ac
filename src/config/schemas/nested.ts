/**
 * Values under paths with dots (`a.b`) as maps within maps, in the order of the paths.
 *
 * @param mapOf what stands for a map, of its members and its own path
 */
export function nested<Value>(
  values: readonly (readonly [path: string, value: Value])[],
  mapOf: (members: Readonly<Record<string, Value>>, path: string) => Value,
  above = '',
): Readonly<Record<string, Value>> {
  const members: Record<string, Value> = {};
  for (const [path, value] of values) {
    const [key = '', ...rest] = path.split('.');
    if (Object.hasOwn(members, key)) continue;
    const own = `${above}${key}`;
    members[key] = rest.length === 0 ? value : mapOf(nested(below(values, `${key}.`), mapOf, `${own}.`), own);
  }
  return members;
}

function below<Value>(
  values: readonly (readonly [string, Value])[],
  start: string,
): readonly (readonly [string, Value])[] {
  return values.flatMap(([path, value]) =>
    path.startsWith(start) ? [[path.slice(start.length), value] as const] : [],
  );
}
