/** Expected values with their variables filled in for one pool. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts';
import type { Condition } from './operators.ts';
import { quotePattern } from './patterns.ts';
import type { Missing, Subject } from '../../model/subject.ts';
import { fillText, hasTemplate } from './variables.ts';

/** `unresolved` and `unreadable` keep the value as it was written. */
export type FilledValue<Value extends JsonValue = JsonValue> =
  | { readonly state: 'filled'; readonly value: Value }
  | { readonly state: 'unresolved'; readonly value: Value; readonly variable: string }
  | { readonly state: 'unreadable'; readonly value: Value; readonly missing: Missing };

/**
 * Only texts change, and into texts, so that a condition stays one. Inside a `pattern` a variable's value is quoted: it
 * matches itself and nothing else.
 */
export function fillValue(value: Condition, subject: Subject): FilledValue<Condition>;
export function fillValue(value: JsonValue, subject: Subject): FilledValue;
export function fillValue(value: JsonValue, subject: Subject): FilledValue {
  if (!hasTemplate(value)) return { state: 'filled', value };
  const problems: Exclude<FilledValue, { state: 'filled' }>[] = [];
  const filled = fillWithin(value, false, (text, inPattern) => {
    const result = fillText(text, subject, inPattern ? quotePattern : undefined);
    if (result.state === 'filled') return result.text;
    problems.push({ ...result, value });
    return text;
  });
  return problems.find(({ state }) => state === 'unreadable') ?? problems[0] ?? { state: 'filled', value: filled };
}

type Fill = (text: string, inPattern: boolean) => string;

function fillWithin(value: JsonValue, inPattern: boolean, fill: Fill): JsonValue {
  if (typeof value === 'string') return fill(value, inPattern);
  if (isJsonObject(value)) return fillMembers(value, fill);
  if (Array.isArray(value)) return value.map((entry: JsonValue) => fillWithin(entry, inPattern, fill));
  return value;
}

function fillMembers(value: JsonObject, fill: Fill): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, fillWithin(inner, name === 'pattern', fill)]),
  );
}
