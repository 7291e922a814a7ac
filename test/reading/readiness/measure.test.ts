import { describe, expect, it } from 'vitest';
import { OutOfTime, measureReadiness } from '../../../src/reading/readiness/measure.ts';
import type { ListedUser, UserReader } from '../../../src/ports/user-reader.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { measuring } from './simulated-fleets.ts';
import { seeded, simulatedPool, type Kind } from './simulated-pool.ts';

const never = { authFactors: () => Promise.resolve(null) };

function user(name: string, more: Partial<ListedUser> = {}): ListedUser {
  return { name, sub: `0${name}`, status: 'CONFIRMED', isEnabled: true, hasEmail: false, hasPhone: false, ...more };
}

/** Sixty users of the same simple pool, one page of each of `pages`. */
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
    let now = 0;
    const late = measureReadiness(reader, measuring({ maxTimeMs: 100, now: () => (now += 10) }));
    await expect(late).rejects.toThrow(OutOfTime);
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

  it('but are where prefixes answer as they should', async () => {
    const { reader: sound } = simulatedPool('random', 250_000, 0.9, seeded(8));
    const found = await measureReadiness(sound, measuring({ estimatedUsers: 250_000 }));
    expect([found.design, found.fellBack]).toEqual(['prefix-clusters', null]);
  });
});

describe('a pool of a million', () => {
  it.each<Kind>(['random', 'by-time', 'by-time-grown'])(
    'takes less than a minute and at most 500 users: %s',
    async (kind) => {
      const clock = new VirtualClock();
      const { reader } = simulatedPool(kind, 1_000_000, 0.97, seeded(11));
      const found = await clock.run(
        measureReadiness(
          paced(reader, clock),
          measuring({ estimatedUsers: 1_000_000, random: seeded(12), now: () => clock.now() }),
        ),
      );
      expect(found.design).toBe('prefix-clusters');
      expect(found.reads).toBeLessThanOrEqual(500);
      expect(clock.now()).toBeLessThan(60_000);
    },
  );
});

/** Half of the service's quotas, 30 pages and 120 users a second; each answer takes 0.15 s. */
function paced(reader: UserReader, clock: VirtualClock): UserReader {
  const list = turns(clock, 15);
  const ask = turns(clock, 60);
  return {
    async listUsers(prefix, token) {
      await list();
      return reader.listUsers(prefix, token);
    },
    async authFactors(name) {
      await ask();
      return reader.authFactors(name);
    },
  };
}

function turns(clock: VirtualClock, perSecond: number): () => Promise<void> {
  let free = 0;
  return () => {
    const at = Math.max(clock.now(), free);
    free = at + 1000 / perSecond;
    return clock.sleep(at + 150 - clock.now());
  };
}
