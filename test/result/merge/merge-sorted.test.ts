import { expect, test } from 'vitest';
import { mergeSorted } from '../../../src/result/merge/merge-sorted.ts';
import { listOf, streamed } from '../../report/a-result.ts';

interface Named {
  readonly order: number;
  readonly of: string;
}

const byOrder = (one: Named, other: Named): number => one.order - other.order;

function named(of: string, ...orders: readonly number[]): readonly Named[] {
  return orders.map((order) => ({ order, of }));
}

test('of equals the earlier stream has the first', async () => {
  const streams = [named('one', 1, 2, 2), named('other', 1, 2, 3), named('none')].map(streamed);
  const merged = await listOf(mergeSorted<Named>(streams, byOrder));
  expect(merged.map(({ order, of }) => `${order} ${of}`)).toEqual([
    '1 one',
    '1 other',
    '2 one',
    '2 one',
    '2 other',
    '3 other',
  ]);
});

test('whoever reads no further closes every stream, those that have nothing to close left alone', async () => {
  const closed: string[] = [];
  async function* stream(of: string): AsyncGenerator<Named> {
    try {
      yield* named(of, 1, 2);
    } finally {
      closed.push(of);
    }
  }
  const unclosable: AsyncIterable<Named> = {
    [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
  };
  for await (const { of } of mergeSorted([unclosable, stream('one'), stream('other')], byOrder)) {
    expect(of).toBe('one');
    break;
  }
  expect(closed).toEqual(['one', 'other']);
});
