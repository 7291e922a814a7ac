import { describe, expect, test } from 'vitest';
import { joinSorted } from '../../../src/domain/baseline/join-sorted.ts';
import { listOf } from '../../report/a-result.ts';

async function* streamOf(values: readonly number[], onEnd: () => void = () => {}): AsyncGenerator<number, void, void> {
  try {
    yield* values;
  } finally {
    onEnd();
  }
}

const joined = async (left: readonly number[], right: readonly number[]) =>
  (await listOf(joinSorted(streamOf(left), streamOf(right), (a, b) => a - b))).map(({ left: a, right: b }) => [a, b]);

describe('two streams side by side', () => {
  test.each<[readonly number[], readonly number[], readonly (readonly [number | null, number | null])[]]>([
    [[], [], []],
    [
      [1, 2],
      [],
      [
        [1, null],
        [2, null],
      ],
    ],
    [
      [],
      [1, 2],
      [
        [null, 1],
        [null, 2],
      ],
    ],
    [
      [1, 2, 3],
      [2, 4],
      [
        [1, null],
        [2, 2],
        [3, null],
        [null, 4],
      ],
    ],
    [
      [3],
      [1, 2, 3, 4],
      [
        [null, 1],
        [null, 2],
        [3, 3],
        [null, 4],
      ],
    ],
  ])('%j and %j', async (left, right, expected) => {
    expect(await joined(left, right)).toEqual(expected);
  });

  test('are both let go where nobody reads on', async () => {
    const ended: string[] = [];
    const streams = [streamOf([1, 2], () => ended.push('left')), streamOf([1, 2], () => ended.push('right'))] as const;
    for await (const pair of joinSorted(...streams, (a, b) => a - b)) if (pair.left === 1) break;
    expect(ended).toEqual(['left', 'right']);
  });

  test('may be streams that hold nothing open', async () => {
    const plain = (): AsyncIterable<number> => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true as const, value: undefined }) }),
    });
    expect(await listOf(joinSorted(plain(), plain(), (a, b) => a - b))).toEqual([]);
  });
});
