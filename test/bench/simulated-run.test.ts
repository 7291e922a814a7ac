import { describe, expect, it } from 'vitest';
import { play } from '../../bench/simulated-run.ts';

const costs = { unitMs: 1, poolMs: 0.5 };
const latencyMs = 40;

describe('a simulated run', () => {
  it('of one empty unit takes its request and its way', () => {
    const { wallMs, processorMs } = play({ accounts: 1, regions: 1, pools: 0 }, 1, costs);
    expect([wallMs, processorMs]).toEqual([1 + latencyMs, 1]);
  });

  it('of one large unit takes what its quota allows: a burst of 9, then 10 a second', () => {
    const { wallMs } = play({ accounts: 1, regions: 1, pools: 509 }, 1, costs);
    expect(wallMs / 1000).toBeGreaterThanOrEqual(50);
    expect(wallMs / 1000).toBeLessThan(51);
  });

  it('of many accounts takes as long as their roles, 100 a second', () => {
    const { wallMs, bounds } = play({ accounts: 1000, regions: 1, pools: 0 }, 1, costs);
    expect(bounds['roles']).toBe(10_000);
    expect(wallMs).toBeCloseTo(9990 + 1 + latencyMs);
  });

  it('of many units in few accounts takes as long as 64 requests at a time', () => {
    const { wallMs } = play({ accounts: 1, regions: 6400, pools: 0 }, 1, { unitMs: 0.001, poolMs: 0 });
    expect(wallMs).toBeGreaterThanOrEqual(100 * latencyMs);
    expect(wallMs).toBeLessThan(100 * latencyMs * 1.05);
  });

  it('of slow requests takes as long as the processor', () => {
    const { wallMs, processorMs } = play({ accounts: 1, regions: 1000, pools: 0 }, 1, { unitMs: 10, poolMs: 0 });
    expect(processorMs).toBe(10_000);
    expect(wallMs).toBe(10_000 + latencyMs);
  });

  it('on eight machines makes an eighth of the requests on each', () => {
    const whole = { accounts: 800, regions: 2, pools: 1600 };
    expect(play(whole, 8, costs).processorMs).toBeCloseTo(play(whole, 1, costs).processorMs / 8);
  });

  it('of more pools than units may hold is refused', () => {
    expect(() => play({ accounts: 1, regions: 1, pools: 1001 }, 1, costs)).toThrow("1 units can't hold 1001 pools");
  });
});
