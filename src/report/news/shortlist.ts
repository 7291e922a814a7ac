export interface Shortlist<Rank, T> {
  add(rank: Rank, draw: () => T): void;
  /** The first rank first; of equal rank in the order they came. */
  kept(): readonly T[];
}

/** Keeps the foremost of what comes, however much that is; what has no place is not even drawn. */
export function newShortlist<Rank, T>(ranks: readonly Rank[], most: number): Shortlist<Rank, T> {
  const buckets = ranks.map((): T[] => []);
  return {
    add(rank, draw) {
      const place = ranks.indexOf(rank);
      const before = buckets.slice(0, place + 1).reduce((sum, bucket) => sum + bucket.length, 0);
      if (before < most) buckets[place]?.push(draw());
    },
    kept: () => buckets.flat().slice(0, most),
  };
}
