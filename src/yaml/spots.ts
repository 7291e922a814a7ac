/** Where the parts of a YAML document stand. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Document,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';

/** A file's text, and where its lines begin. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
}

export type Path = readonly (string | number)[];

/** Line and column from 1; `width` in characters, to the end of the line at most, at least one. */
export interface Spot {
  readonly line: number;
  readonly column: number;
  readonly width: number;
}

type Spotted = 'key' | 'value';

export function spotOf(node: Pick<Node, 'range'>, source: Source): Spot {
  const [start, end] = node.range ?? [0, 0];
  return spotBetween(start, end, source);
}

export function spotBetween(start: number, end: number, { text, lines }: Source): Spot {
  const { line, col } = lines.linePos(start);
  const width = Math.min(end, lineEnd(Math.max(line, 1), { text, lines })) - start;
  return { line: Math.max(line, 1), column: Math.max(col, 1), width: Math.max(1, width) };
}

/** The text of a line, counted from 1. */
export function lineAt(line: number, { text, lines }: Pick<Source, 'text' | 'lines'>): string {
  return text.slice(lines.lineStarts[line - 1], lineEnd(line, { text, lines }));
}

function lineEnd(line: number, { text, lines }: Pick<Source, 'text' | 'lines'>): number {
  const end = (lines.lineStarts[line] ?? text.length + 1) - 1;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** The key or value at a path; where a part of the path is not there, the last one that is. */
export function spotAt(document: Document, path: Path, target: Spotted, source: Source): Spot {
  let node: unknown = document.contents;
  let spot = isNode(node) ? spotOf(node, source) : spotBetween(0, 0, source);
  for (const [index, step] of path.entries()) {
    const found = stepInto(followed(node, document), step);
    if (found === null) return spot;
    const wantsKey = target === 'key' && index === path.length - 1;
    const shown = wantsKey || !isNode(found.value) || isBare(found.value) ? (found.key ?? found.value) : found.value;
    if (isNode(shown)) spot = spotOf(shown, source);
    node = found.value;
  }
  return spot;
}

/** A scalar as it stands in the file; `null` for what is not there or no scalar. */
export function sourceAt(document: Document, path: Path): string | null {
  let node: unknown = document.contents;
  for (const step of path) node = stepInto(followed(node, document), step)?.value;
  const scalar = followed(node, document);
  return isScalar(scalar) ? (scalar.source ?? String(scalar.value)) : null;
}

function stepInto(node: unknown, step: string | number): { key: unknown; value: unknown } | null {
  if (isMap(node)) {
    const pair = pairsOf(node).get(String(step));
    return pair === undefined ? null : { key: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof step === 'number') {
    const value: unknown = node.items[step];
    return value === undefined ? null : { key: null, value };
  }
  return null;
}

const knownPairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

/** By key, the first of each; looked through once for each map, which may be long and asked about each of its keys. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = knownPairs.get(map);
  if (known !== undefined) return known;
  const named = map.items.flatMap((pair: Pair): [string, Pair][] =>
    isScalar(pair.key) ? [[String(pair.key.value), pair]] : [],
  );
  const pairs = new Map(named.toReversed());
  knownPairs.set(map, pairs);
  return pairs;
}

function followed(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** `key:` with nothing behind it has no place of its own. */
function isBare(node: Node): boolean {
  return isScalar(node) && (node.source === undefined || node.source === '');
}
