/** Groups that are drawn and listed whole: what they say of the pool, what that takes, and when they are not to be trusted. */
import { describe, expect, it } from 'vitest';
import type { ListedUser, UserReader } from '../../../src/ports/user-reader.ts';
import type { Draw } from '../../../src/reading/readiness/draw.ts';
import { drawFromClusters, type Untrusted } from '../../../src/reading/readiness/prefix-clusters.ts';
import { readerOver, subOf, user, manyUsers } from './listed-users.ts';
import { seeded, simulatedPool } from './simulated-pool.ts';

const digits = '0123456789abcdef'.split('');

/** Users of each of the 256 prefixes of two digits in turn, of whom every third is federated: 16 groups of up to 960, or 256. */
function pool(count: number): readonly ListedUser[] {
  return manyUsers(count, (at) => ({
    sub: subOf(`${digits[at % 16]}${digits[Math.floor(at / 16) % 16]}`, at),
    ...(at % 3 === 2 ? { status: 'EXTERNAL_PROVIDER' } : {}),
  }));
}

function trusted(drawn: Draw | Untrusted): Draw {
  if ('untrusted' in drawn) throw new Error(drawn.untrusted);
  return drawn;
}

describe('a draw of groups', () => {
  it('that were all drawn is the pool', async () => {
    const reader = readerOver(pool(480));
    const draw = trusted(await drawFromClusters(reader, seeded(1), 1_000, 480));
    expect(draw).toMatchObject({
      design: 'prefix-clusters',
      clusters: 16,
      population: 320,
      listed: { local: 320, federated: 160, disabled: 0, unconfirmed: 0 },
    });
    expect(new Set(draw.candidates.map(({ name }) => name)).size).toBe(320);
    // Each group is looked into once, and listed once.
    expect(reader.asked).toHaveLength(32);
  });

  it('knows of each user in which group it was drawn', async () => {
    const draw = trusted(await drawFromClusters(readerOver(pool(480)), seeded(1), 1_000, 480));
    const groups = new Map<number, Set<number>>();
    for (const { name, cluster } of draw.candidates)
      groups.set(cluster, (groups.get(cluster) ?? new Set()).add(Number(name) % 16));
    expect([...groups.keys()].toSorted((a, b) => a - b)).toEqual(digits.map((_, at) => at));
    expect([...groups.values()].map(({ size }) => size)).toEqual(digits.map(() => 1));
  });

  // The groups are found by 272 pages, and four of them, a page in all, may be being listed at the end: of 337 pages 64 are left.
  it('stands for the groups that were not drawn too', async () => {
    const draw = trusted(await drawFromClusters(readerOver(pool(3_840)), seeded(1), 337, 3_840));
    expect([draw.clusters, draw.candidates.length]).toEqual([64, draw.listed.local]);
    expect(draw.listed.local + draw.listed.federated).toBe(64 * 15);
    expect(draw.population).toBe(4 * draw.listed.local);
  });

  it('takes about as many pages as it may', async () => {
    for (const pages of [400, 705]) {
      const { reader } = simulatedPool('random', 100_000, 0.5, seeded(2));
      let asked = 0;
      const counting: UserReader = {
        ...reader,
        listUsers: (...page) => ((asked += 1), reader.listUsers(...page)),
      };
      const draw = trusted(await drawFromClusters(counting, seeded(3), pages, 100_000));
      expect(Math.abs(asked - pages)).toBeLessThan(10);
      // 4,096 groups of three digits, of a page each: so many of them as pages were left after 272 to find them.
      expect(Math.abs(draw.clusters - (pages - 272))).toBeLessThan(10);
      expect(draw.population / 100_000).toBeGreaterThan(0.9);
      expect(draw.population / 100_000).toBeLessThan(1.1);
    }
  });

  it('lists a group that it began to its end', async () => {
    // A page and one more of each of 112 prefixes, and so 1,792 groups, of which every sixteenth has all of them.
    const listed = manyUsers(112 * 61, (at) => ({ sub: subOf((at % 112).toString(16).padStart(2, '0'), at) }));
    const draw = trusted(await drawFromClusters(readerOver(listed), seeded(4), 128 + 300, 112 * 61));
    const sizes = new Map<number, number>();
    for (const { cluster } of draw.candidates) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
    expect(sizes.size).toBeGreaterThan(5);
    expect(new Set(sizes.values())).toEqual(new Set([61]));
  });

  it.each([
    ['its order', (draw: Draw) => draw.candidates.map(({ cluster }) => cluster)],
    [
      'its groups',
      ({ candidates }: Draw) =>
        digits.map((_, at) => Number(candidates.find(({ cluster }) => cluster === at)?.name) % 16),
    ],
  ])('has %s by chance', async (_what, of) => {
    const [one, same, other] = await Promise.all(
      [5, 5, 6].map(async (seed) =>
        of(trusted(await drawFromClusters(readerOver(pool(480)), seeded(seed), 1_000, 480))),
      ),
    );
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
    expect(one).not.toEqual(one?.toSorted((a, b) => a - b));
  });

  it.each([
    ['where looking for groups took all pages', 272],
    ['where it took more than all', 10],
    ['where it left a few', 300],
  ])('draws thirty groups, by which these can be told apart, %s', async (_why, pages) => {
    const draw = trusted(await drawFromClusters(readerOver(pool(1_536)), seeded(7), pages, 1_536));
    expect(draw.clusters).toBe(30);
    expect(draw.candidates.length).toBeGreaterThan(0);
    expect(draw.population).toBe(Math.round((draw.candidates.length * 256) / 30));
  });
});

