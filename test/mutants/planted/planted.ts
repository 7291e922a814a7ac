/** Code whose mutants are known: what becomes of each says the name of the function in which it stands. */
const words = { yes: 'ja' };
let memo: number | null = null;

export function noticedWhenLoaded(): string {
  return words.yes;
}

export function noticedOnTheFirstCall(): number {
  memo ??= 2 + 3;
  return memo;
}

export function noticedSinceItNeverEnds(to: number): number {
  let count = 0;
  while (count < to) count += 1;
  return count;
}

export function playedAndNotAskedAbout(count: number): boolean {
  return count > 3;
}

export function neverPlayed(): string {
  return 'nothing';
}
