import pLimit from 'p-limit';

/** `soon`: what everything else waits for, such as listings and the reads of large units. `later`: the rest. */
export type Urgency = 'soon' | 'later';

/** Of so many turns one goes to the rest first, so that it never stands still. */
const turnsOfTheRest = 5;

/** Runs so many jobs at a time; of those that wait, urgent ones go first. */
export function createSlots(count: number): <T>(urgency: Urgency, job: () => Promise<T>) => Promise<T> {
  const limit = pLimit(count);
  const waiting: Record<Urgency, (() => Promise<void>)[]> = { soon: [], later: [] };
  let turns = 0;

  function next(): Promise<void> {
    turns += 1;
    const [first, second] =
      turns % turnsOfTheRest === 0 ? [waiting.later, waiting.soon] : [waiting.soon, waiting.later];
    const job = first.shift() ?? second.shift();
    return job === undefined ? Promise.resolve() : job();
  }

  return (urgency, job) =>
    new Promise((resolve, reject) => {
      waiting[urgency].push(() => job().then(resolve, reject));
      void limit(next);
    });
}
