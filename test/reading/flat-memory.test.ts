/** Comparing and judging anew hold a unit at a time, however many pools there are. */
import { expect, test } from 'vitest';
import { replay } from '../../src/result/saved-observations.ts';
import { compare } from '../../src/domain/baseline/compare.ts';
import type { Result } from '../../src/domain/result/result.ts';
import { hugeResult } from '../report/huge-result.ts';
import { peakHeapOf } from '../report/peak-heap.ts';
import { tries } from '../strength.ts';

const pools = tries({ usual: 30_000, extended: 200_000 });

async function* comparison(count: number): AsyncGenerator<string> {
  for await (const { record } of compare(hugeResult(count), hugeResult(count))) yield JSON.stringify(record);
}

/** Nothing of the baseline is there any more: every pool of it is resolved. */
async function* resolution(count: number): AsyncGenerator<string> {
  const empty: Result = { ...hugeResult(count), async *pools() {} };
  for await (const { record } of compare(empty, hugeResult(count))) yield JSON.stringify(record);
}

async function* observations(count: number): AsyncGenerator<string> {
  const { observed, ...replayed } = await replay(hugeResult(count), 'huge.json');
  for (const unit of observed.store.units()) yield JSON.stringify(await observed.store.poolsOf(unit));
  await replayed.close();
}

test.each([
  ['a comparison', comparison],
  ['a comparison in which everything is resolved', resolution],
  ['a replay', observations],
])(`%s keeps memory flat over ${pools} pools`, { timeout: 240_000 }, async (_name, read) => {
  const few = await peakHeapOf(read(pools / 10));
  const many = await peakHeapOf(read(pools));
  expect(many.characters).toBeGreaterThan(few.characters * 9);
  // Ten times the pools: held in memory they would be ten times the heap.
  expect(many.peakBytes).toBeLessThan(few.peakBytes * 2 + 32 * 1024 * 1024);
});
