import { afterEach, describe, expect, it, vi } from 'vitest';
import { backoffMs } from '../../src/pacing/backoff.ts';
import type { Remediable } from '../../src/pacing/call-result.ts';
import { Patience } from '../../src/pacing/retry-policy.ts';
import { throttledFailure } from './service.ts';

const tenMinutes = 600_000;

/** Half of each limit is drawn. */
function drawHalf(): void {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
}
afterEach(() => void vi.restoreAllMocks());

function waits(retry: Remediable, count: number): readonly (number | null)[] {
  const patience = new Patience();
  return Array.from({ length: count }, () => patience.waitMs({ ...throttledFailure, retry }, 0, 0));
}

describe('before a call is tried again', () => {
  it.each<[Remediable, readonly (number | null)[]]>([
    ['throttle', [500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]],
    ['transient', [125, 250, 500, 1000, 2000, 4000, 8000, null]],
    ['credentials-expired', [0, 0, null]],
    ['no', [null]],
  ])('%s waits half of a limit that doubles, where half of it is drawn', (retry, expected) => {
    drawHalf();
    expect(waits(retry, expected.length)).toEqual(expected);
  });

  it('a backoff by itself begins at a quarter of a second and ends at ten', () => {
    drawHalf();
    expect([0, 1, 5, 6, 60, 2000].map((tries) => backoffMs(tries))).toEqual([125, 250, 4000, 5000, 5000, 5000]);
    expect(backoffMs(3, 1000, 100_000)).toBe(4000);
  });
});

describe('throttling is borne for ten minutes', () => {
  it('from the first refusal of this call', () => {
    const patience = new Patience();
    expect(patience.waitMs(throttledFailure, 5000, 0)).not.toBeNull();
    expect(patience.waitMs(throttledFailure, tenMinutes + 4999, 0)).not.toBeNull();
    expect(patience.waitMs(throttledFailure, tenMinutes + 5000, 0)).toBeNull();
  });

  it('or of its quota', () => {
    expect(new Patience().waitMs(throttledFailure, 5000, tenMinutes - 1)).not.toBeNull();
    expect(new Patience().waitMs(throttledFailure, 5000, tenMinutes)).toBeNull();
  });
});
