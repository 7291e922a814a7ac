/** What a policy wants and what a pool has, in the words of a table cell; each medium escapes them itself. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../domain/model/json.ts';
import { isOperator, operators } from '../../domain/policy/expect/operators.ts';

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

export function wantedInWords(expected: JsonValue): string {
  if (expected === null) return 'nothing';
  if (!isJsonObject(expected)) return foundInWords(expected);
  return operatorsInWords(expected) ?? JSON.stringify(expected);
}

/** `null` when the object is a map of fields and not of operators. */
function operatorsInWords(expected: JsonObject): string | null {
  const words = Object.entries(expected).map(([name, operand]) => inWords(name, operand));
  return words.length === 0 || words.includes(null) ? null : words.join(', ');
}

/** `null`: no operator. `allow` and `atLeastOne` are those of `factors`. */
function inWords(name: string, operand: JsonValue): string | null {
  if (name === 'allow') return `only ${listed(operand, ' ')}`;
  if (name === 'atLeastOne') return `one of ${listed(operand, ' ')}`;
  return isOperator(name) ? operators[name].words(listed(operand, ' or ')) : null;
}

function listed(operand: JsonValue, separator: string): string {
  if (!Array.isArray(operand)) return foundInWords(operand);
  return operand.length === 0 ? 'none' : operand.map(foundInWords).join(separator);
}