describe('a draw of groups is not trusted', () => {
  const unanswered = 'The service does not answer prefixes of sub as it does other filters.';
  const sound = readerOver(pool(480));
  /** Prefixes are answered while groups are looked for, and what comes afterwards is something else. */
  function turning(then: UserReader['listUsers']): UserReader {
    let asked = 0;
    return { ...sound, listUsers: (...page) => ((asked += 1), asked <= 16 ? sound.listUsers(...page) : then(...page)) };
  }

  it.each<[string, UserReader]>([
    ['that no prefix has', readerOver([])],
    ['that another prefix has', turning(() => sound.listUsers('3', null))],
    ['without a sub', turning(async () => ({ users: [user('a', { sub: null })], next: null }))],
    [
      'on a later page',
      turning(async (prefix, token) =>
        token === null
          ? { ...(await sound.listUsers(prefix, null)), next: '1' }
          : { users: [user('a', { sub: 'x' })], next: null },
      ),
    ],
  ])('that finds users %s', async (_who, reader) => {
    expect(await drawFromClusters(reader, seeded(1), 1_000, 480)).toEqual({ untrusted: unanswered });
  });

  it('and no other group is begun then', async () => {
    let late = 0;
    const reader = turning(async () => {
      late += 1;
      return { users: [user('a', { sub: null })], next: '1' };
    });
    await drawFromClusters(reader, seeded(1), 1_000, 480);
    // Those that are being listed at the time are eight.
    expect(late).toBeLessThanOrEqual(8);
  });

  it.each([
    [6_000, null],
    [6_001, 'Too many users have a sub that begins alike.'],
  ])('with a group of %i users', async (count, flaw) => {
    const heap = manyUsers(count, (at) => ({ sub: subOf('0190a1b2c3d4e5f60718293a', at) }));
    const other = manyUsers(61, (at) => ({ name: `x${at}`, sub: subOf('1190a1b2c3d4e5f60718293a', at) }));
    const drawn = await drawFromClusters(readerOver([...heap, ...other]), seeded(1), 10_000, count);
    expect('untrusted' in drawn ? drawn.untrusted : null).toBe(flaw);
  });

  it.each([
    [240, null],
    [239, 'By prefixes of sub the pool would have about 480 users, and by its own estimate 239.'],
    [960, null],
    [961, 'By prefixes of sub the pool would have about 480 users, and by its own estimate 961.'],
  ])('where 480 users are found of an estimate of %i', async (estimated, flaw) => {
    const drawn = await drawFromClusters(readerOver(pool(480)), seeded(1), 1_000, estimated);
    expect('untrusted' in drawn ? drawn.untrusted : null).toBe(flaw);
  });

  it('where those are too many for whom groups stand', async () => {
    expect(await drawFromClusters(readerOver(pool(1_536)), seeded(1), 336, 700)).toEqual({
      untrusted: 'By prefixes of sub the pool would have about 1536 users, and by its own estimate 700.',
    });
  });

  it('with nobody in it who is local, who may be in the groups that were not drawn', async () => {
    const federated = pool(480).map((each) => ({ ...each, status: 'EXTERNAL_PROVIDER' }));
    expect(await drawFromClusters(readerOver(federated), seeded(1), 1_000, 480)).toEqual({
      untrusted: 'None of the users that were found by prefixes of sub is local.',
    });
  });
});
