/** Which places of instrumented code were reached, over many cases. */
export interface Coverage {
  /** Whether something was reached since the last time that never was before; it is known from then on. */
  isNews(): boolean;
  /** Those that were reached since the last time and never before; they stay unknown. */
  unknown(): ReadonlySet<number>;
  /** How many places were. */
  reached(): number;
  /** As if nothing had run yet. */
  forget(): void;
}

/** @param marks where the code notes what it reaches */
export function newCoverage(marks: Uint8Array): Coverage {
  const known = new Uint8Array(marks.length);
  let reached = 0;
  return {
    isNews() {
      const before = reached;
      for (let at = marks.indexOf(1); at !== -1; at = marks.indexOf(1, at + 1)) {
        if (known[at] === 0) reached += 1;
        known[at] = 1;
      }
      marks.fill(0);
      return reached > before;
    },
    unknown() {
      const found = new Set<number>();
      for (let at = marks.indexOf(1); at !== -1; at = marks.indexOf(1, at + 1)) if (known[at] === 0) found.add(at);
      marks.fill(0);
      return found;
    },
    reached: () => reached,
    forget() {
      known.fill(0);
      marks.fill(0);
      reached = 0;
    },
  };
}
