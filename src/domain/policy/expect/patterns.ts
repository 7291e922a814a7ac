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

export interface PatternProblem {
  /** In RE2's words. */
  readonly reason: string;
  /** What other engines have there and RE2 has not; `null` where it is nothing of that kind. */
  readonly lacking: string | null;
}

/** Why a text is not a pattern; `null` when it is one. */
export function patternProblem(pattern: string): PatternProblem | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const reason = error.message.replace(/^error parsing regexp: /, '');
    return { reason, lacking: lackingIn(reason, pattern) };
  }
}

/** Constructs by how they begin in what RE2 complains about. Source: github.com/google/re2, doc/syntax.txt. */
const lackingConstructs: readonly (readonly [begins: RegExp, name: string])[] = [
  [/^\(\?<[=!]/, 'lookbehind'],
  [/^\(\?[=!]/, 'lookahead'],
  [/^\(\?>/, 'atomic groups'],
  [/^\(\?\(/, 'conditions'],
  [/^\(\?#/, 'comments'],
  [/^\(\?[R0-9&+-]/, 'recursion'],
  [/^(?:\(\?P=|\\[1-9kg])/, 'back-references'],
  [/^(?:[*+?]|\{[\d,]+\})\+$/, 'possessive quantifiers'],
];

function lackingIn(reason: string, pattern: string): string | null {
  const quoted = /`(.*)`$/s.exec(reason)?.[1] ?? '';
  // RE2 stops quoting `(?P=name)` before the sign that tells it from a named group.
  const construct = quoted === '(?P' && pattern.includes('(?P=') ? '(?P=' : quoted;
  const name = lackingConstructs.find(([begins]) => begins.test(construct))?.[1];
  return name === undefined ? null : `RE2 has no ${name}`;
}

export function quotePattern(text: string): string {
  return RE2JS.quote(text);
}
