/** "did you mean": the nearest word among those allowed. */
import { closest, distance } from 'fastest-levenshtein';

const maxListed = 16;

/** `null` where nothing is near: more than a third of the letters would have to change. */
export function nearest(word: string, allowed: readonly string[]): string | null {
  const exact = allowed.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (exact !== undefined) return exact;
  if (allowed.length === 0 || word === '') return null;
  const candidate = closest(word, allowed);
  const limit = Math.ceil(Math.max(word.length, candidate.length) / 3);
  return distance(word, candidate) <= limit ? candidate : null;
}

/** "did you mean X?", or which words there are; `null` where there are none, or too many to read. */
export function suggest(word: string, allowed: readonly string[]): string | null {
  const near = nearest(word, allowed);
  if (near !== null) return `did you mean ${near}?`;
  return allowed.length === 0 || allowed.length > maxListed ? null : `allowed: ${allowed.join(', ')}`;
}
