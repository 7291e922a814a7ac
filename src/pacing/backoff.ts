/**
 * Milliseconds to wait after so many tries, drawn at random below a limit that doubles.
 *
 * @param baseMs the limit after no try
 * @param longestMs beyond which it doubles no more
 */
export function backoffMs(tries: number, baseMs = 250, longestMs = 10_000): number {
  return Math.random() * Math.min(baseMs * 2 ** tries, longestMs);
}
