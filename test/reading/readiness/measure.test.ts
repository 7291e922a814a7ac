import { describe, expect, it } from 'vitest';
import { OutOfTime, measureReadiness } from '../../../src/reading/readiness/measure.ts';
import type { ListedUser, UserReader } from '../../../src/ports/user-reader.ts';
import { readerOver, user, manyUsers } from './listed-users.ts';
import { measuring } from './simulated-fleets.ts';
import { seeded, simulatedPool } from './simulated-pool.ts';

const never = { authFactors: () => Promise.resolve(null) };

/** Lists these pages, whatever is asked for. */
function readerOf(pages: readonly (readonly ListedUser[])[], isReady: (name: string) => boolean): UserReader {
  return {
    listUsers: (_prefix, token) => {
      const at = Number(token ?? 0);
      return Promise.resolve({ users: pages[at] ?? [], next: at + 1 < pages.length ? String(at + 1) : null });
    },
    authFactors: (name) =>
      Promise.resolve({ active: isReady(name) ? ['SOFTWARE_TOKEN_MFA'] : [], preferred: null, first: [] }),
  };
}

describe('a measurement', () => {
  it('asks every local user of a small pool, each once, and leaves the others out', async () => {
    const users = [
      user('a'),
      user('b'),
      user('c', { status: 'EXTERNAL_PROVIDER' }),
      user('d', { isEnabled: false }),
      user('e', { status: 'UNCONFIRMED' }),
      user('f'),
    ];
    const reader = readerOf([users.slice(0, 3), users.slice(1)], (name) => name !== 'b');
    const found = await measureReadiness(reader, measuring({ estimatedUsers: 6 }));
    expect(found).toMatchObject({
      design: 'counted',
      population: 3,
      asked: 3,
      pages: 2,
      reads: 3,
      listed: { local: 3, federated: 1, disabled: 1, unconfirmed: 1 },
      branches: { 'totp-registered': 2, 'no-attribute-can-enrol': 1 },
    });
    expect(found.shares['as-written']).toEqual({ share: 2 / 3, low: 2 / 3, high: 2 / 3 });
  });

  it('counts and shares in both readings of the guide, by who enrols', async () => {
    // One has TOTP; of the others the address, which recovers the account, is the only attribute of one.
    const reader = readerOf([[user('a'), user('b', { hasEmail: true }), user('c')]], (name) => name === 'a');
    const pool = { ...measuring().pool, recovery: 'email' } as const;
    const of = async (enrolment: 'own' | 'none') => {
      const { outcomes, shares } = await measureReadiness(reader, measuring({ pool, enrolment }));
      return { outcomes, shares: [shares['as-written'].share, shares.lenient.share] };
    };
    const outcomes = {
      'as-written': { ready: 1, 'must-enrol': 1, 'locked-out': 1, 'passkey-only': 0 },
      lenient: { ready: 1, 'must-enrol': 2, 'locked-out': 0, 'passkey-only': 0 },
    };
    expect(await of('own')).toEqual({ outcomes, shares: [2 / 3, 1] });
    expect(await of('none')).toEqual({ outcomes, shares: [1 / 3, 1 / 3] });
  });

  it('of a pool without local users has nobody to lock out', async () => {
    const reader = readerOf([[user('a', { status: 'EXTERNAL_PROVIDER' })]], () => true);
    const found = await measureReadiness(reader, measuring());
    expect([found.population, found.shares['as-written']]).toEqual([0, { share: 1, low: 1, high: 1 }]);
  });

  it('counts a user no more who is deleted while it lasts', async () => {
    const reader = { ...readerOf([[user('a'), user('b')]], () => true) };
    const gone: UserReader = {
      ...reader,
      authFactors: (name) => (name === 'b' ? Promise.resolve(null) : reader.authFactors(name)),
    };
    const found = await measureReadiness(gone, measuring());
    expect([found.population, found.asked, found.shares.lenient.low]).toEqual([1, 1, 1]);
  });

  it('knows nothing where all that it drew are gone', async () => {
    const { reader } = simulatedPool('random', 5_000, 1, seeded(3));
    const found = await measureReadiness({ ...reader, ...never }, measuring());
    expect(found.shares['as-written']).toEqual({ share: 0, low: 0, high: 1 });
  });

  it('is a sample, with a width, where fewer users may be asked than a small pool has', async () => {
    const { reader } = simulatedPool('random', 1_000, 1, seeded(4));
    const found = await measureReadiness(reader, measuring({ maxReads: 100 }));
    expect([found.design, found.reads]).toEqual(['whole-listing', 100]);
    expect(found.shares['as-written'].low).toBeLessThan(1);
  });

  it('stops early where the line is clearly above or below', async () => {
    const { reader } = simulatedPool('random', 5_000, 0.5, seeded(5));
    const found = await measureReadiness(reader, measuring({ line: 0.98 }));
    expect(found.reads).toBe(50);
    expect(found.shares['as-written'].high).toBeLessThan(0.98);
  });

  it('ends where listing takes longer than it may', async () => {
    const { reader } = simulatedPool('random', 5_000, 0.5, seeded(6));
    // It begins at 10; the tenth look at the time is at 110, which is not late, and the next one is.
    let now = 0;
    const late = measureReadiness(reader, measuring({ maxTimeMs: 100, now: () => (now += 10) }));
    await expect(late).rejects.toThrow(OutOfTime);
    expect(now).toBe(120);
  });
});

