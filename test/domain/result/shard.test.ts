import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInShard } from '../../../src/domain/result/shard.ts';

const accountId = fc.stringMatching(/^\d{12}$/);

describe('shards', () => {
  it('hold every account in exactly one of them', () => {
    fc.assert(
      fc.property(accountId, fc.integer({ min: 1, max: 50 }), (id, count) => {
        const holders = Array.from({ length: count }, (_, at) => at + 1).filter((index) =>
          isInShard(id, { index, count }),
        );
        expect(holders).toHaveLength(1);
      }),
    );
  });

  it('stay where they are: by SHA-256, the first six bytes, big-endian', () => {
    // printf 111122223333 | sha256sum: aeb221660ff0…; 0xaeb221660ff0 is 192080087748592, a multiple of 4.
    const shards = [1, 2, 3, 4].filter((index) => isInShard('111122223333', { index, count: 4 }));
    expect(shards).toEqual([1]);
  });

  it.each([2, 4, 8])('share ids that follow one another evenly: %i shards of 10,000', (count) => {
    const sizes = Array.from({ length: count }, () => 0);
    for (let at = 0; at < 10_000; at += 1) {
      const id = String(100_000_000_000 + at);
      const index = sizes.findIndex((_, place) => isInShard(id, { index: place + 1, count }));
      sizes[index]! += 1;
    }
    // Five standard deviations of a fair draw.
    const fair = 10_000 / count;
    const tolerance = 5 * Math.sqrt(fair * (1 - 1 / count));
    for (const size of sizes) expect(Math.abs(size - fair)).toBeLessThan(tolerance);
  });
});
