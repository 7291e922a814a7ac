/** Whoever lists a pool from end to end: when all are asked, and that the others are drawn with the same chance. */
import { describe, expect, it } from 'vitest';
import { drawFromListing } from '../../../src/reading/readiness/whole-listing.ts';
import { UnreadUsers } from '../../../src/reading/readiness/unread-users.ts';
import type { UserPage, UserReader } from '../../../src/ports/user-reader.ts';
import { readerOver, user, manyUsers } from './listed-users.ts';
import { seeded } from './simulated-pool.ts';

const anyTime = () => {};
const namesOf = (candidates: readonly { readonly name: string }[]) => new Set(candidates.map(({ name }) => name));

/** Draws with these numbers, and with 0 from then on. */
function sequence(...numbers: readonly number[]): () => number {
  let at = 0;
  return () => numbers[at++] ?? 0;
}

describe('a listing', () => {
  it.each([
    [0, 'counted'],
    [1_999, 'counted'],
    [2_000, 'whole-listing'],
  ])('of %i users, whatever their kind, is asked by the design %s', async (count, design) => {
    const listed = manyUsers(count, (at) => (at % 2 === 0 ? {} : { status: 'EXTERNAL_PROVIDER' }));
    const draw = await drawFromListing(readerOver(listed), seeded(1), 500, anyTime);
    expect(draw).toMatchObject({ design, clusters: 1, population: Math.ceil(count / 2) });
    expect(draw.candidates).toHaveLength(Math.ceil(count / 2));
    expect(draw.listed).toEqual({
      local: Math.ceil(count / 2),
      federated: Math.floor(count / 2),
      disabled: 0,
      unconfirmed: 0,
    });
  });

  it('is asked for page after page, each time after a look at the time', async () => {
    const reader = readerOver(manyUsers(130));
    let looks = 0;
    await drawFromListing(reader, seeded(1), 500, () => (looks += 1));
    expect(reader.asked).toEqual([
      ['', null],
      ['', '60'],
      ['', '120'],
    ]);
    expect(looks).toBe(3);
  });

  it('ends before the request for which there is no time', async () => {
    const reader = readerOver(manyUsers(130));
    const late = drawFromListing(reader, seeded(1), 500, () => {
      if (reader.asked.length === 2) throw new RangeError('late');
    });
    await expect(late).rejects.toThrow(RangeError);
    expect(reader.asked).toHaveLength(2);
  });

  it('that names a user on two pages counts one', async () => {
    const [anna, ben, carl] = [user('anna'), user('ben'), user('carl')];
    const pages: readonly UserPage[] = [
      { users: [anna, ben], next: '1' },
      { users: [ben, carl], next: null },
    ];
    const reader = { ...readerOver([]), listUsers: async (_: string, token: string | null) => pages[Number(token)]! };
    const draw = await drawFromListing(reader, seeded(1), 500, anyTime);
    expect(draw.population).toBe(3);
    expect(draw.candidates.map(({ name }) => name).toSorted()).toEqual(['anna', 'ben', 'carl']);
  });

  it('is asked in another order than that in which it came', async () => {
    const draw = await drawFromListing(readerOver(manyUsers(4)), () => 0, 500, anyTime);
    // Fisher and Yates's, where 0 is drawn each time: 3120, 2130, 1230.
    expect(draw.candidates.map(({ name }) => name).join('')).toBe('1230');
  });
});

describe('of more users than are kept', () => {
  it.each([
    [500, 2_000],
    [2_400, 2_400],
    [2_600, 2_500],
  ])('where %i may be asked, %i of 2,500 are kept', async (keep, kept) => {
    const draw = await drawFromListing(readerOver(manyUsers(2_500)), seeded(2), keep, anyTime);
    expect(draw.candidates).toHaveLength(kept);
    expect(namesOf(draw.candidates).size).toBe(kept);
    expect(draw.population).toBe(2_500);
  });

  // Of 2,001 places all but the last are places of those who are kept.
  it.each([
    [0, '0'],
    [1, '1'],
    [1_999, '1999'],
    [2_000, '2000'],
  ])('the one after 2,000 takes place %i of 2,001: that of user %s', async (place, left) => {
    const draw = await drawFromListing(readerOver(manyUsers(2_001)), sequence((place + 0.5) / 2_001), 500, anyTime);
    const kept = namesOf(draw.candidates);
    expect(kept.size).toBe(2_000);
    expect(kept.has(left)).toBe(false);
  });

  it('the one after those has 2,002 places, and stays with two of them fewer', async () => {
    const left = [];
    for (const place of [1_999.5, 2_000.5, 2_001.5]) {
      const random = sequence(0, place / 2_002);
      const kept = namesOf((await drawFromListing(readerOver(manyUsers(2_002)), random, 500, anyTime)).candidates);
      left.push(['0', '1999', '2001'].filter((name) => !kept.has(name)));
    }
    expect(left).toEqual([
      ['0', '1999'],
      ['0', '2001'],
      ['0', '2001'],
    ]);
  });

  it('those who are not local take nobody’s place', async () => {
    const listed = [...manyUsers(2_000), ...manyUsers(60, (at) => ({ name: `f${at}`, status: 'EXTERNAL_PROVIDER' }))];
    const draw = await drawFromListing(readerOver(listed), () => 0, 500, anyTime);
    expect(draw.population).toBe(2_000);
    expect(namesOf(draw.candidates)).toEqual(namesOf(manyUsers(2_000)));
  });
});

describe('a listing that does not end', () => {
  /** What such pages come to, by the number of the page. */
  async function failureOf(pageAt: (at: number) => UserPage) {
    let asked = 0;
    const reader: UserReader = { ...readerOver([]), listUsers: async () => pageAt(asked++) };
    const error = await drawFromListing(reader, seeded(3), 500, () => {
      if (asked > 10_000) throw new Error('It does not end.');
    }).catch((thrown: unknown) => thrown);
    return { asked, failure: error instanceof UnreadUsers ? error.failure : error };
  }

  it.each<[string, (at: number) => UserPage, number]>([
    [
      'goes round in a circle',
      (at) => ({ users: manyUsers(60, (each) => ({ name: `${at % 3}.${each}` })), next: 'a' }),
      103,
    ],
    ['has nothing but empty pages', () => ({ users: [], next: 'a' }), 100],
  ])('since it %s is a gap, and not a measurement', async (_why, pageAt, asked) => {
    expect(await failureOf(pageAt)).toEqual({
      asked,
      failure: {
        code: 'page-loop',
        message: 'cognito-idp:ListUsers: 100 pages in a row named nobody new',
        remedy: 'Run again; if it stays, report it to AWS support.',
      },
    });
  });

  it('is not one whose hundredth empty page is its last', async () => {
    const pageAt = (at: number) => ({ users: [], next: at < 99 ? 'a' : null });
    expect(await failureOf(pageAt)).toMatchObject({ asked: 100, failure: { population: 0 } });
  });

  it('is not one that has 99 empty pages before each user', async () => {
    const pageAt = (at: number) => ({
      users: at % 100 === 99 ? [user(String(at))] : [],
      next: at < 499 ? 'a' : null,
    });
    expect(await failureOf(pageAt)).toMatchObject({ asked: 500, failure: { population: 5 } });
  });
});
