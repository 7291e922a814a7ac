/** Regular expressions that users write: RE2 syntax, matched in linear time, always against the whole value. */
import { RE2JS, RE2JSException } from 're2js';

/** Enough for the patterns of one pool after another; variables make a new one for each account. */
const remembered = new Map<string, RE2JS>();
const maxRemembered = 500;

/** Throws RE2JS's own exception where the pattern is not one; `patternProblem` tells beforehand. */
export function matchesPattern(pattern: string, value: string): boolean {
  let compiled = remembered.get(pattern);
  if (compiled === undefined) {
    compiled = RE2JS.compile(pattern);
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(pattern, compiled);
  }
  return compiled.matches(value);
}

/** Why a text is not a pattern, in RE2's words; `null` when it is one. */
export function patternProblem(pattern: string): string | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    if (error instanceof RE2JSException) return error.message.replace(/^error parsing regexp: /, '');
    throw error;
  }
}

export function quotePattern(text: string): string {
  return RE2JS.quote(text);
}
