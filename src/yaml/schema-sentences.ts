/** What a schema's refusal means, in a sentence: the thing, what is allowed, what was found, the way out. */
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Path } from './document.ts';
import { namesExternalId } from './external-ids.ts';
import { isSpeltLike, suggest } from './nearest.ts';

export interface Sentence {
  readonly message: string;
  readonly hint: string | null;
  /** Whether the key is meant, or the value. */
  readonly about: 'key' | 'value';
}

/** Enough to know a value by. */
const longestValue = 200;

/** Stands for a value that no complaint shows. */
const withheld = Symbol('withheld');

/** `source`: the scalar as it stands in the file. */
export function sentenceFor(original: ErrorObject, path: Path, source: string | null): Sentence {
  const isSecret = path.some(namesExternalId) && source?.includes('${') !== true;
  const error = isSecret ? { ...original, data: withheld } : original;
  const written = isSecret ? null : source;
  const name = nameOf(path);
  const value = (message: string, hint: string | null = null): Sentence => ({ message, hint, about: 'value' });
  const limit = String(error.params['limit']);
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknownKey(error, path);
    case 'required':
      return { message: `${name} needs ${String(error.params['missingProperty'])}`, hint: null, about: 'key' };
    case 'dependentRequired':
      return value(
        `${name} needs ${String(error.params['missingProperty'])} beside ${String(error.params['property'])}`,
      );
    case 'enum':
    case 'const':
      return notAllowed(error, name, written);
    case 'type':
      return wrongType(error, name, written);
    case 'pattern':
    case 'format':
      return value(`${name} ${patternMeaning(error)}${found(error, written)}`);
    case 'minimum':
      return value(`${name} must be at least ${limit}${found(error, written)}`);
    case 'maximum':
      return value(`${name} must be at most ${limit}${found(error, written)}`);
    case 'exclusiveMinimum':
      return value(`${name} must be more than ${limit}${found(error, written)}`);
    case 'minLength':
      return value(`${name} ${limit === '1' ? 'must not be empty' : `must have at least ${limit} characters`}`);
    case 'maxLength':
      return value(`${name} must have at most ${limit} characters`);
    case 'minItems':
      return value(`${name} must not be an empty list`, 'leave the key out to ask nothing');
    case 'minProperties':
      return value(`${name} must not be empty`, 'leave the key out to ask nothing');
    case 'maxProperties':
      return value(`${name} takes only one key`);
    case 'uniqueItems':
      return value(`${name} holds the same entry twice`);
    default:
      return value(`${name} ${error.message ?? 'is not allowed here'}`);
  }
}

export function nameOf(path: Path): string {
  if (path.length === 0) return 'the document';
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function unknownKey({ parentSchema }: ErrorObject, path: Path): Sentence {
  const key = String(path.at(-1));
  const shown = key.trim() === key && key !== '' ? key : JSON.stringify(key);
  const allowed = Object.keys(parentSchema?.['properties'] ?? {});
  const told: unknown = parentSchema?.['unknownKey'];
  const where = path.length > 1 ? ` of ${nameOf(path.slice(0, -1))}` : '';
  const message = `${shown} is not ${typeof told === 'string' ? told : `a key${where}`}`;
  const hint = wordIn(parentSchema?.['foreignKeys'], key) ?? suggest(key, allowed);
  return { message, hint, about: 'key' };
}

function notAllowed(error: ErrorObject, name: string, written: string | null): Sentence {
  const allowed: readonly unknown[] =
    error.keyword === 'const' ? [error.params['allowedValue']] : error.params['allowedValues'];
  const words = allowed.map(String);
  const message = `${name} must be ${either(words)}${found(error, written)}`;
  const hint = refusalHint(error) ?? truthHint(error.data, words) ?? nearestHint(error.data, words);
  return { message, hint, about: 'value' };
}

function refusalHint({ data, parentSchema }: ErrorObject): string | null {
  return typeof data === 'string' ? wordIn(parentSchema?.['refused'], data) : null;
}

/** What a table of the schema says of a word, however its letters are written. */
function wordIn(table: unknown, word: string): string | null {
  if (typeof table !== 'object' || table === null) return null;
  const hint: unknown = Object.entries(table).find(([known]) => isSpeltLike(known, word))?.[1];
  return typeof hint === 'string' ? hint : null;
}

function nearestHint(value: unknown, words: readonly string[]): string | null {
  const hint = typeof value === 'string' ? suggest(value, words) : null;
  return hint?.startsWith('did you mean') === true ? hint : null;
}

/** YAML 1.1 reads `ON`, `OFF`, `yes` and `no` as truth values; a tool that speaks it writes them back as such. */
function truthHint(value: unknown, words: readonly string[]): string | null {
  if (typeof value !== 'boolean') return null;
  const word = value ? 'ON' : 'OFF';
  if (!words.includes(word)) return null;
  return `a YAML 1.1 tool may have turned ${word} into ${String(value)}; write "${word}", in quotes`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
  array: 'a list',
  object: 'a map',
  null: 'nothing',
};

function wrongType(error: ErrorObject, name: string, written: string | null): Sentence {
  const wanted: readonly string[] = [error.params['type']].flat().map(String);
  // Quotes would not make a date of 20261231.
  if (wanted.join() === 'string' && !isAsWanted(error, written))
    return { message: `${name} ${patternMeaning(error)}${found(error, written)}`, hint: null, about: 'value' };
  const message = `${name} must be ${either(wanted.map((type) => typeNames[type] ?? type))}${found(error, written)}`;
  return { message, hint: typeHint(error.data, wanted, written), about: 'value' };
}

function typeHint(value: unknown, wanted: readonly string[], written: string | null): string | null {
  if (wanted.includes('string') && written !== null && ['number', 'boolean'].includes(typeof value)) {
    return `quote it: "${written}"`;
  }
  if (wanted.includes('array') && typeof value === 'string') return `write a list: ["${value}"]`;
  return null;
}

/** Whether a text written like this would do, as far as its pattern is told in words. */
function isAsWanted({ parentSchema, data }: ErrorObject, written: string | null): boolean {
  const { pattern, patternErrorMessage } = parentSchema ?? {};
  if (typeof pattern !== 'string' || typeof patternErrorMessage !== 'string' || data === withheld) return true;
  return written !== null && new RegExp(pattern, 'u').test(written);
}

function patternMeaning({ parentSchema, params }: ErrorObject): string {
  const meaning: unknown = parentSchema?.['patternErrorMessage'];
  return typeof meaning === 'string' ? meaning : `must match ${String(params['pattern'])}`;
}

/** `, not "x"`; a map or a list is named, not printed, and what a variable brought in stays with the variable. */
function found({ data }: ErrorObject, written: string | null): string {
  if (data === withheld) return '';
  if (data === null) return ', and nothing is there';
  if (Array.isArray(data)) return ', not a list';
  if (typeof data === 'object') return ', not a map';
  const isText = typeof data === 'string' && written?.includes('${') !== true;
  return `, not ${clipped(isText ? JSON.stringify(data) : (written ?? JSON.stringify(data)))}`;
}

function clipped(text: string): string {
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
