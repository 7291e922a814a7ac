/** Groups of users by the first digits of `sub`: that they hold everybody once, and what looking for them takes. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UserReader } from '../../../src/ports/user-reader.ts';
import { frameOf } from '../../../src/reading/readiness/prefix-frame.ts';
import { readerOver, subOf, manyUsers } from './listed-users.ts';

/** So many users of each prefix, whose subs part in the last digits alone. */
function among(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).flatMap(([prefix, count]) => manyUsers(count, (at) => ({ sub: subOf(prefix, at) })));
}

const tens = Array.from({ length: 256 }, (_, at) => at.toString(16).padStart(2, '0'));
/** A page and one more user, of so many prefixes of two digits. */
const open = (prefixes: readonly string[]) => among(Object.fromEntries(prefixes.map((prefix) => [prefix, 61])));

describe('the groups of a pool', () => {
  it('are the prefixes whose users fit a page, however many digits that takes', async () => {
    const counts = { 3: 60, 7: 1, f00: 40, f01: 41 };
    expect(await frameOf(readerOver(among(counts)))).toEqual({
      leaves: ['3', '7', 'f00', 'f01'],
      // The sixteen digits, sixteen after f, and sixteen after f0.
      calls: 48,
    });
  });

  it('part behind the digits that all have, as those of a time', async () => {
    const counts = { '0190a1b20': 45, '0190a1b25': 45 };
    const reader = readerOver(among(counts));
    expect(await frameOf(reader)).toEqual({ leaves: ['0190a1b2-0', '0190a1b2-5'], calls: 9 * 16 });
    expect(reader.asked).toHaveLength(9 * 16);
  });

  it('hold everybody once, whatever the subs are', async () => {
    const subs = fc.array(fc.tuple(fc.constantFrom('', '0', '0190', '0190a1b2c3d4'), fc.uuid()), {
      minLength: 1,
      maxLength: 400,
      size: 'max',
    });
    await fc.assert(
      fc.asyncProperty(subs, async (parts) => {
        const listed = parts.map(([prefix, uuid], at) => {
          const digits = `${prefix}${uuid.replaceAll('-', '').slice(prefix.length)}`;
          return { ...manyUsers(1)[0]!, name: String(at), sub: subOf(digits, 0) };
        });
        const frame = await frameOf(readerOver(listed));
        const held = listed.map(({ sub }) => frame?.leaves.filter((leaf) => sub.startsWith(leaf)).length);
        expect(held).toEqual(listed.map(() => 1));
      }),
      { numRuns: 20 },
    );
  });
});

describe('looking into prefixes', () => {
  it.each([
    ['goes on where thirty stand open: 480 calls more would be for one digit', 30, 16 + 2 * 16 + 480],
    ['ends where 31 do', 31, 16 + 2 * 16],
  ])('%s', async (_what, count, calls) => {
    // Of the first digits two are open.
    const reader = readerOver(open(tens.slice(0, count)));
    const frame = await frameOf(reader);
    expect(frame?.calls).toBe(calls);
    expect(reader.asked).toHaveLength(calls);
  });

  it('ends where many stand open, and takes their parts for groups unseen', async () => {
    const frame = await frameOf(readerOver(open(tens.slice(0, 112))));
    // Seven first digits are open.
    expect(frame?.calls).toBe(16 + 7 * 16);
    expect(frame?.leaves).toHaveLength(112 * 16);
    expect(frame?.leaves.slice(0, 2)).toEqual(['000', '001']);
  });

  it('ends before it takes more than 600 calls in all', async () => {
    const [left, right] = ['0190a1b2c3d4e5f60718293a', '1190a1b2c3d4e5f60718293a'];
    const frame = await frameOf(readerOver(among({ [left]: 61, [right]: 61 })));
    // 16 and then 32 for each digit: 592 after eighteen of them, and 624 after one more.
    expect(frame?.calls).toBe(16 + 18 * 32);
    expect(frame?.leaves).toHaveLength(32);
    expect(frame?.leaves[10]).toBe('0190a1b2-c3d4-e5f6-071a');
  });
});

describe('there are no groups', () => {
  const pool = readerOver(among({ 3: 61, 7: 1 }));
  it.each<[string, UserReader]>([
    ['where nobody is found', readerOver([])],
    ['where a prefix is ignored', { ...pool, listUsers: (_, token) => pool.listUsers('', token) }],
    [
      'where a user has no sub',
      { ...pool, listUsers: async () => ({ users: manyUsers(1, () => ({ sub: null })), next: null }) },
    ],
    [
      'where a later digit is ignored',
      { ...pool, listUsers: (prefix, token) => pool.listUsers(prefix.slice(0, 1), token) },
    ],
  ])('%s', async (_why, reader) => {
    expect(await frameOf(reader)).toBeNull();
  });
});
