/**
 * What a CloudFormation template says, as CloudFormation reads it: short forms of functions (`!Ref X`) as their long ones, and
 * bare words of YAML 1.1 (`ON`, `no`) as truth values. Source: AWS CloudFormation user guide, Intrinsic functions, and Template format.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, type Document } from 'yaml';
import type { JsonValue } from '../domain/model/json.ts';

const yes = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const no = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;

export function templateValue(document: Document): JsonValue {
  return valueOf(document.contents, document);
}

function valueOf(node: unknown, document: Document): JsonValue {
  if (isAlias(node)) return valueOf(node.resolve(document), document);
  const value = untagged(node, document);
  const tag = isMap(node) || isSeq(node) || isScalar(node) ? node.tag : undefined;
  return tag?.startsWith('!') === true ? inFull(tag.slice(1), value) : value;
}

function untagged(node: unknown, document: Document): JsonValue {
  if (isSeq(node)) return node.items.map((item) => valueOf(item, document));
  if (isMap(node)) {
    const pairs = node.items.filter(isPair);
    return Object.fromEntries(pairs.map(({ key, value }) => [keyOf(key), valueOf(value, document)]));
  }
  if (!isScalar(node)) return null;
  const { value, source = '', type } = node;
  if (type === 'PLAIN' && node.tag === undefined && (yes.test(source) || no.test(source))) return yes.test(source);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

/** `!GetAtt A.B` is the one whose argument changes its form. */
function inFull(name: string, value: JsonValue): JsonValue {
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  return { [`Fn::${name}`]: name === 'GetAtt' && typeof value === 'string' ? attributeOf(value) : value };
}

function attributeOf(text: string): readonly string[] {
  const [resource = '', ...attribute] = text.split('.');
  return [resource, attribute.join('.')];
}