describe('clusters are not trusted, and the pool is listed instead', () => {
  const { reader } = simulatedPool('random', 3_000, 0.9, seeded(7));
  it.each<[string, UserReader, RegExp]>([
    [
      'where a prefix finds nobody',
      {
        ...reader,
        listUsers: (prefix, token) =>
          prefix === '' ? reader.listUsers('', token) : Promise.resolve({ users: [], next: null }),
      },
      /does not answer prefixes/,
    ],
    [
      'where a prefix is ignored',
      { ...reader, listUsers: (_, token) => reader.listUsers('', token) },
      /does not answer prefixes/,
    ],
    [
      'where half of the users are not found by any',
      {
        ...reader,
        listUsers: (prefix, token) =>
          /^[0-9ab]/.test(prefix) ? Promise.resolve({ users: [], next: null }) : reader.listUsers(prefix, token),
      },
      /by its own estimate 250000/,
    ],
  ])('%s', async (_, doubtful, because) => {
    const found = await measureReadiness(doubtful, measuring({ estimatedUsers: 250_000 }));
    expect(found.design).toBe('whole-listing');
    expect(found.fellBack).toMatch(because);
    expect(found.population).toBe(3_000);
  });
});

describe('a pool is listed whole', () => {
  // Sixty a page, and fifteen pages a second: 9,000 users in ten seconds.
  it.each<[string, Partial<Parameters<typeof measuring>[0]>, boolean]>([
    ['where it has 200,000 users', { estimatedUsers: 200_000 }, true],
    ['and not where it has one more', { estimatedUsers: 200_001 }, false],
    ['where that takes no longer than it may', { estimatedUsers: 9_000, maxTimeMs: 10_000 }, true],
    ['and not where it takes a page longer', { estimatedUsers: 9_060, maxTimeMs: 10_000 }, false],
    [
      'where it takes half of the pages a second twice as long',
      { estimatedUsers: 9_000, maxTimeMs: 20_000, pagesPerSecond: 7.5 },
      true,
    ],
    ['and not where nobody has so much time', { estimatedUsers: 9_000, maxTimeMs: 19_999, pagesPerSecond: 7.5 }, false],
    ['where nobody knows how many there are', {}, true],
  ])('%s', async (_when, options, isListed) => {
    const reader = readerOver(manyUsers(90));
    await measureReadiness(reader, measuring(options));
    expect(reader.asked[0]).toEqual([isListed ? '' : '0', null]);
  });

  it('and else drawn by prefixes, where these answer as they should', async () => {
    const { reader } = simulatedPool('random', 9_500, 0.9, seeded(8));
    const found = await measureReadiness(reader, measuring({ estimatedUsers: 9_500, maxTimeMs: 10_000 }));
    expect([found.design, found.fellBack]).toEqual(['prefix-clusters', null]);
    expect(found.reads).toBeLessThanOrEqual(500);
  });
});

it('groups are listed for as many pages as are asked for in 47 seconds', async () => {
  const { reader } = simulatedPool('random', 9_500, 0.9, seeded(8));
  const options = measuring({ estimatedUsers: 9_500, maxTimeMs: 10_000, pagesPerSecond: 8 });
  const { pages } = await measureReadiness(reader, options);
  expect(Math.abs(pages - 47 * 8)).toBeLessThan(10);
});

