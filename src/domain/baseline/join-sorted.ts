export interface Joined<A, B> {
  readonly left: A | null;
  readonly right: B | null;
}

/**
 * Two streams, each in order and without repetition, side by side: what is on both sides together, the rest alone.
 *
 * @param compare negative where the left one comes first, 0 where they belong together
 */
export async function* joinSorted<A, B>(
  left: AsyncIterable<A>,
  right: AsyncIterable<B>,
  compare: (left: A, right: B) => number,
): AsyncGenerator<Joined<A, B>, void, void> {
  const lefts = left[Symbol.asyncIterator]();
  const rights = right[Symbol.asyncIterator]();
  try {
    let a = await lefts.next();
    let b = await rights.next();
    while (a.done !== true || b.done !== true) {
      const order = a.done === true ? 1 : b.done === true ? -1 : compare(a.value, b.value);
      yield { left: order > 0 ? null : a.value, right: order < 0 ? null : b.value };
      if (order <= 0) a = await lefts.next();
      if (order >= 0) b = await rights.next();
    }
  } finally {
    await lefts.return?.();
    await rights.return?.();
  }
}
