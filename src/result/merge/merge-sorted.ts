import { compareTexts } from '../../domain/model/order.ts';

type Compare<T> = (one: T, other: T) => number;

/** Streams that are each in order as one stream in that order; of equals, the earlier stream's come first. */
export async function* mergeSorted<T>(streams: readonly AsyncIterable<T>[], compare: Compare<T>): AsyncGenerator<T> {
  const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      const least = leastOf(heads, compare);
      if (least === null) return;
      yield least.value;
      const iterator = iterators[least.index];
      if (iterator !== undefined) heads[least.index] = await iterator.next();
    }
  } finally {
    for (const iterator of iterators) await iterator.return?.();
  }
}

function leastOf<T>(
  heads: readonly IteratorResult<T, unknown>[],
  compare: Compare<T>,
): { readonly index: number; readonly value: T } | null {
  let least: { readonly index: number; readonly value: T } | null = null;
  for (const [index, head] of heads.entries()) {
    if (head.done === true) continue;
    if (least === null || compare(head.value, least.value) < 0) least = { index, value: head.value };
  }
  return least;
}

export function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return compareTexts(one.id, other.id);
}
