import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOrder, type Job, type JobEnd, type OrderRules } from '../../../src/remediate/apply/canary-order.ts';

interface Trial {
  readonly kind: string;
  readonly end: JobEnd;
  /** How many turns of the event loop it takes. */
  readonly turns?: number;
}

interface Seen {
  readonly index: number;
  readonly kind: string;
  readonly besides: number;
  readonly failuresInRow: number;
  readonly isProven: boolean;
}

async function play(trials: readonly Trial[], rules: Partial<OrderRules> = {}) {
  const seen: Seen[] = [];
  const proven = new Set<string>();
  let inFlight = 0;
  let failuresInRow = 0;
  const jobs = trials.map(({ kind, end, turns = 1 }, index): Job => ({
    kind,
    async run() {
      const besides = inFlight;
      seen.push({ index, kind, besides, failuresInRow, isProven: proven.has(kind) });
      inFlight += 1;
      for (let left = turns; left > 0; left -= 1) await turn();
      inFlight -= 1;
      failuresInRow = end === 'good' ? 0 : failuresInRow + (end === 'bad' ? 1 : 0);
      if (end === 'good') proven.add(kind);
      if (end === 'bad') proven.delete(kind);
      return end;
    },
  }));
  const stop = await inOrder(jobs, {
    maxFailures: 3,
    signal: new AbortController().signal,
    goOn: () => Promise.resolve(true),
    ...rules,
  });
  return { stop, seen };
}

const good = (kind: string): Trial => ({ kind, end: 'good' });
const bad = (kind: string): Trial => ({ kind, end: 'bad' });

describe('changes in order', () => {
  test('the first of each kind goes alone, the rest beside each other', async () => {
    const { seen } = await play([good('a'), good('a'), good('a'), good('b'), good('b'), good('b')]);
    expect(seen.map(({ besides }) => besides)).toEqual([0, 0, 1, 0, 0, 1]);
  });

  test('after a failure the next of its kind goes alone again', async () => {
    const { seen } = await play([good('a'), bad('a'), good('a'), good('a'), good('a')], { maxFailures: 2 });
    const after = seen.find(({ index }) => index === 3);
    expect(seen.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(after?.besides).toBe(0);
    // And proves its kind alone: one that went beside the failure proves nothing.
    expect(seen.find(({ index }) => index === 4)?.besides).toBe(0);
  });

  test('as many failures in a row as are allowed stop the rest', async () => {
    const { stop, seen } = await play([bad('a'), bad('b'), bad('c'), good('d')]);
    expect(stop).toBe('failures');
    expect(seen).toHaveLength(3);
  });

  test('a success in between counts the failures anew', async () => {
    const { stop } = await play([bad('a'), bad('a'), good('a'), bad('a'), bad('a'), good('a')]);
    expect(stop).toBeNull();
  });

  test('what changes nothing neither proves its kind nor counts as a failure', async () => {
    const idle: Trial = { kind: 'a', end: 'idle' };
    const { stop, seen } = await play([idle, idle, idle, idle, good('a')]);
    expect(stop).toBeNull();
    expect(seen.every(({ besides }) => besides === 0)).toBe(true);
  });

  test('a person is asked once for each kind, and only while something is left', async () => {
    const asked: string[] = [];
    await play([good('a'), good('a'), good('b')], {
      goOn: (kind, left) => Promise.resolve(asked.push(`${kind} ${left}`) > 0),
    });
    expect(asked).toEqual(['a 2']);
  });

  test('a no starts nothing more', async () => {
    const { stop, seen } = await play([good('a'), good('a')], { goOn: () => Promise.resolve(false) });
    expect(stop).toBe('declined');
    expect(seen).toHaveLength(1);
  });

  test('an interruption starts nothing more and lets what is under way end', async () => {
    const interruption = new AbortController();
    let ended = 0;
    const jobs = ['a', 'a', 'a', 'a'].map((kind, index): Job => ({
      kind,
      async run() {
        if (index === 1) interruption.abort(130);
        await turn();
        ended += 1;
        return 'good';
      },
    }));
    const rules = { maxFailures: 3, signal: interruption.signal, goOn: () => Promise.resolve(true) };
    expect(await inOrder(jobs, rules)).toBe('interrupted');
    expect(ended).toBe(2);
  });

  test.each([
    ['alone', ['halt', 'good', 'good'], 1],
    ['beside the two others that may be under way', ['good', 'halt', 'good', 'good', 'good'], 4],
    ['last', ['good', 'halt'], 2],
  ] as const)('nothing is started once the journal takes nothing more: %s', async (_when, ends, started) => {
    const { stop, seen } = await play(ends.map((end) => ({ kind: 'a', end })));
    expect(stop).toBe('journal');
    expect(seen).toHaveLength(started);
  });

  test('a job that throws ends the run once the others have ended', async () => {
    let ended = 0;
    const fine: Job = { kind: 'a', run: async () => (await turn(), (ended += 1), 'good') };
    const broken: Job = { kind: 'a', run: () => Promise.reject(new Error('disk full')) };
    const rules = { maxFailures: 3, signal: new AbortController().signal, goOn: () => Promise.resolve(true) };
    await expect(inOrder([fine, fine, broken, fine, fine], rules)).rejects.toThrow('disk full');
    expect(ended).toBeLessThan(4);
  });

  test('never more in flight than failures are still allowed, and nothing unproven beside anything', async () => {
    const trial = fc.record({
      kind: fc.constantFrom('a', 'b', 'c'),
      end: fc.constantFrom<JobEnd>('good', 'good', 'good', 'bad', 'idle'),
      turns: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(trial, { maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        async (trials, maxFailures) => {
          const { stop, seen } = await play(trials, { maxFailures });
          expect(seen.map(({ index }) => index)).toEqual(seen.map((_, index) => index));
          for (const { besides, failuresInRow, isProven } of seen) {
            expect(besides + 1).toBeLessThanOrEqual(Math.max(1, maxFailures - failuresInRow));
            expect(isProven || besides === 0).toBe(true);
          }
          expect(stop !== null || seen.length === trials.length).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
