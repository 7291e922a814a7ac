/**
 * Code that notes which of its places were reached: function bodies, both ways of a condition, the right side of `&&`, `||`
 * and `??`, cases, loops, catches, and what comes after an `if` that may leave. V8's own counters do the same, but each time they
 * are taken they walk through every function that is loaded (13 ms for a toy), and they keep code from being optimized.
 */
import { parseAst } from 'rolldown/parseAst';

/** Where each place notes that it was reached. */
export const mark = '__reached';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

export interface Instrumented {
  readonly code: string;
  /** How many places there are. */
  readonly places: number;
}

/** @param first the number of its first place */
export function instrument(code: string, first: number): Instrumented {
  const openings: Insertion[] = [];
  const closings: Insertion[] = [];
  let next = first;
  const note = (): string => `${mark}[${next++}]=1`;
  const marker: Marker = {
    into: ({ start }) => void openings.push({ at: start + 1, text: `${note()};` }),
    before: ({ start }) => void openings.push({ at: start, text: `${note()};` }),
    after: ({ end }) => void closings.push({ at: end, text: `;${note()};` }),
    value({ start, end }) {
      openings.push({ at: start, text: `(${note()},` });
      closings.unshift({ at: end, text: ')' });
    },
    statement(node) {
      if (node.type === 'BlockStatement') return marker.into(node);
      openings.push({ at: node.start, text: `{${note()};` });
      closings.unshift({ at: node.end, text: '}' });
    },
  };
  walk(parseAst(code), marker);
  return { code: woven(code, [...closings, ...openings]), places: next - first };
}

/** What closes stands in front of what opens at the same place; the sort keeps the order of each. */
function woven(code: string, insertions: readonly Insertion[]): string {
  let text = '';
  let from = 0;
  for (const { at, text: inserted } of insertions.toSorted((one, other) => one.at - other.at)) {
    text += code.slice(from, at) + inserted;
    from = at;
  }
  return text + code.slice(from);
}

interface Marker {
  /** Into a block, at its beginning. */
  readonly into: (node: Node) => void;
  readonly before: (node: Node) => void;
  readonly after: (node: Node) => void;
  readonly value: (node: Node) => void;
  readonly statement: (node: Node) => void;
}

function walk(node: object, marker: Marker): void {
  const children: Readonly<Record<string, unknown>> = { ...node };
  if (isNode(node)) places[node.type]?.(children, marker, node);
  for (const child of Object.values(children).flat())
    if (typeof child === 'object' && child !== null) walk(child, marker);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}

type Place = (children: Readonly<Record<string, unknown>>, marker: Marker, node: Node) => void;

const ofFunction: Place = ({ body }, { into, value }) => {
  if (isNode(body)) (body.type === 'BlockStatement' ? into : value)(body);
};
const ofLoop: Place = ({ body }, { statement }) => {
  if (isNode(body)) statement(body);
};

/** By the types of ESTree. */
const places: Readonly<Record<string, Place>> = {
  FunctionDeclaration: ofFunction,
  FunctionExpression: ofFunction,
  ArrowFunctionExpression: ofFunction,
  ForStatement: ofLoop,
  ForInStatement: ofLoop,
  ForOfStatement: ofLoop,
  WhileStatement: ofLoop,
  CatchClause: ofLoop,
  IfStatement({ consequent, alternate }, { statement, after }, node) {
    if (isNode(consequent)) statement(consequent);
    if (isNode(alternate)) statement(alternate);
    else after(node);
  },
  ConditionalExpression({ consequent, alternate }, { value }) {
    if (isNode(consequent)) value(consequent);
    if (isNode(alternate)) value(alternate);
  },
  LogicalExpression({ right }, { value }) {
    if (isNode(right)) value(right);
  },
  SwitchCase({ consequent }, { before }) {
    const [first]: readonly unknown[] = Array.isArray(consequent) ? consequent : [];
    if (isNode(first)) before(first);
  },
};
