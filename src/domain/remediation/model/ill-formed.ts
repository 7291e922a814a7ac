/** Texts with half of a surrogate pair. JSON can carry them (`"\ud800"`), and no UTF-8 and so no digest can. */
import type { JsonValue } from '../../model/json.ts';

const halves = /\p{Surrogate}/gu;

/** Where such a text stands in a value, as dotted paths, each once. */
export function illFormedPaths(value: JsonValue, path = ''): readonly string[] {
  if (typeof value === 'string') return isIllFormed(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([name, member]) => [
    ...(isIllFormed(name) ? [path] : []),
    ...illFormedPaths(member, path === '' ? name : `${path}.${name}`),
  ]);
  return [...new Set(found)];
}

/** The text with U+FFFD in place of each half. */
export function wellFormed(text: string): string {
  return text.replace(halves, '\ufffd');
}

function isIllFormed(text: string): boolean {
  return wellFormed(text) !== text;
}
