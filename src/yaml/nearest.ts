/** "did you mean": the nearest word among those allowed. */
import { closest, distance } from 'fastest-levenshtein';

const maxListed = 16;
/** A list of tens of thousands, gone through for each wrong word, takes hours. */
const maxSearched = 1000;

/** The same word but for capitals, underscores and hyphens, as other tools write AWS's names. */
export function isSpeltLike(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[_-]/g, '');
}

/** `null` where nothing is near: more than a third of the letters would have to change. */
export function nearest(word: string, allowed: readonly string[]): string | null {
  if (allowed.length === 0 || allowed.length > maxSearched || word === '') return null;
  const exact = allowed.find((candidate) => isSpeltLike(candidate, word));
  if (exact !== undefined) return exact;
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
