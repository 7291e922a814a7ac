/**
 * `--query` as the AWS CLI answers it: JMESPath with its unquoted literals (`` `drift` ``) and its ordering of texts. The
 * library agrees with the CLI's Python one on all but the nodes below, which are exchanged after parsing:
 * `test/report/query-table.json` holds queries that both were asked.
 */
import {
  compile,
  registerFunction,
  TreeInterpreter,
  TYPE_ANY,
  TYPE_ARRAY,
  TYPE_EXPREF,
  type JSONObject as MutableObject,
  type JSONValue as Value,
} from '@metrichor/jmespath';
import { jsonPage } from '../escape/json.ts';

/**
 * Compiles a query; what comes back takes a JSON text and gives the answer as one.
 *
 * @throws Error with the reason, for what is no JMESPath; so does the query, where a function gets a wrong type.
 */
export function compileQuery(query: string): (document: string) => string {
  const tree = corrected(plain(compile(query)));
  if (!isNode(tree) || tree.type === 'ExpressionReference') throw new Error('it is no expression');
  return (document) => jsonPage(plain(TreeInterpreter.search(tree, JSON.parse(document))));
}

interface Node extends MutableObject {
  type: string;
}

function isNode(value: Value): value is Node {
  return isObject(value) && typeof value['type'] === 'string';
}

function isObject(value: Value): value is MutableObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What JSON holds of it; nothing at all is null. */
function plain(value: unknown): Value {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? null : JSON.parse(text);
}

type Ordered = string | number;
type Comparison = (one: Ordered, other: Ordered) => boolean;

/** The library takes whatever JavaScript compares: `null < 10` would hold, and `"a" < 1` would not. */
const comparisons: Readonly<Record<string, Comparison>> = {
  LT: (one, other) => one < other,
  LTE: (one, other) => one <= other,
  GT: (one, other) => one > other,
  GTE: (one, other) => one >= other,
};

function compared(one: Value, other: Value, holds: Comparison): boolean | null {
  if (!isOrdered(one) || !isOrdered(other)) return null;
  if (typeof one === typeof other) return holds(one, other);
  throw new Error(`${JSON.stringify(one)} and ${JSON.stringify(other)} have no order: one is text, one a number`);
}

function isOrdered(value: Value): value is Ordered {
  return typeof value === 'string' || typeof value === 'number';
}

/** The first of those that come first; the library's own knows numbers only, and gives null for texts. */
function foremost(items: readonly Value[], key: Node, isBefore: Comparison): Value {
  let best: { readonly item: Value; readonly rank: Ordered } | null = null;
  for (const item of items) {
    const rank = plain(TreeInterpreter.visit(key, item));
    if (!isOrdered(rank)) throw new Error(`a key must be text or a number, not ${JSON.stringify(rank)}`);
    if (best === null || compared(rank, best.rank, isBefore) === true) best = { item, rank };
  }
  return best?.item ?? null;
}

/** The library copies all that came before for each list: a minute and a half for 100,000 pools. */
function flattened(value: Value): Value {
  return Array.isArray(value) ? value.flat(1) : null;
}

/** Text is counted in characters, not in UTF-16 units. */
function lengthOf(value: Value): number {
  if (typeof value === 'string') return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw new Error(`length() takes text, a list or an object, not ${JSON.stringify(value)}`);
}

/** A name that no query can spell. */
function own(name: string): string {
  return `${name} `;
}

const one = [{ types: [TYPE_ANY] }];
const byKey = [{ types: [TYPE_ARRAY] }, { types: [TYPE_EXPREF] }];
for (const [name, holds] of Object.entries(comparisons))
  registerFunction(own(name), ([left, right]: [Value, Value]) => compared(left, right, holds), [...one, ...one]);
registerFunction(own('Flatten'), ([value]: [Value]) => flattened(value), one);
registerFunction(own('length'), ([value]: [Value]) => lengthOf(value), one);
registerFunction(own('max_by'), ([items, key]: [Value[], Node]) => foremost(items, key, (a, b) => a > b), byKey);
registerFunction(own('min_by'), ([items, key]: [Value[], Node]) => foremost(items, key, (a, b) => a < b), byKey);

/** The same tree, with calls of the functions above. */
function corrected(tree: Value): Value {
  if (Array.isArray(tree)) return tree.map(corrected);
  if (!isObject(tree) || tree['type'] === 'Literal') return tree;
  if (tree['type'] === 'Root') throw new Error('"$" is none of JMESPath as the AWS CLI knows it');
  const node = Object.fromEntries(Object.entries(tree).map(([member, value]) => [member, corrected(value)]));
  const name = exchangedName(tree);
  return name === null ? node : { ...node, type: 'Function', name: own(name) };
}

const exchangedFunctions: ReadonlySet<string> = new Set(['length', 'max_by', 'min_by']);

function exchangedName({ type, name }: MutableObject): string | null {
  if (type === 'Flatten') return type;
  if (typeof name !== 'string') return null;
  const isExchanged = type === 'Comparator' ? Object.hasOwn(comparisons, name) : exchangedFunctions.has(name);
  return isExchanged && (type === 'Comparator' || type === 'Function') ? name : null;
}
