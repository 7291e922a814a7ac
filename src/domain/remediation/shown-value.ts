/** A value of a configuration inside a sentence. */
import type { JsonValue } from '../json.ts';

/** `null`: there is nothing. */
export function shownValue(value: JsonValue): string {
  if (value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
