import { expect, test } from 'vitest';
import { formatNames, formats } from '../../src/report/registry.ts';
import { hugeResult } from './huge-result.ts';
import { peakHeapOf } from './peak-heap.ts';
import { plainOptions } from './plain-options.ts';

const options = plainOptions;

const pools = 200_000;

test.each(formatNames)(`%s keeps memory flat over ${pools} pools`, { timeout: 240_000 }, async (name) => {
  const few = await peakHeapOf(formats[name](hugeResult(pools / 10), options));
  const many = await peakHeapOf(formats[name](hugeResult(pools), options));
  // Ten times the pools, all of them drifting: held in memory they would be ten times the heap.
  expect(many.peakBytes).toBeLessThan(few.peakBytes * 2 + 32 * 1024 * 1024);
  expect(many.characters).toBeGreaterThan(0);
});
