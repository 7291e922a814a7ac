const baseMs = 250;
const longestMs = 10_000;

/** Milliseconds to wait after so many tries, drawn at random below a limit that doubles. */
export function backoffMs(tries: number): number {
  return Math.random() * Math.min(baseMs * 2 ** tries, longestMs);
}
