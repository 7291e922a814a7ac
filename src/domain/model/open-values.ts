/**
 * What of a pool is said only when its template is deployed. Keys are paths: of `GetUserPoolMfaConfig`'s answer, of
 * `DescribeUserPool`'s with `UserPool` in front, and names such as `account.id`, `region` and `pool.name`.
 */
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/** `undefined`: it may not be there. */
export type Possible = readonly (JsonValue | undefined)[];

export interface OpenValue {
  /** What decides it, and where that stands. */
  readonly why: string;
  /** All that it can be; `null`: anything. */
  readonly possible: Possible | null;
  /** A text is surely there, and another stands in for it. */
  readonly isThere: boolean;
}

export type OpenValues = ReadonlyMap<string, OpenValue>;

/** What is open at a path, or at something around it. */
export function openAt(open: OpenValues | undefined, path: string): OpenValue | undefined {
  if (open === undefined) return undefined;
  const names = path.split('.');
  const around = names.map((_, index) => names.slice(0, index + 1).join('.'));
  return around.map((prefix) => open.get(prefix)).find((value) => value !== undefined);
}

/** The first of what may be there or not at a path or inside of it. */
export function openInside(open: OpenValues | undefined, path: string): OpenValue | undefined {
  if (open === undefined) return undefined;
  return [...open].find(([at, { isThere }]) => !isThere && (at === path || at.startsWith(`${path}.`)))?.[1];
}

/** Every configuration that it can be, as far as modes and blocks go. */
export function completions(config: JsonObject, open: OpenValues | undefined): readonly JsonObject[] {
  let all: readonly JsonObject[] = [config];
  for (const [path, { possible }] of open ?? []) {
    const [block = '', member, ...deeper] = path.split('.');
    if (possible === null || block === 'UserPool' || deeper.length > 0) continue;
    all = possible.flatMap((value) => all.map((one) => withValue(one, block, member, value)));
  }
  return all;
}

function withValue(
  config: JsonObject,
  block: string,
  member: string | undefined,
  value: JsonValue | undefined,
): JsonObject {
  const { [block]: before, ...rest } = config;
  const inside = isJsonObject(before) ? before : {};
  const now = member === undefined ? value : { ...inside, [member]: value ?? null };
  return now === undefined ? rest : { ...rest, [block]: now };
}
