/** What refusals say about a quota, case by case: the numbers are arithmetic on what was sent, served and refused. */
import { describe, expect, it } from 'vitest';
import { Setbacks, type Setback } from '../../src/pacing/setbacks.ts';

const full = 16;

/** What came of some requests: so many served, then so many refused, in so many seconds at a pace. */
interface Trial {
  readonly pace: number;
  readonly served: number;
  readonly refused: number;
  readonly seconds: number;
}

/** A quota after its first refusal; each trial returns what it changed, without the time. */
function refusedOnce(perSecond = full) {
  const setbacks = new Setbacks(perSecond);
  setbacks.answered(0, 0, true, perSecond);
  let nowMs = 0;
  return ({ pace, served, refused, seconds }: Trial): readonly Omit<Setback, 'atMs'>[] => {
    const sentMs = nowMs + 1;
    nowMs += seconds * 1000;
    const answers = [...Array.from({ length: served }, () => false), ...Array.from({ length: refused }, () => true)];
    for (const _ of answers) setbacks.sent();
    return answers.flatMap((wasRefused) => {
      const setback = setbacks.answered(sentMs, nowMs, wasRefused, pace);
      if (setback === null) return [];
      expect(setback.atMs).toBe(nowMs);
      return [{ from: setback.from, plateau: setback.plateau }];
    });
  };
}

/** The pace that goes on from 92 % of a rate, and returns to it. */
function below(rate: number) {
  return [{ from: expect.closeTo(0.92 * rate, 9), plateau: expect.closeTo(rate, 9) }];
}
/** The pace that begins at this one. */
function at(pace: number) {
  return [{ from: expect.closeTo(pace, 9), plateau: expect.closeTo(pace / 0.92, 9) }];
}

describe('the first refusal', () => {
  it('takes a fifth of the pace, to which it returns', () => {
    expect(new Setbacks(full).answered(0, 40, true, 10)).toEqual({ atMs: 40, from: 8, plateau: 10 });
  });

  it('is that of a volley: others that were sent before it was heard say nothing, as an answer does', () => {
    const setbacks = new Setbacks(full);
    expect(setbacks.answered(0, 40, false, full)).toBeNull();
    setbacks.answered(0, 40, true, full);
    for (const sentMs of [0, 20, 40])
      for (let count = 0; count < 40; count += 1) expect(setbacks.answered(sentMs, 80, true, full)).toBeNull();
  });
});

describe('after it', () => {
  it.each<[string, Trial, ReturnType<typeof below>]>([
    ['sixteen answers tell the rate that is served', { pace: 12, served: 12, refused: 4, seconds: 1 }, below(12)],
    ['fifteen do not', { pace: 12, served: 11, refused: 4, seconds: 1 }, []],
    [
      'what was asked for too seldom says nothing: nine tenths of the share are',
      { pace: 12, served: 12, refused: 4, seconds: 100 },
      below(12 * 0.9 * 0.75),
    ],
    ['so where half is refused', { pace: 12, served: 8, refused: 8, seconds: 100 }, below(12 * 0.9 * 0.5)],
    [
      'four refusals of seven tell, and no more than to a third',
      { pace: 12, served: 3, refused: 4, seconds: 100 },
      below(12 / 3),
    ],
    ['or to what was served', { pace: 12, served: 3, refused: 4, seconds: 0.5 }, below(6)],
    ['four of eight do not', { pace: 12, served: 4, refused: 4, seconds: 1 }, []],
    ['three of three do not', { pace: 12, served: 0, refused: 3, seconds: 1 }, []],
    ['an answer alone never does', { pace: 12, served: 400, refused: 0, seconds: 1 }, []],
  ])('%s', (_what, trial, expected) => {
    expect(refusedOnce()(trial)).toEqual(expected);
  });
});

