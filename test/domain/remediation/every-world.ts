/** Runs something under every setting of the sandbox's switches that makes a difference to it. */
import { switchTable, type Switch } from '../../../src/sandbox/cognito/open-questions.ts';
import type { Switches } from '../../../src/sandbox/world/stored-pool.ts';

/**
 * Calls `run` once for each way through the switches that it asks for; a switch that it never asks for changes nothing.
 * So this is every setting of all switches, without the repetitions. Returns the number of ways.
 */
export function inEveryWorld(run: (switches: Switches) => void, settled: Switches = {}): number {
  const asked: Switch[] = [];
  run(recording(settled, asked));
  let ways = 1;
  const path: Record<string, string> = { ...settled };
  for (const { id, answers } of asked) {
    for (const answer of answers.slice(1)) ways += inEveryWorld(run, { ...path, [id]: answer });
    path[id] = answers[0];
  }
  return ways;
}

/** Says the default for a switch that is not settled, and remembers that it was asked for. */
function recording(settled: Switches, asked: Switch[]): Switches {
  return new Proxy(settled, {
    get(target, id: string) {
      const answer = target[id];
      if (answer !== undefined) return answer;
      const entry = switchTable.find((each) => each.id === id);
      if (entry !== undefined && !asked.includes(entry)) asked.push(entry);
      return entry?.answers[0];
    },
  });
}