it('a slow pace makes a measurement take longer, and not one of nobody', async () => {
  const { reader } = simulatedPool('random', 9_500, 0.9, seeded(8));
  // Groups are found by 272 pages, and in 47 seconds there are 141.
  const slow = measuring({ estimatedUsers: 9_500, maxTimeMs: 10_000, pagesPerSecond: 3 });
  const found = await measureReadiness(reader, slow);
  expect([found.design, found.fellBack, found.asked]).toEqual(['prefix-clusters', null, 500]);
  expect(Math.abs(found.population / 9_500 - 1)).toBeLessThan(0.2);
});

describe('a sample', () => {
  /** Everybody is ready, but those whose turn to be asked is one of these. */
  async function asking(count: number, misses: readonly number[], more: Parameters<typeof measuring>[0] = {}) {
    const reader = readerOver(manyUsers(count));
    const asked: string[] = [];
    let expected: number | null = null;
    const counting: UserReader = {
      ...reader,
      expects: (most) => (expected = asked.length === 0 ? most : null),
      async authFactors(name) {
        asked.push(name);
        return { active: misses.includes(asked.length) ? [] : ['SOFTWARE_TOKEN_MFA'], preferred: null, first: [] };
      },
    };
    const measurement = await measureReadiness(counting, measuring(more));
    expect(new Set(asked).size).toBe(asked.length);
    expect(measurement.reads).toBe(asked.length);
    return { measurement, expected };
  }

  // Each of five looks may be wrong one time in a hundred. Where all n are ready, 1 - 0.005^(1/n) is left: 2.6 % of 200, 1.5 % of 350.
  it('ends at the look at which the interval is narrower than two percentage points', async () => {
    const { measurement, expected } = await asking(5_000, []);
    expect(measurement.asked).toBe(350);
    expect(expected).toBe(500);
    const { share, low, high } = measurement.shares['as-written'];
    expect([share, high]).toEqual([1, 1]);
    expect(low).toBeGreaterThan(0.005 ** (1 / 350));
    expect(low).toBeLessThan(0.987);
  });

  it.each([
    ['of 500 users', { maxReads: null }, 500],
    ['of as many as may be asked', { maxReads: 1_200 }, 1_200],
    ['of all that were listed, where more may be asked', { maxReads: 9_999 }, 2_500],
  ])('is one %s, where the share is the very line', async (_many, more, most) => {
    const misses = manyUsers(250).map((_, at) => at * 10 + 1);
    const { measurement, expected } = await asking(2_500, misses, { ...more, line: 0.9 });
    expect([measurement.asked, expected]).toEqual([most, most]);
    expect(measurement.design).toBe('whole-listing');
  });

  it('of a small pool is none where all of it may be asked, and is looked at once', async () => {
    const { measurement, expected } = await asking(400, [3], { maxReads: 400, line: 0.5 });
    expect([measurement.design, measurement.asked, expected]).toEqual(['counted', 400, 400]);
    expect(measurement.shares['as-written'].low).toBe(399 / 400);
  });

  it('of a small pool is one where one may not be asked', async () => {
    const { measurement } = await asking(400, [], { maxReads: 399 });
    expect([measurement.design, measurement.population]).toEqual(['whole-listing', 400]);
    expect(measurement.shares['as-written'].low).toBeLessThan(1);
  });

  it('counts those no more who are gone, and its population stays', async () => {
    const { reader } = simulatedPool('random', 5_000, 1, seeded(9));
    let asked = 0;
    const leaving = {
      ...reader,
      authFactors: (name: string) => ((asked += 1) % 5 === 0 ? Promise.resolve(null) : reader.authFactors(name)),
    };
    const found = await measureReadiness(leaving, measuring({ maxReads: 100 }));
    expect([found.population, found.reads, found.asked]).toEqual([5_000, 100, 80]);
  });
});

it('a measurement says what it was asked with, and what it took', async () => {
  const reader = { ...readerOver(manyUsers(130)), billedReads: () => 7 };
  const options = measuring({ enrolment: 'own' });
  const { enrolment, pool, pages, reads, billed, fellBack } = await measureReadiness(reader, options);
  expect({ enrolment, pool }).toEqual({ enrolment: 'own', pool: options.pool });
  expect({ pages, reads, billed, fellBack }).toEqual({ pages: 3, reads: 130, billed: 7, fellBack: null });
  expect((await measureReadiness(readerOver(manyUsers(1)), options)).billed).toBe(0);
});
