/** `soon`: what everything else waits for, such as listings and the reads of large units. `later`: the rest. */
export type Urgency = 'soon' | 'later';

/** Of so many turns one goes to the rest first, so that it never stands still. */
const turnsOfTheRest = 5;

/** Runs so many jobs at a time; of those that wait, urgent ones go first. */
export function createSlots(count: number): <T>(urgency: Urgency, job: () => Promise<T>) => Promise<T> {
  const waiting: Record<Urgency, (() => void)[]> = { soon: [], later: [] };
  let free = count;
  let turns = 0;

  function fill(): void {
    while (free > 0) {
      const begin = next();
      if (begin === undefined) return;
      free -= 1;
      begin();
    }
  }

  function next(): (() => void) | undefined {
    const isTheirs = (turns + 1) % turnsOfTheRest === 0;
    const [first, second] = isTheirs ? [waiting.later, waiting.soon] : [waiting.soon, waiting.later];
    const begin = first.shift() ?? second.shift();
    if (begin !== undefined) turns += 1;
    return begin;
  }

  return async (urgency, job) => {
    await new Promise<void>((begin) => {
      waiting[urgency].push(begin);
      // Jobs that come together are told apart by their urgency, not by who came first.
      queueMicrotask(fill);
    });
    try {
      return await job();
    } finally {
      free += 1;
      fill();
    }
  };
}
