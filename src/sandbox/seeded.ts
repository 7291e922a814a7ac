/** Numbers and names that look random and depend on nothing but the seed and the key: the same fleet, faults and pages every time. */

/** A number from 0 (inclusive) to 1 (exclusive). */
export function fraction(seed: number, key: string): number {
  return hash53(`${seed}:${key}`) / 2 ** 53;
}

/** A whole number from 0 to `count - 1`. */
export function pick(seed: number, key: string, count: number): number {
  return Math.floor(fraction(seed, key) * count);
}

export function pickFrom<T>(seed: number, key: string, choices: readonly [T, ...T[]]): T {
  return choices[pick(seed, key, choices.length)] ?? choices[0];
}

/** `length` characters of `alphabet`. */
export function word(seed: number, key: string, length: number, alphabet: string): string {
  let text = '';
  for (let at = 0; at < length; at += 1) text += alphabet.charAt(pick(seed, `${key}/${at}`, alphabet.length));
  return text;
}

export const lowerAlphanumeric = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const alphanumeric = `${lowerAlphanumeric}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
/** Of access key ids. */
export const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** cyrb53 (public domain, bryc): fast, well spread, not cryptographic. */
function hash53(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
