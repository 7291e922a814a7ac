/** A value of a configuration inside a sentence. Sentences are shared, so that external ids are not shown in them. */
import type { Difference } from '../../model/mfa/config-diff.ts';
import type { JsonValue } from '../../model/json.ts';
import { isMasked, mask, maskValue } from '../../policy/advice/masked-fields.ts';

/** `null`: there is nothing at the path. */
export function shownAt(path: string, value: JsonValue): string {
  if (value === null) return 'nothing';
  const shown = isMasked(path) ? mask : maskValue(value);
  return typeof shown === 'string' ? shown : JSON.stringify(shown);
}

/** `MfaConfiguration OFF → ON, …` */
export function inWords(differences: readonly Difference[]): string {
  return differences.map(({ path, from, to }) => `${path} ${shownAt(path, from)} → ${shownAt(path, to)}`).join(', ');
}
