/** Many pieces of work side by side: how many at a time, in which order, and what ends them. */
import { describe, expect, it } from 'vitest';
import { boundedWork } from '../../../src/pacing/work/bounded-work.ts';
import { forEachOf } from '../../../src/pacing/work/for-each-of.ts';
import { InOrder } from '../../../src/pacing/work/in-begun-order.ts';
import { VirtualClock } from '../../reading/virtual-clock.ts';

/** Numbers from 0; tells which was asked for last, and whether whoever makes them was told to stop. */
function numbers(count: number) {
  const state = { asked: -1, isClosed: false };
  async function* each(): AsyncGenerator<number> {
    try {
      for (state.asked = 0; state.asked < count; state.asked += 1) yield state.asked;
    } finally {
      state.isClosed = true;
    }
  }
  return { state, items: each() };
}

/** Work of so many milliseconds each; tells what was begun, and how many were under way at most. */
function work(clock: VirtualClock, msOf: (item: number) => number) {
  const begun: number[] = [];
  const state = { underway: 0, most: 0 };
  const run = async (item: number): Promise<void> => {
    begun.push(item);
    state.most = Math.max(state.most, ++state.underway);
    await clock.sleep(msOf(item));
    state.underway -= 1;
  };
  return { begun, state, run };
}

describe('workers on one row of items', () => {
  it('take each once, so many at a time, and no item before somebody is free for it', async () => {
    const clock = new VirtualClock();
    const { items, state: source } = numbers(10);
    const { begun, state, run } = work(clock, () => 100);
    let mostAhead = 0;
    await clock.run(
      forEachOf(items, 3, async (item) => {
        mostAhead = Math.max(mostAhead, source.asked - begun.length);
        await run(item);
      }),
    );
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([state.most, mostAhead]).toEqual([3, expect.toSatisfy((ahead) => ahead <= 3)]);
    expect(clock.now()).toBe(400);
  });

  it('end for all when one fails: nothing more is begun, and whoever makes the items is told', async () => {
    const clock = new VirtualClock();
    const { items, state } = numbers(100);
    const { begun, run } = work(clock, () => 100);
    const mistake = new Error('a mistake');
    const outcome = clock.run(
      forEachOf(items, 4, async (item) => {
        await run(item);
        if (item === 5) throw mistake;
      }),
    );
    await expect(outcome).rejects.toBe(mistake);
    await clock.run(clock.sleep(10_000));
    // Beside the fifth, what three others had taken already.
    expect(begun.length).toBeLessThanOrEqual(6 + 4);
    expect(state.isClosed).toBe(true);
  });
});

describe('work in a line of bounded length', () => {
  it('runs so many at a time, and whoever brings more waits until there is room', async () => {
    const clock = new VirtualClock();
    const { begun, state, run } = work(clock, () => 100);
    const line = boundedWork(2, 3, () => {});
    const brought: number[] = [];
    const bring = async (): Promise<void> => {
      for (let item = 0; item < 8; item += 1) {
        await line.add(() => run(item));
        brought.push(item);
      }
    };
    const bringing = bring();
    await new Promise((resolve) => setImmediate(resolve));
    // Two run, three wait in the line, and the sixth is in the hands of who brings it.
    expect(brought).toEqual([0, 1, 2, 3, 4]);
    await clock.run(bringing);
    await clock.run(line.idle());
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(state).toEqual({ underway: 0, most: 2 });
    expect(clock.now()).toBe(400);
  });

  it('hands on each failure, once, and goes on with the rest', async () => {
    const clock = new VirtualClock();
    const failures: unknown[] = [];
    const { begun, run } = work(clock, () => 100);
    const line = boundedWork(2, 100, (error) => void failures.push(error));
    for (let item = 0; item < 5; item += 1) {
      await line.add(async () => {
        await run(item);
        if (item % 2 === 0) throw item;
      });
    }
    await clock.run(line.idle());
    expect(begun).toHaveLength(5);
    expect(failures).toEqual([0, 2, 4]);
  });

  it('is idle when nothing runs, and not before what is brought meanwhile has ended', async () => {
    const clock = new VirtualClock();
    const line = boundedWork(1, 1, () => {});
    await line.idle();
    const { begun, run } = work(clock, () => 100);
    await line.add(async () => {
      await run(1);
      await line.add(() => run(2));
    });
    await clock.run(line.idle());
    expect([begun, clock.now()]).toEqual([[1, 2], 200]);
  });
});

describe('what ends in any order', () => {
  it.each([[[0, 1, 2, 3]], [[3, 2, 1, 0]], [[1, 3, 0, 2]]])(
    '%j is taken in the order in which it was begun',
    (ends) => {
      const taken: string[] = [];
      const order = new InOrder<string>((outcome) => void taken.push(outcome));
      const due: number[] = [];
      for (const index of ends) {
        order.ended(index, `outcome ${index}`);
        due.push(taken.length);
      }
      expect(taken).toEqual(['outcome 0', 'outcome 1', 'outcome 2', 'outcome 3']);
      // As soon as all that were begun before it have ended.
      expect(due).toEqual(
        ends
          .map((_, at) => [0, 1, 2, 3].findIndex((index) => !ends.slice(0, at + 1).includes(index)))
          .map((first) => (first === -1 ? 4 : first)),
      );
    },
  );
});
