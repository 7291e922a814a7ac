/** Values of others inside of a tool's text: quoted so that nothing ends the quotes, and so that what can't be seen is an escape. */
import type { JsonValue } from '../../../domain/model/json.ts';
import { jsonLine } from '../../../escape/json.ts';
import { visible } from '../../../escape/visible.ts';
import { foundInWords } from '../../text/value-words.ts';

/** Always quoted, since a bare ON is a truth value to a reader of YAML 1.1. */
export function quoted(value: JsonValue): string {
  return jsonLine(value);
}

/** YAML and HCL have no pairs of escapes for one character, but `\U0001F600`. */
export function yamlQuoted(value: JsonValue): string {
  return quoted(value).replace(escapes, (escape, high?: string, low?: string) =>
    high === undefined || low === undefined ? escape : longEscape(high, low),
  );
}

/** HCL has no `\b` and no `\f`, and reads templates inside of quotes. */
export function hclQuoted(value: JsonValue): string {
  return yamlQuoted(value)
    .replace(escapes, (escape) => hclEscapes[escape] ?? escape)
    .replace(/([$%])\{/g, '$1$1{');
}

const hclEscapes: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' };

/** Every escape of a JSON text, those of one character's two halves as one. */
const escapes = /\\(?:u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|[^])/g;

function longEscape(high: string, low: string): string {
  const point = String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)).codePointAt(0) ?? 0;
  return `\\U${point.toString(16).padStart(8, '0')}`;
}

/** What follows a line as its comment. */
export function comment({ was, changes }: { readonly was: JsonValue; readonly changes: boolean }): string {
  return changes ? `now ${visible(foundInWords(was))}` : 'stays';
}

/** A pool in one line, for a comment. */
export function poolInComment(pool: {
  readonly accountId: string;
  readonly region: string;
  readonly poolName: string;
  readonly poolId: string;
}): string {
  return visible([pool.poolName, pool.poolId, `account ${pool.accountId}`, pool.region].join(', '));
}

/** A name of the pool for a tool that takes letters and digits alone. */
export function identifier(name: string, separator: '' | '_'): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const text =
    separator === '_'
      ? words.join('_').toLowerCase()
      : words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  return /^[A-Za-z]/.test(text) ? text : `${separator === '_' ? 'pool_' : 'Pool'}${text}`;
}
