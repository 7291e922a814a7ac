/** The arithmetic of one request quota, at any size that the settings admit: what it allows, how it slows, how it recovers. */
import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/pacing/pace.ts';

const minute = 60_000;

/** Sends so many as fast as the pace allows; an answer takes 40 ms. Returns the moment of the last. */
function send(
  pace: Pace,
  fromMs: number,
  most: number,
  isRefused: (count: number) => boolean,
  untilMs = Infinity,
): number {
  let nowMs = fromMs;
  for (let count = 1; count <= most && nowMs < untilMs; count += 1) {
    nowMs += pace.waitMs(nowMs);
    pace.grant();
    pace.send(nowMs);
    pace.answered(nowMs, nowMs + 40, isRefused(count));
    nowMs += 40;
  }
  return nowMs;
}

function drive(pace: Pace, fromMs: number, untilMs: number, isRefused: (count: number) => boolean): number {
  return send(pace, fromMs, Infinity, isRefused, untilMs);
}

describe('a quota that nobody has refused', () => {
  it.each([
    [20, 18],
    [10, 9],
    [1.5, 1],
    [0.01, 1],
  ])(
    'of %f a second lets %i go at once, nine tenths of a second of it, and then one in each interval',
    (perSecond, burst) => {
      for (const areSent of [true, false]) {
        const pace = new Pace(perSecond);
        const waits = Array.from({ length: burst + 1 }, () => {
          const waitMs = pace.waitMs(0);
          pace.grant();
          if (areSent) pace.send(0);
          return waitMs;
        });
        expect(waits.slice(0, burst)).toEqual(Array.from({ length: burst }, () => 0));
        expect(waits[burst]).toBeCloseTo((burst + 1 - Math.max(1, 0.9 * perSecond)) * (1000 / perSecond));
      }
    },
  );

  it('knows of what was granted whether its time has come', () => {
    const pace = new Pace(1);
    pace.grant();
    expect(pace.isDue(0)).toBe(true);
    pace.send(0);
    pace.grant();
    expect(pace.isDue(999)).toBe(false);
    expect(pace.isDue(1000)).toBe(true);
    pace.grant();
    expect(pace.isDue(1999)).toBe(false);
  });

  it('counts a request that is not sent after all for nothing', () => {
    const pace = new Pace(1);
    pace.grant();
    expect(pace.waitMs(0)).toBe(1000);
    pace.giveBack();
    expect(pace.waitMs(0)).toBe(0);
  });
});

describe('a refusal', () => {
  it.each([350, 20, 7.5, 1, 0.2, 0.15, 0.01])('slows a quota of %f a second at once', (perSecond) => {
    const pace = new Pace(perSecond);
    pace.grant();
    pace.send(0);
    pace.answered(0, 40, true);
    expect(pace.perSecond(40)).toBeCloseTo(0.8 * perSecond);
    expect(pace.waitMs(40)).toBeCloseTo(1000 / (0.8 * perSecond));
  });

  it.each([350, 20, 1, 0.15, 0.01])(
    'without end leaves a quota of %f a second slower, and never without a request',
    (perSecond) => {
      const pace = new Pace(perSecond);
      const endMs = drive(pace, 0, 1000 * (1000 / perSecond) + 30 * minute, () => true);
      expect(pace.perSecond(endMs)).toBeLessThanOrEqual(perSecond / 3);
      expect(pace.perSecond(endMs)).toBeGreaterThanOrEqual(Math.min(0.2, perSecond / 5));
    },
  );
});

describe('a quota that was refused to the last request', () => {
  it('is used to the full again within a quarter of an hour', () => {
    const pace = new Pace(20);
    const refusedMs = drive(pace, 0, 10 * minute, () => true);
    expect(pace.perSecond(refusedMs)).toBeLessThan(1);
    expect(pace.perSecond(drive(pace, refusedMs, refusedMs + 15 * minute, () => false))).toBe(20);
  });

  it('is so again too where every fifth request was refused before, whenever that began and ended', () => {
    for (let every = 155; every <= 165; every += 1) {
      for (const refused of [31, 32, 33, 34]) {
        const pace = new Pace(20);
        const nowMs = send(pace, 0, every + refused, (count) => count > every || count % 5 === 0);
        expect(pace.perSecond(nowMs)).toBeLessThan(20);
        expect(pace.perSecond(nowMs + 60 * minute)).toBe(20);
      }
    }
  });
});
