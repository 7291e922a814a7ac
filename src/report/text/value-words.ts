/** What a policy wants and what a pool has, in the words of a table cell; each medium escapes them itself. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';

export function foundInWords(value: JsonValue): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return needsQuotes(value) ? JSON.stringify(value) : value;
  if (typeof value !== 'object') return String(value);
  if (isJsonObject(value)) return JSON.stringify(value);
  return value.length === 0 ? 'none' : value.map(foundInWords).join(' ');
}

/** Text that would read as another kind of value, or as nothing. */
function needsQuotes(text: string): boolean {
  return text.trim() !== text || /^(?:|true|false|null|none|nothing|-?\d+(?:\.\d+)?)$/.test(text);
}

type Phrase = (operand: JsonValue) => string;

const phrases: Readonly<Record<string, Phrase>> = {
  oneOf: (operand) => listed(operand, ' or '),
  noneOf: (operand) => `not ${listed(operand, ' or ')}`,
  pattern: (operand) => `like ${foundInWords(operand)}`,
  min: (operand) => `at least ${foundInWords(operand)}`,
  max: (operand) => `at most ${foundInWords(operand)}`,
  includes: (operand) => `with ${foundInWords(operand)}`,
  excludes: (operand) => `without ${foundInWords(operand)}`,
  present: (operand) => (operand === false ? 'absent' : 'present'),
  allow: (operand) => `only ${listed(operand, ' ')}`,
  atLeastOne: (operand) => `one of ${listed(operand, ' ')}`,
};

export function wantedInWords(expected: JsonValue): string {
  if (expected === null) return 'nothing';
  if (!isJsonObject(expected)) return foundInWords(expected);
  return operatorsInWords(expected) ?? JSON.stringify(expected);
}

/** `null` when the object is a map of fields and not of operators. */
function operatorsInWords(expected: JsonObject): string | null {
  const words: string[] = [];
  for (const [operator, operand] of Object.entries(expected)) {
    const phrase = Object.hasOwn(phrases, operator) ? phrases[operator] : undefined;
    if (phrase === undefined) return null;
    words.push(phrase(operand));
  }
  return words.length === 0 ? null : words.join(', ');
}

function listed(operand: JsonValue, separator: string): string {
  if (!Array.isArray(operand)) return foundInWords(operand);
  return operand.length === 0 ? 'none' : operand.map(foundInWords).join(separator);
}
