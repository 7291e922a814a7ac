/** The whole of what the model is asked, once a week: the number of states is said. */
import { expect, test } from 'vitest';
import { explore } from './explore.ts';
import type { Beginning } from './world.ts';

const once = { crashes: 1, strangers: 1, lost: 1, refusals: 1, troubles: 1 };

const whole: Readonly<Record<string, Beginning>> = {
  'one writer that dies twice, and two strangers': {
    starts: { first: 3, second: 0, back: 0 },
    budget: { ...once, crashes: 2, strangers: 2 },
  },
  'a writer and its rollback, and everything that goes wrong once': {
    starts: { first: 2, second: 0, back: 2 },
    budget: once,
  },
  'two writers and a rollback, one of which dies, a stranger, and an answer that gets lost': {
    starts: { first: 2, second: 1, back: 1 },
    budget: { ...once, refusals: 0, troubles: 0 },
  },
};

test.each(Object.entries(whole))(
  '%s',
  (name, beginning) => {
    const { states, moves, broken } = explore(beginning);
    process.stdout.write(`model: ${name}: ${states} states, ${moves} moves\n`);
    expect(broken).toBeNull();
    expect(states).toBeGreaterThan(1000);
  },
  1_800_000,
);
