/**
 * The write engine's own transitions, in a world of every order of things: never a Set without an intent, never two
 * unconfirmed, never an undo of what somebody else was seen to write. `model.extended.test.ts` goes through far more states.
 */
import { describe, expect, test } from 'vitest';
import { explore } from './explore.ts';
import { plantedFaults } from './planted-faults.ts';
import type { Beginning } from './world.ts';

const small: Readonly<Record<string, Beginning>> = {
  'one that crashes, loses an answer and meets a stranger': {
    starts: { first: 2, second: 0, back: 0 },
    budget: { crashes: 1, strangers: 1, lost: 1, refusals: 0, troubles: 0 },
  },
  'two at once': {
    starts: { first: 1, second: 1, back: 0 },
    budget: { crashes: 0, strangers: 0, lost: 1, refusals: 0, troubles: 0 },
  },
  'one, and its rollback': {
    starts: { first: 1, second: 0, back: 1 },
    budget: { crashes: 0, strangers: 1, lost: 0, refusals: 0, troubles: 1 },
  },
};

describe('in every state that can be reached', () => {
  test.each(Object.entries(small))('the properties hold: %s', (_name, beginning) => {
    const { states, broken } = explore(beginning);
    expect(broken).toBeNull();
    expect(states).toBeGreaterThan(50);
  });
});

describe('the model sees an engine that', () => {
  test.each(Object.entries(plantedFaults))('%s', (_name, { engine, from, breaks }) => {
    expect(explore(from).broken).toBeNull();
    expect(explore(from, { engine }).broken?.property).toMatch(breaks);
  });
});

test('what is not promised: a call that arrives after the last reading is denied by the journal', () => {
  const from = {
    starts: { first: 1, second: 0, back: 0 },
    budget: { crashes: 0, strangers: 0, lost: 1, refusals: 0, troubles: 0 },
  };
  expect(explore(from, { lateForEver: true }).broken?.property).toMatch(/is in effect, and its journal denies it/);
});