describe('refusals at random', () => {
  const first: Trial = { pace: 12, served: 12, refused: 4, seconds: 1 };
  const third: Trial = { pace: 3, served: 12, refused: 4, seconds: 8 };
  const low: Trial = { pace: 2, served: 24, refused: 8, seconds: 16 };

  /** A quarter is refused at 12 a second and at 2, so that it is at any pace. */
  function known() {
    const trial = refusedOnce();
    expect(trial(first)).toEqual(below(12));
    expect(trial(third)).toEqual(at(2));
    expect(trial(low)).toEqual(at(4));
    return trial;
  }

  it('are looked for at an eighth of the quota, and told by 32 answers: as large a share, though less is served', () => {
    known();
    const trial = refusedOnce();
    trial(first);
    trial(third);
    expect(trial({ ...low, served: 23 })).toEqual([]);
  });

  it('are not seen where no less is served than at first', () => {
    const trial = refusedOnce();
    expect(trial(third)).toEqual(below(3 * 0.9 * 0.75));
    expect(trial(third)).toEqual(below(3 * 0.9 * 0.75));
  });

  it('are not seen in more than a third, nor at a pace that is more than an eighth', () => {
    const many = refusedOnce();
    many(first);
    expect(many({ ...third, served: 10, refused: 6 })).toEqual(below(3 * 0.9 * 0.625));
    const fast = refusedOnce();
    fast(first);
    expect(fast({ ...third, pace: 3.3 })).toEqual(below(3.3 * 0.9 * 0.75));
  });

  it('are looked for where half is served or less, a third is refused or less, and up to 1.3 of an eighth', () => {
    const half = refusedOnce();
    expect(half({ pace: 3, served: 12, refused: 4, seconds: 4 })).toEqual(below(3));
    expect(half({ pace: 2, served: 12, refused: 4, seconds: 8 })).toEqual([]);
    const aThird = refusedOnce();
    aThird(first);
    expect(aThird({ pace: 2, served: 16, refused: 8, seconds: 12 })).toEqual([]);
    const near = refusedOnce();
    near(first);
    expect(near({ ...third, pace: 2.6 })).toEqual([]);
  });

  it('are not looked for where 92 % of what is served are an eighth of the quota', () => {
    const trial = refusedOnce(8 * (0.92 * 1.5));
    expect(trial({ pace: 3, served: 12, refused: 4, seconds: 4 })).toEqual(below(3));
    expect(trial({ pace: 1.7, served: 12, refused: 4, seconds: 8 })).toEqual(below(1.5));
  });

  it('double the pace as long as they do not grow, to the full at most', () => {
    const trial = known();
    expect(trial({ pace: 4, served: 24, refused: 7, seconds: 8 })).toEqual([]);
    expect(trial({ pace: 4, served: 0, refused: 1, seconds: 1 })).toEqual(at(8));
    // A tenth more may be chance: 14 of 40.
    expect(trial({ pace: 8, served: 0, refused: 13, seconds: 1 })).toEqual([]);
    expect(trial({ pace: 8, served: 26, refused: 1, seconds: 1 })).toEqual(at(16));
    expect(trial({ pace: 16, served: 31, refused: 1, seconds: 2 })).toEqual(at(16));
  });

  it('are forgotten once they do: then sixteen answers tell again', () => {
    const trial = known();
    expect(trial({ pace: 4, served: 16, refused: 16, seconds: 16 })).toEqual(below(4 * 0.9 * 0.5));
    expect(trial({ pace: 4, served: 12, refused: 4, seconds: 4 })).toEqual(below(3));
  });

  it('leave a way back where all is refused', () => {
    expect(known()({ pace: 4, served: 0, refused: 32, seconds: 8 })).toEqual(below(4 / 3));
  });

  it('are looked for anew after the pace was full again', () => {
    const trial = refusedOnce();
    expect(trial(third)).toEqual(below(3 * 0.9 * 0.75));
    expect(trial({ pace: 16, served: 12, refused: 4, seconds: 1 })).toEqual(below(12));
    expect(trial(third)).toEqual(at(2));
  });
});
